import { createClient, type ClientOptions, type SubscribeOptions } from '@hilo/client'
import { traceparent } from '@hilo/telemetry'
import { documentIdOf } from './operations.ts'
import { AUTHENTICATE, type AuthenticateData } from './documents.ts'

/** Where the API is and the key of this edge. */
export interface EdgeApiOptions {
  /** Address of the GraphQL endpoint. */
  readonly url: string
  /** The API's own `fetch` when both run in one process. */
  readonly fetch?: ClientOptions['fetch']
  /** An API key that may `edge` and `devices:read`. Never logged. */
  readonly key: string
  /** Name operations by their ids instead of sending them: devices may send nothing else. Default true. */
  readonly persisted?: boolean
}

/** Whether credentials are good, and which channels the device may read. */
export type SignInAnswer =
  | { readonly ok: true; readonly channels: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** In which channel to ask, and until when. */
interface AskOptions {
  readonly signal: AbortSignal
  readonly channel?: string
}

/** The API as the edge sees it. */
export interface EdgeApi {
  /** Asks as a device. One attempt: who asks keeps the request and repeats it. */
  readonly asDevice: <Data>(
    deviceId: string,
    document: string,
    variables: object,
    signal: AbortSignal,
  ) => Promise<Data>
  /** Asks as the edge itself, in a channel or in the shop's default one. */
  readonly request: <Data>(document: string, variables: object, options: AskOptions) => Promise<Data>
  /** Follows a subscription as the edge itself. */
  readonly subscribe: <Data>(
    document: string,
    options: SubscribeOptions,
    channel?: string,
  ) => AsyncIterableIterator<Data>
  /** Checks a device's credentials; rejects when the API cannot be asked. Nothing is remembered. */
  readonly authenticate: (credentials: {
    readonly deviceId: string
    readonly password: string
  }) => Promise<SignInAnswer>
}

/** Asks within the trace of the message that is in hand. */
const traceHeaders = (): Record<string, string> => {
  const trace = traceparent()
  return trace === undefined ? {} : { traceparent: trace }
}

/** Makes the edge's way to the API; nothing is sent yet. */
export const edgeApi = ({ url, fetch, key, persisted = true }: EdgeApiOptions): EdgeApi => {
  const client = createClient({
    url,
    fetch,
    auth: { get: () => key },
    headers: traceHeaders,
    ...(persisted ? { documentId: documentIdOf } : {}),
  })
  return {
    asDevice: (deviceId, document, variables, signal) =>
      client.request(document, variables, { headers: { 'hilo-device': deviceId }, attempts: 1, signal }),
    request: (document, variables, { signal, channel }) =>
      client.request(document, variables, { context: { channel }, signal }),
    subscribe: (document, options, channel) =>
      client.subscribe(document, {}, { ...options, context: { channel } }),
    authenticate: async (input) => {
      const { deviceAuthenticate } = await client.request<AuthenticateData>(AUTHENTICATE, { input })
      const { device, userErrors } = deviceAuthenticate
      if (device && userErrors.length === 0 && device.status === 'ACTIVE')
        return { ok: true, channels: [device.channel.code] }
      return { ok: false, reason: userErrors[0]?.code ?? 'UNAUTHENTICATED' }
    },
  }
}
