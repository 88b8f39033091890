import type { Backoff } from './backoff.ts'

/** RequestHeaders such as `Authorization`, `Hilo-Channel` and `Hilo-Device`, asked for again at every attempt. */
export type RequestHeaders = Readonly<Record<string, string>>

/** Where the API is and how to behave towards it. */
export interface Connection {
  readonly url: string
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly headers: () => RequestHeaders | Promise<RequestHeaders>
  readonly backoff: Backoff
  /** Attempts of a request that may be repeated, the first included. */
  readonly attempts: number
  /** How long to wait for an answer, in milliseconds. */
  readonly timeoutMs: number
  /** A subscription that hears nothing for so long (the server pings every 12 s) is taken for dead, in milliseconds. */
  readonly idleMs: number
}

/** One GraphQL request, ready to send. */
export interface Call {
  readonly text: string
  readonly variables: unknown
  readonly accept: string
  readonly headers?: RequestHeaders
}

/** Sends one GraphQL request as a POST with JSON. */
export const post = async (connection: Connection, call: Call, signal: AbortSignal): Promise<Response> =>
  connection.fetch(connection.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: call.accept,
      ...(await connection.headers()),
      ...call.headers,
    },
    body: JSON.stringify({ query: call.text, variables: call.variables ?? {} }),
    signal,
  })
