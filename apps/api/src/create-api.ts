import type { IncomingMessage } from 'node:http'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { newId } from '@hilo/kernel'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import { clientAddress, trustedNetworks } from './client-address.ts'
import { csrf } from './plugins/csrf.ts'
import { errorCodes } from './plugins/error-codes.ts'
import { inContext } from './plugins/in-context.ts'
import { liveCredentials } from './plugins/live-credentials.ts'
import { maskError } from './plugins/mask-errors.ts'
import { requestLog } from './plugins/request-log.ts'
import { soundInput } from './plugins/sound-input.ts'
import { telemetry } from './plugins/telemetry.ts'
import {
  createRequestContext,
  credentialsOf,
  type ApiDependencies,
  type Credentials,
} from './request-context.ts'
import { schema } from './schema.ts'

/** The API over HTTP: `fetch` takes a Request and gives a Response, with or without a network between. */
export type Api = ReturnType<typeof createApi>

interface ApiOptions extends ApiDependencies {
  readonly logger: Logger
  /** Origins that may call from a browser with a bearer token; `*` for all. Cookies are never allowed across. */
  readonly corsOrigin: string | readonly string[]
  /** Networks of proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[]
}

/** How a request reached the API: over a socket, over HTTP, or from inside the process on behalf of an address. */
interface Caller {
  readonly credentials?: Credentials
  readonly clientAddress?: string
  readonly req?: IncomingMessage
}

const DEFAULT_QUERY = `# Hilo's API. Try: the first products with what they cost in this channel.
query Products {
  context { channel { code } currency locale }
  products(first: 5) {
    nodes { name variants { sku price { unit { formatted } } availability { status } } }
  }
}
`

/** Builds the GraphQL API over its dependencies. */
export const createApi = ({ logger, corsOrigin, trustedProxies = [], ...dependencies }: ApiOptions) => {
  const isTrusted = trustedNetworks(trustedProxies)
  return createYoga({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    renderGraphiQL,
    graphiql: { title: 'Hilo', defaultQuery: DEFAULT_QUERY, subscriptionsProtocol: 'SSE' },
    logging: false,
    multipart: false,
    batching: false,
    cors: {
      origin: typeof corsOrigin === 'string' ? corsOrigin : [...corsOrigin],
      credentials: false,
      methods: ['GET', 'POST', 'OPTIONS'],
      allowedHeaders: [
        'Content-Type',
        'Authorization',
        'Accept-Language',
        'Hilo-Channel',
        'Hilo-Cart-Token',
        'X-Correlation-Id',
      ],
      exposedHeaders: ['X-Correlation-Id'],
    },
    maskedErrors: { maskError: maskError(logger, newId) },
    context: (initial) => {
      const caller = initial as Caller
      const { credentials, req } = caller
      if (credentials) return createRequestContext(dependencies, credentials)
      const { headers } = initial.request
      const peer = caller.clientAddress ?? req?.socket.remoteAddress
      const address = clientAddress(peer, headers.get('x-forwarded-for'), isTrusted)
      return createRequestContext(dependencies, credentialsOf(headers, address))
    },
    plugins: [
      telemetry() as never,
      errorCodes(),
      csrf() as never,
      soundInput(),
      inContext(dependencies),
      liveCredentials(dependencies.recheckEvery),
      requestLog(logger),
    ],
  })
}
