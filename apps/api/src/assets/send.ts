import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Storage } from '@hilo/assets/storage'
import { partOf } from './range.ts'

/** Bytes of the storage as they are told to a browser. */
export interface Sent {
  readonly key: string
  readonly mediaType: string
  /** Saved under this name rather than shown. */
  readonly saveAs?: string
  readonly cacheControl: string
}

/** The name in ASCII for old clients, and as it is for all others (RFC 6266). */
const disposition = (name: string): string => {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** A key never has other bytes, so it is what tells versions apart. */
const etagOf = (key: string): string =>
  `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`

const headersOf = ({ key, mediaType, saveAs, cacheControl }: Sent): Record<string, string> => ({
  'content-type': mediaType,
  'cache-control': cacheControl,
  etag: etagOf(key),
  'accept-ranges': 'bytes',
  ...(saveAs === undefined ? {} : { 'content-disposition': disposition(saveAs) }),
})

const isKnown = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim())) ?? false

/** The part that is asked for, unless it was begun of other bytes. */
const askedPart = ({ headers }: IncomingMessage, etag: string, size: number) =>
  partOf(headers['if-range'] && headers['if-range'] !== etag ? undefined : headers.range, size)

/** Answers with what is stored, or a part of it; false when it is not there. */
export const send = async (
  storage: Storage,
  sent: Sent,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> => {
  const headers = headersOf(sent)
  const etag = headers['etag']!
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end()
    return true
  }
  const size = request.method === 'HEAD' || request.headers.range ? await storage.size(sent.key) : undefined
  if (request.method === 'HEAD') {
    if (size === undefined) return false
    response.writeHead(200, { ...headers, 'content-length': size }).end()
    return true
  }
  const part = size === undefined ? 'whole' : askedPart(request, etag, size)
  if (part === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
    return true
  }
  const stored = await storage.read(sent.key, part === 'whole' ? undefined : part)
  if (!stored) return false
  response.writeHead(part === 'whole' ? 200 : 206, {
    ...headers,
    'content-length': stored.bytes,
    ...(part !== 'whole' && { 'content-range': `bytes ${part.start}-${part.end}/${size}` }),
  })
  await pipeline(stored.stream, response)
  return true
}
