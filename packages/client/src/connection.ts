import type { Tokens } from './auth.ts'
import type { Backoff } from './backoff.ts'

/** HTTP headers by name. */
export type RequestHeaders = Readonly<Record<string, string>>

/** From where somebody asks. What is left out is the shop's default. */
export interface AskingContext {
  /** Code of a channel, such as `web-eu`. */
  readonly channel?: string | undefined
  /** A language such as `es`, or several as in `Accept-Language`. */
  readonly locale?: string | undefined
  /** What proves a guest's cart. */
  readonly cartToken?: string | undefined
}

/** Where the API is and how to behave towards it. */
export interface Connection {
  readonly url: string
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly headers: () => RequestHeaders | Promise<RequestHeaders>
  readonly context: () => AskingContext
  readonly tokens: Tokens
  /** The id under which the API knows an operation by its text; undefined sends the text. */
  readonly documentId: (text: string) => string | undefined
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
  readonly token: string | undefined
  readonly context: AskingContext | undefined
  readonly headers: RequestHeaders | undefined
}

/** The entries that say something. */
const given = (entries: Readonly<Record<string, string | undefined>>): RequestHeaders =>
  Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => Boolean(entry[1])))

/** Who asks from where, in the words of a socket's first message. */
export const socketParams = (connection: Connection, { token, context }: Call): RequestHeaders => {
  const { channel, locale, cartToken } = { ...connection.context(), ...context }
  return given({
    authorization: token && `Bearer ${token}`,
    channel,
    acceptLanguage: locale,
    cartToken,
  })
}

const contextHeaders = (connection: Connection, call: Call): RequestHeaders => {
  const { authorization, channel, acceptLanguage, cartToken } = socketParams(connection, call)
  return given({
    authorization,
    'hilo-channel': channel,
    'accept-language': acceptLanguage,
    'hilo-cart-token': cartToken,
  })
}

const named = ({ documentId }: Connection, { text }: Call): object => {
  const id = documentId(text)
  return id === undefined ? { query: text } : { documentId: id }
}

/** Sends one GraphQL request as a POST with JSON. */
export const post = async (
  connection: Connection,
  call: Call,
  { accept, signal }: { readonly accept: string; readonly signal: AbortSignal },
): Promise<Response> =>
  connection.fetch(connection.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept,
      ...contextHeaders(connection, call),
      ...(await connection.headers()),
      ...call.headers,
    },
    body: JSON.stringify({ ...named(connection, call), variables: call.variables }),
    signal,
  })
