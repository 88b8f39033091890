import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { newId } from '@hilo/kernel'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import { csrf } from './plugins/csrf.ts'
import { errorCodes } from './plugins/error-codes.ts'
import { inContext } from './plugins/in-context.ts'
import { maskError } from './plugins/mask-errors.ts'
import { requestLog } from './plugins/request-log.ts'
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
export const createApi = ({ logger, corsOrigin, ...dependencies }: ApiOptions) =>
  createYoga({
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
    context: (initial) =>
      createRequestContext(
        dependencies,
        (initial as { credentials?: Credentials }).credentials ?? credentialsOf(initial.request.headers),
      ),
    plugins: [errorCodes(), csrf() as never, inContext(dependencies), requestLog(logger)],
  })
