import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { storable } from '@hilo/kernel'
import { pinned } from './pinned.ts'
import { findTarget, type Reachability } from './target.ts'

/** What became of one attempt. */
export interface Answer {
  /** The status of HTTP; absent when nothing came back. */
  readonly status?: number
  /** Why nothing came back: a code such as `ECONNREFUSED`, `TIMEOUT`, or of a refusal. */
  readonly error?: string
  /** The beginning of what was answered. */
  readonly response?: string
  /** Seconds to wait that the receiver asks for. */
  readonly retryAfter?: number
}

/** One attempt. */
export interface Attempt {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
  /** Milliseconds until an attempt counts as failed. */
  readonly timeout: number
}

const MOST_READ_BYTES = 4_096
const MOST_KEPT_CHARACTERS = 1_000
const MOST_ERROR_CHARACTERS = 200

const errorCode = (error: unknown): string => {
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  return (code ?? message ?? 'FAILED').slice(0, MOST_ERROR_CHARACTERS)
}

const secondsOf = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : undefined

interface Exchange extends Attempt {
  readonly to: URL
  readonly addresses: readonly string[]
}

const exchange = ({ to, addresses, headers, body, signal }: Exchange): Promise<Answer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const send = to.protocol === 'https:' ? requestHttps : requestHttp
  const outgoing = send(to, {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    lookup: pinned(addresses),
    signal,
    agent: false,
  })
  outgoing.on('error', reject)
  outgoing.on('response', (incoming) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (): void => {
      const response = storable(Buffer.concat(chunks).toString('utf8')).slice(0, MOST_KEPT_CHARACTERS)
      const retryAfter = secondsOf(incoming.headers['retry-after'])
      resolve({ status: incoming.statusCode!, response, ...(retryAfter === undefined ? {} : { retryAfter }) })
    }
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, MOST_READ_BYTES - size))
      size += chunk.length
      if (size < MOST_READ_BYTES) return
      // The status is known; a receiver that talks on is not listened to.
      finish()
      incoming.destroy()
    })
    incoming.on('end', finish)
    incoming.on('error', reject)
  })
  outgoing.end(body)
  return promise
}

/**
 * Sends one attempt, to an address that was checked just now. Redirects are not followed: they count as failures, since
 * they could lead inside. Never rejects.
 */
export const post = async (attempt: Attempt, reachability: Reachability): Promise<Answer> => {
  const deadline = AbortSignal.timeout(attempt.timeout)
  const signal = AbortSignal.any([attempt.signal, deadline])
  const timedOut = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
  timedOut.catch(() => undefined)
  try {
    const target = await Promise.race([findTarget(attempt.url, reachability), timedOut])
    if (!target.ok) return { error: target.error.code }
    const { url: to, addresses } = target.value
    return await Promise.race([exchange({ ...attempt, signal, to, addresses }), timedOut])
  } catch (error) {
    return { error: deadline.aborted ? 'TIMEOUT' : errorCode(error) }
  }
}
