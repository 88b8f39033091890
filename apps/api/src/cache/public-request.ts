import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Longest request that is looked up; larger ones are hardly sent twice. */
const MOST_BYTES = 16_384

/** Headers that say who asks: with one of them an answer is nobody else's. */
const PERSONAL = ['authorization', 'cookie', 'hilo-cart-token', 'hilo-device'] as const

/** Headers that change the answer. */
const SHAPING = ['hilo-channel', 'accept-language', 'accept', 'content-type', 'origin'] as const

/** True for a request of a guest whose answer may be the same for the next. */
export const mayBePublic = ({ method, headers }: IncomingMessage): boolean => {
  if (PERSONAL.some((name) => headers[name] !== undefined)) return false
  if (headers.accept?.includes('text/event-stream') || headers['content-encoding']) return false
  if (method === 'GET') return true
  if (method !== 'POST' || !headers['content-type']?.startsWith('application/json')) return false
  return Number(headers['content-length'] ?? Infinity) <= MOST_BYTES
}

/** The name under which the answer to a request is kept. */
export const keyOf = ({ method, url, headers }: IncomingMessage, body: string): string =>
  hash(
    'sha256',
    JSON.stringify([method, url, ...SHAPING.map((name) => headers[name] ?? null), body]),
    'base64',
  )

/** The body of a request, or nothing when it ends early. */
export const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}
