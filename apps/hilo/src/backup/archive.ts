import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { UserFacingError } from '../user-facing-error.ts'

/** What the first frame of an archive says. */
export interface ArchiveHeader {
  readonly format: 1
  /** ISO 8601. */
  readonly madeAt: string
  /** The migrations that had led to the tables, with the checksums of their texts. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[]
}

/** A table whose rows follow, in the text format of Postgres' COPY. */
export interface ArchiveTable {
  readonly table: string
  readonly columns: readonly string[]
}

/** A file whose bytes follow; archives of older versions name no folder, and hold uploads only. */
interface ArchiveFile {
  readonly key: string
  readonly folder?: FileFolder
}

/** A folder of the data folder: what was uploaded, and what was put by hand for digital products. */
export type FileFolder = 'assets' | 'files'

/** One part of an archive. `data` belongs to the part before it. */
export type Frame =
  | { readonly kind: 'header'; readonly value: ArchiveHeader }
  | { readonly kind: 'table'; readonly value: ArchiveTable }
  | { readonly kind: 'sequence'; readonly value: { readonly name: string; readonly last: string } }
  | { readonly kind: 'store'; readonly value: { readonly name: 'edge' } }
  | { readonly kind: 'file'; readonly value: ArchiveFile }
  | { readonly kind: 'data'; readonly value: Buffer }

/** By their place, which is in every archive: new ones come last. */
const KINDS = ['header', 'table', 'sequence', 'store', 'data', 'end', 'file'] as const
const HEAD_BYTES = 5
/** Longer than any part that we write; a length beyond it is damage, and must not take the memory. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024

const encode = (kind: (typeof KINDS)[number], payload: Buffer): Buffer => {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(KINDS.indexOf(kind))
  head.writeUInt32BE(payload.length, 1)
  return Buffer.concat([head, payload])
}

const asBytes = (frame: Frame): Buffer =>
  encode(frame.kind, frame.kind === 'data' ? frame.value : Buffer.from(JSON.stringify(frame.value)))

/** Writes an archive: gzip, with a checksum of everything at its end. The file is there whole, or not at all. */
export const writeArchive = async (path: string, frames: AsyncIterable<Frame>): Promise<void> => {
  const draft = `${path}.part`
  const bytes = async function* (): AsyncGenerator<Buffer> {
    const hash = createHash('sha256')
    for await (const frame of frames) {
      const chunk = asBytes(frame)
      hash.update(chunk)
      yield chunk
    }
    yield encode('end', hash.digest())
  }
  try {
    await pipeline(bytes, createGzip(), createWriteStream(draft, { mode: 0o600 }))
    const file = await open(draft)
    await file.sync()
    await file.close()
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

const damaged = (path: string, reason: string): UserFacingError =>
  new UserFacingError(`${path} is damaged or no backup (${reason}). Nothing was written.`)

/** Cuts a stream of bytes into frames; throws for one that ends too early. */
async function* cut(bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly [kind: string, payload: Buffer]> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    while (rest.length >= HEAD_BYTES) {
      const kind = KINDS[rest.readUInt8()]
      const length = rest.readUInt32BE(1)
      if (!kind || length > MAX_FRAME_BYTES) throw new Error('it makes no sense')
      if (rest.length < HEAD_BYTES + length) break
      yield [kind, rest.subarray(HEAD_BYTES, HEAD_BYTES + length)]
      rest = rest.subarray(HEAD_BYTES + length)
    }
  }
  if (rest.length > 0) throw new Error('it ends too early')
}

/** Reads an archive to its end, where it throws when anything in it was changed. Check it once before believing it. */
export async function* readArchive(path: string): AsyncGenerator<Frame> {
  const hash = createHash('sha256')
  let isWhole = false
  try {
    const gunzip = createReadStream(path)
      .on('error', (error) => gunzip.destroy(error))
      .pipe(createGunzip())
    for await (const [kind, payload] of cut(gunzip)) {
      if (isWhole) throw new Error('something follows its end')
      if (kind === 'end') {
        if (!hash.digest().equals(payload)) throw new Error('its checksum is wrong')
        isWhole = true
        continue
      }
      hash.update(encode(kind as Frame['kind'], payload))
      yield {
        kind,
        value: kind === 'data' ? payload : (JSON.parse(payload.toString()) as unknown),
      } as Frame
    }
    if (!isWhole) throw new Error('it has no end')
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error))
  }
}

/**
 * Reads the whole archive, so that nothing is begun with a damaged one; gives its header and what is in it: how many
 * uploads, and the keys of the files of digital products.
 */
export const checkArchive = async (path: string) => {
  let header: ArchiveHeader | undefined
  const tables: string[] = []
  let hasStore = false
  let uploads = 0
  const digital = new Set<string>()
  for await (const frame of readArchive(path)) {
    if (frame.kind === 'header') header = frame.value
    if (frame.kind === 'table') tables.push(frame.value.table)
    if (frame.kind === 'store') hasStore = true
    if (frame.kind !== 'file') continue
    if (frame.value.folder === 'files') digital.add(frame.value.key)
    else uploads += 1
  }
  if (header?.format !== 1) throw damaged(path, 'it has no header')
  return { header, tables, hasStore, uploads, digital }
}
