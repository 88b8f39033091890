/** One entry of `errors` in a GraphQL answer. */
export interface GraphQLErrorEntry {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

interface Details {
  readonly retryable: boolean
  readonly status?: number
  readonly retryAfterMs?: number
  readonly correlationId?: string
  readonly cause?: unknown
}

/** A request without a usable answer. Refusals of a mutation are not thrown: they stand in `userErrors`. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError'
  /** The API's own code (`UNAUTHENTICATED`, …), or one of those that `NetworkError` names. */
  readonly code: string
  /** The same request may succeed later. */
  readonly retryable: boolean
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined
  /** Under which the shop finds the request in its log; show it to people who ask for help. */
  readonly correlationId: string | undefined

  constructor(code: string, message: string, details: Details) {
    super(message, { cause: details.cause })
    this.code = code
    this.retryable = details.retryable
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
    this.correlationId = details.correlationId
  }
}

/** No GraphQL answer came: `NETWORK`, `TIMEOUT`, `UNAVAILABLE`, `RATE_LIMITED` or `BAD_RESPONSE`. */
export class NetworkError extends ClientError {
  override readonly name = 'NetworkError'
}

/** The API answered with errors; `code` is that of the first. */
export class GraphQLRequestError extends ClientError {
  override readonly name = 'GraphQLRequestError'
  readonly errors: readonly GraphQLErrorEntry[]

  constructor(code: string, errors: readonly GraphQLErrorEntry[], details: Details) {
    super(code, errors[0]?.message ?? 'The API answered with errors', details)
    this.errors = errors
  }

  /** The codes of all its errors. */
  get codes(): readonly string[] {
    return this.errors.map(codeOf)
  }
}

const RETRYABLE_CODES: ReadonlySet<string> = new Set(['SERVICE_UNAVAILABLE', 'UNAVAILABLE', 'RATE_LIMITED'])

const codeOf = ({ extensions }: GraphQLErrorEntry): string =>
  typeof extensions?.['code'] === 'string' ? extensions['code'] : 'GRAPHQL_ERROR'

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `Retry-After` of RFC 9110: seconds, or a date. */
const retryAfterOf = (header: string | null | undefined, now = Date.now()): number | undefined => {
  if (!header) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

/** The errors of an answer as the error to throw; over a socket there is no response. */
export const errorOfAnswer = (errors: readonly GraphQLErrorEntry[], response?: Response) => {
  const { retryable, retryAfter, correlationId, errorId } = errors[0]?.extensions ?? {}
  const code = errors[0] ? codeOf(errors[0]) : 'GRAPHQL_ERROR'
  return new GraphQLRequestError(code, errors, {
    retryable: typeof retryable === 'boolean' ? retryable : RETRYABLE_CODES.has(code),
    retryAfterMs:
      typeof retryAfter === 'number'
        ? retryAfter * 1_000
        : retryAfterOf(response?.headers.get('retry-after')),
    status: response?.status,
    correlationId: response?.headers.get('x-correlation-id') ?? textOf(correlationId) ?? textOf(errorId),
  })
}

/** The error for an HTTP answer that is no GraphQL answer: a proxy's page, an overload, a wrong address. */
export const errorOfStatus = ({ status, headers }: Response): NetworkError => {
  const code = status === 429 ? 'RATE_LIMITED' : status >= 500 ? 'UNAVAILABLE' : 'BAD_RESPONSE'
  return new NetworkError(code, `The API answered with HTTP status ${status}`, {
    status,
    retryable: code !== 'BAD_RESPONSE',
    retryAfterMs: retryAfterOf(headers.get('retry-after')),
    correlationId: headers.get('x-correlation-id') ?? undefined,
  })
}

/** What a failed `fetch` or read means. Our own errors pass through. */
export const errorOfFailure = (cause: unknown): ClientError => {
  if (cause instanceof ClientError) return cause
  return cause instanceof Error && cause.name === 'TimeoutError'
    ? new NetworkError('TIMEOUT', 'No answer in time', { retryable: true, cause })
    : new NetworkError('NETWORK', 'The API cannot be reached', { retryable: true, cause })
}

/** The error of a connection that says nothing any more. */
export const silence = (): NetworkError =>
  new NetworkError('TIMEOUT', 'The API went silent', { retryable: true })
