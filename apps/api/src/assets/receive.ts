import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A body that is a file on this disk now. */
export interface Received {
  readonly path: string
  readonly bytes: number
  readonly sha256: Buffer
}

/** Raised for a body that goes on beyond the limit. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

/**
 * Writes a body into a file as it comes, a buffer of some kilobytes at a time, and has the disk keep it. Throws
 * `BodyTooLarge`, and what the connection threw; then there is no file.
 */
export const receive = async (
  body: Readable,
  { folder, maxBytes }: { readonly folder: string; readonly maxBytes: number },
): Promise<Received> => {
  await mkdir(folder, { recursive: true })
  const path = join(folder, randomUUID())
  const hash = createHash('sha256')
  let bytes = 0
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new BodyTooLarge()
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(body, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { end: true })
    const handle = await open(path)
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    return { path, bytes, sha256: hash.digest() }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
