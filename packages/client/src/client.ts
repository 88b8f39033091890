import { createTokens, type Auth } from './auth.ts'
import { defaultBackoff, type Backoff } from './backoff.ts'
import type { AskingContext, Connection, RequestHeaders } from './connection.ts'
import type { TypedDocument } from './document.ts'
import type { WithoutKey } from './key.ts'
import type { Listen } from './listen.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { request, type RequestOptions } from './request.ts'
import { listenBySse } from './sse.ts'
import { subscribe, type SubscribeOptions } from './subscribe.ts'

/** How to reach the API; only the address is needed. */
export interface ClientOptions {
  /** Address of the GraphQL endpoint. With the API's own `fetch` any host serves, only the path counts. */
  readonly url: string
  /** The API's in-process `fetch`, or any other; the platform's by default. */
  readonly fetch?: Connection['fetch']
  /** Listen over one WebSocket instead of an HTTP request for each subscription: the platform's, or this one. */
  readonly webSocket?: boolean | typeof WebSocket
  /** From where to ask: channel, language, a guest's cart. A function is asked before every attempt. */
  readonly context?: AskingContext | (() => AskingContext)
  readonly auth?: Auth
  /** Further headers of HTTP requests; asked for before every attempt. */
  readonly headers?: Connection['headers']
  /** Over HTTP, operations are named by these ids instead of sent: for who may send only persisted ones. */
  readonly documentId?: Connection['documentId']
  readonly backoff?: Backoff
  /** Attempts of what may be repeated, the first included; 3 by default. */
  readonly attempts?: number
  /** Longest wait for an answer, in milliseconds; 30,000 by default. */
  readonly timeoutMs?: number
  /** Longest silence of a subscription, in milliseconds; 40,000 by default. */
  readonly idleMs?: number
}

type Payload = { readonly userErrors: readonly unknown[] }

/** A GraphQL client: functions to ask, to change, and to listen. */
export interface Client {
  /** Sends a query or mutation; see `ClientError` for what it throws. */
  request<Data = unknown, Variables extends object = object>(
    document: TypedDocument<Data, Variables>,
    variables?: WithoutKey<NoInfer<Variables>>,
    options?: RequestOptions,
  ): Promise<Data>
  /** Sends a mutation with one root field, and says whether it was refused. Throws like `request`. */
  mutate<Data extends object, Variables extends object = object>(
    document: TypedDocument<Data, Variables>,
    variables: WithoutKey<NoInfer<Variables>>,
    options?: RequestOptions,
  ): Promise<Outcome<Data[keyof Data]>>
  /** Follows a subscription and resumes it after a cut; end it by leaving the loop, `return()` or the signal. */
  subscribe<Data = unknown, Variables extends object = object>(
    document: TypedDocument<Data, Variables>,
    variables?: NoInfer<Variables>,
    options?: SubscribeOptions,
  ): AsyncIterableIterator<Data>
}

/** Sockets are code that only those load who listen over them. */
const lazily = (connection: Connection, given: true | typeof WebSocket): Listen => {
  let sockets: Promise<Listen> | undefined
  return async function* (call, listening) {
    sockets ??= import('./sockets.ts').then(({ listenBySocket }) =>
      listenBySocket(connection, given === true ? WebSocket : given),
    )
    yield* (await sockets)(call, listening)
  }
}

/** Makes a client; nothing is sent yet. */
export const createClient = (options: ClientOptions): Client => {
  const { context, webSocket } = options
  const connection: Connection = {
    url: options.url,
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    headers: options.headers ?? ((): RequestHeaders => ({})),
    context: typeof context === 'function' ? context : () => context ?? {},
    tokens: createTokens(options.auth),
    documentId: options.documentId ?? (() => undefined),
    backoff: options.backoff ?? defaultBackoff,
    attempts: options.attempts ?? 3,
    timeoutMs: options.timeoutMs ?? 30_000,
    idleMs: options.idleMs ?? 40_000,
  }
  const listen = webSocket ? lazily(connection, webSocket) : listenBySse(connection)
  return {
    request: (document, variables, given) =>
      request(connection, document as never, variables, given) as Promise<never>,
    mutate: async (document, variables, given) => {
      const data = await request(connection, document as never, variables, given)
      return outcomeOf(Object.values(data as Record<string, Payload>)[0] as never)
    },
    subscribe: (document, variables, given) =>
      subscribe(
        { connection, listen },
        document as never,
        variables ?? {},
        given,
      ) as AsyncIterableIterator<never>,
  }
}
