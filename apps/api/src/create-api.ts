import type { IncomingMessage, RequestListener } from 'node:http'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { newId, type Actor } from '@hilo/kernel'
import type { DocumentNode } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import { addressOf as addressOfSocket, clientAddress, trustedNetworks } from './client-address.ts'
import { createResponseCache } from './cache/response-cache.ts'
import { createLimiter, type Ticks } from './limits/limiter.ts'
import { DEFAULT_LIMITS, type Limits } from './limits/limits.ts'
import { createWeightedCache } from './limits/weighted-cache.ts'
import { checkOperation } from './persisted/check-operation.ts'
import { createOperations } from './persisted/operations.ts'
import { costLimit } from './plugins/cost-limit.ts'
import { accessChanges } from './plugins/access-changes.ts'
import { couponExport } from './plugins/coupon-export.ts'
import { csrf } from './plugins/csrf.ts'
import { documentLimits } from './plugins/document-limits.ts'
import { errorCodes } from './plugins/error-codes.ts'
import { failures } from './plugins/failures.ts'
import { inContext } from './plugins/in-context.ts'
import { jit } from './plugins/jit.ts'
import { liveCredentials } from './plugins/live-credentials.ts'
import { maskError } from './plugins/mask-errors.ts'
import { persistedOperations } from './plugins/persisted-operations.ts'
import { requestLog } from './plugins/request-log.ts'
import { requestSize } from './plugins/request-size.ts'
import { sharedEvents } from './plugins/shared-events.ts'
import { soundInput } from './plugins/sound-input.ts'
import { telemetry } from './plugins/telemetry.ts'
import {
  createRequestContext,
  credentialsOf,
  identify,
  type ApiDependencies,
  type Credentials,
} from './request-context.ts'
import { schema } from './schema.ts'

/** The API over HTTP: `fetch` takes a Request and gives a Response, with or without a network between. */
export type Api = ReturnType<typeof createApi>

/** What the API is made of, and how it behaves towards who asks. */
export interface ApiOptions extends ApiDependencies {
  readonly logger: Logger
  /** Origins that may call from a browser with a bearer token; `*` for all. Cookies are never allowed across. */
  readonly corsOrigin: string | readonly string[]
  /** Networks of proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[]
  /** What one actor and one request may ask. Default `DEFAULT_LIMITS`. */
  readonly limits?: Limits
  /** Milliseconds that only grow, for the limits over time. Default those of the process. */
  readonly ticks?: Ticks
  /** Documents that may be asked for by id without being registered: those of the edge. */
  readonly builtInOperations?: readonly string[]
  /** Kinds of actors that may send only persisted operations. Default devices. */
  readonly persistedOnly?: readonly Actor['kind'][]
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

/** Characters of documents that are kept parsed: as objects each takes up to two hundred bytes. */
const PARSED_CHARACTERS = 250_000

/** Keeps parsed documents by their size; an entry for each of a thousand, whatever their size, could fill the memory. */
const parserCache = () => ({
  documentCache: createWeightedCache<DocumentNode>(PARSED_CHARACTERS, (text) => text.length),
  errorCache: { get: () => undefined, set: () => undefined },
})

/** Builds the GraphQL API over its dependencies. */
export const createApi = (options: ApiOptions) => {
  const { logger, corsOrigin, trustedProxies = [], limits = DEFAULT_LIMITS, ...dependencies } = options
  const { ticks = () => performance.now(), builtInOperations = [], persistedOnly = ['device'] } = options
  const isTrusted = trustedNetworks(trustedProxies)
  const limiter = createLimiter(limits, ticks)
  const operations = createOperations({
    database: dependencies.database,
    now: ticks,
    builtIn: builtInOperations,
  })
  const persisted = { operations, checkOperation: checkOperation(schema, limits) }
  const addressOf = (initial: object): string | undefined => {
    const { clientAddress: given, req, request } = initial as Caller & { readonly request: Request }
    return clientAddress(
      given ?? req?.socket.remoteAddress,
      request.headers.get('x-forwarded-for'),
      isTrusted,
    )
  }
  const cache = createResponseCache({
    ...dependencies,
    limiter,
    logger,
    addressOf: (request) => addressOfSocket(request, isTrusted),
  })
  const yoga = createYoga({
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
      exposedHeaders: ['X-Correlation-Id', 'Retry-After'],
    },
    maxRequestBodySize: false,
    parserAndValidationCache: parserCache(),
    extraParamNames: ['documentId'],
    maskedErrors: { maskError: maskError(logger, newId) },
    context: async (initial) => {
      const { credentials } = initial as Caller
      const asked = credentials ?? credentialsOf(initial.request.headers, addressOf(initial))
      return { ...(await createRequestContext(dependencies, asked)), ...persisted }
    },
    plugins: [
      telemetry() as never,
      errorCodes(),
      csrf() as never,
      failures(limiter, addressOf),
      couponExport(dependencies, (initial) =>
        credentialsOf(initial.request.headers, addressOf(initial)),
      ) as never,
      requestSize(limits, async (initial) => {
        const { credentials } = initial as Caller
        const asked = credentials ?? credentialsOf(initial.request.headers, addressOf(initial))
        if (!asked.authorization && !asked.cookie) return false
        const actor = await identify(dependencies, asked)
        return actor.ok && ['staff', 'app'].includes(actor.value.kind)
      }),
      soundInput(),
      documentLimits(limits),
      persistedOperations({ operations, persistedOnly }),
      inContext(dependencies),
      sharedEvents(),
      liveCredentials(accessChanges(dependencies), dependencies.recheckEvery),
      jit(),
      requestLog(logger),
      costLimit(limiter),
      cache.plugin as never,
    ],
  })
  const listener: RequestListener = (request, response) => void yoga(request, response)
  return Object.assign(yoga, {
    limiter,
    operations,
    /** Takes requests of node:http, with the cache of public answers before everything else. */
    listener: cache.before(listener),
  })
}
