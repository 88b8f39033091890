import type { KeyObject } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { originalKey } from '@hilo/assets'
import type { Storage } from '@hilo/assets/storage'
import type { Database } from '@hilo/db'
import type { Clock } from '@hilo/kernel'
import { type DownloadedFile, fileOfDownload, readDownloadLink, useDownload } from '@hilo/orders'
import type { Logger } from 'pino'

/** Where files are kept by key. */
export interface FileStore {
  /** Nothing when there is no such file. */
  readonly read: (key: string) => Promise<{ readonly bytes: number; readonly stream: Readable } | undefined>
}

/** What downloading takes. */
export interface DownloadsOptions {
  readonly database: Database
  /** That the links are signed with. */
  readonly key: KeyObject
  readonly files: FileStore
  /** Where assets are. */
  readonly assets: Pick<Storage, 'read'>
  readonly clock: Clock
  readonly logger: Logger
}

const REFUSALS = {
  METHOD: [405, 'A download is a GET.'],
  FORGED: [403, 'This link is not one of ours. Ask for OrderLine.downloads again.'],
  EXPIRED: [403, 'This link has expired. Ask for OrderLine.downloads again.'],
  MISSING: [404, 'The shop does not have this file any more.'],
  USED_UP: [410, 'This file cannot be downloaded any more: see OrderLine.downloads.'],
  FAILED: [500, 'Something went wrong.'],
} as const

const refuse = (response: ServerResponse, code: keyof typeof REFUSALS): void => {
  const [status, message] = REFUSALS[code]
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ error: message, code: `DOWNLOAD_${code}` }))
}

const open = async (
  { body, storageKey, assetId }: DownloadedFile,
  { files, assets }: Pick<DownloadsOptions, 'files' | 'assets'>,
): Promise<{ readonly bytes: number; readonly stream: Readable } | undefined> => {
  if (assetId !== null) return assets.read(originalKey(assetId))
  if (body === null) return storageKey === null ? undefined : files.read(storageKey)
  const bytes = Buffer.from(body)
  return { bytes: bytes.length, stream: Readable.from([bytes]) }
}

/** RFC 6266: the name for all, and for those who know RFC 8187 with its accents. */
const disposition = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(
    name,
  ).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`

const headersOf = ({ name, mediaType }: DownloadedFile, bytes: number) => ({
  'content-type': mediaType,
  'content-length': bytes,
  'content-disposition': disposition(name),
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  // What somebody uploaded must never run as a page of ours.
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
})

const serve = async (
  { database, key, files, assets, clock }: DownloadsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method !== 'GET') return refuse(response, 'METHOD')
  const link = readDownloadLink(key, request.url ?? '', clock())
  if (typeof link === 'string') return refuse(response, link)
  const file = await fileOfDownload(database.kysely, link.downloadId)
  const opened = file && (await open(file, { files, assets }))
  if (!file || !opened) return refuse(response, 'MISSING')
  try {
    // Counted before the first byte: a client that hangs up has had its turn, or it could have any number.
    if (!(await useDownload(database.kysely, { ...link, now: clock() }))) return refuse(response, 'USED_UP')
    response.writeHead(200, headersOf(file, opened.bytes))
    await pipeline(opened.stream, response)
  } finally {
    opened.stream.destroy()
  }
}

/** Gives bought files to whoever has a signed link, as often as was bought, whole and as a download. */
export const downloads =
  (options: DownloadsOptions) =>
  (request: IncomingMessage, response: ServerResponse): void =>
    void serve(options, request, response).catch((error: unknown) => {
      // A client that hangs up is none of our mistakes.
      if (response.destroyed) return
      options.logger.error({ err: error }, 'a download failed')
      if (response.headersSent) response.destroy()
      else refuse(response, 'FAILED')
    })
