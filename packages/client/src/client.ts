import { defaultBackoff, type Backoff } from './backoff.ts'
import type { Connection, RequestHeaders } from './connection.ts'
import type { TypedDocument } from './document.ts'
import { request, type RequestOptions } from './request.ts'
import { subscribe, type SubscribeOptions } from './subscribe.ts'

/** How to reach the API; only the address is needed. */
export interface ClientOptions {
  /** Address of the GraphQL endpoint. With the API's own `fetch` any host serves, only the path counts. */
  readonly url: string
  /** The API's in-process `fetch`, or any other; the platform's by default. */
  readonly fetch?: Connection['fetch']
  /** Asked before every attempt, so a renewed token is used at once. */
  readonly headers?: () => RequestHeaders | Promise<RequestHeaders>
  readonly backoff?: Backoff
  /** Attempts of what may be repeated, the first included; 3 by default. */
  readonly attempts?: number
  /** Longest wait for an answer, in milliseconds; 30,000 by default. */
  readonly timeoutMs?: number
  /** Longest silence of a subscription, in milliseconds; 40,000 by default. */
  readonly idleMs?: number
}

/** A GraphQL client: one function to ask, one to listen. */
export interface Client {
  /** Sends a query or mutation; see `ClientError` for what it throws. */
  request<Data = unknown, Variables extends object = object>(
    document: TypedDocument<Data, Variables>,
    variables?: Variables,
    options?: RequestOptions,
  ): Promise<Data>
  /** Follows a subscription and resumes it after a cut; end it by leaving the loop, `return()` or the signal. */
  subscribe<Data = unknown, Variables extends object = object>(
    document: TypedDocument<Data, Variables>,
    variables?: Variables,
    options?: SubscribeOptions,
  ): AsyncIterableIterator<Data>
}

/** Makes a client; nothing is sent yet. */
export const createClient = (options: ClientOptions): Client => {
  const connection: Connection = {
    url: options.url,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    headers: options.headers ?? (() => ({})),
    backoff: options.backoff ?? defaultBackoff,
    attempts: options.attempts ?? 3,
    timeoutMs: options.timeoutMs ?? 30_000,
    idleMs: options.idleMs ?? 40_000,
  }
  return {
    request: (document, variables, given) =>
      request(connection, document, variables, given) as Promise<never>,
    subscribe: (document, variables, given) =>
      subscribe(connection, document, variables ?? {}, given) as AsyncIterableIterator<never>,
  }
}
