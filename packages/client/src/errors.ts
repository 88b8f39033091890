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
  readonly errors?: readonly GraphQLErrorEntry[]
  readonly cause?: unknown
}

/**
 * A request that got no usable answer. `code` is the API's own (`UNAUTHENTICATED`, …) or one of ours: `NETWORK`,
 * `TIMEOUT`, `UNAVAILABLE`, `RATE_LIMITED`, `BAD_RESPONSE`, `GRAPHQL_ERROR`. `retryable` says that the same request may
 * succeed later. Refusals of a mutation are not thrown: they stand in `userErrors`.
 */
export class ClientError extends Error {
  readonly code: string
  readonly retryable: boolean
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined
  readonly errors: readonly GraphQLErrorEntry[]

  constructor(code: string, message: string, details: Details) {
    super(message, { cause: details.cause })
    this.name = 'ClientError'
    this.code = code
    this.retryable = details.retryable
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
    this.errors = details.errors ?? []
  }
}

const RETRYABLE_CODES: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'TIMEOUT'])

/** The first of the answer's errors as the error to throw. */
export const errorOfAnswer = (errors: readonly GraphQLErrorEntry[], status: number): ClientError => {
  const [first] = errors
  const { code, retryable, retryAfter } = first?.extensions ?? {}
  const known = typeof code === 'string' ? code : 'GRAPHQL_ERROR'
  return new ClientError(known, first?.message ?? 'The API answered with errors', {
    retryable: typeof retryable === 'boolean' ? retryable : RETRYABLE_CODES.has(known),
    retryAfterMs: typeof retryAfter === 'number' ? retryAfter * 1_000 : undefined,
    status,
    errors,
  })
}

/** The error for an HTTP answer that is no GraphQL answer: a proxy's page, an overload, a wrong address. */
export const errorOfStatus = (response: Response): ClientError => {
  const { status } = response
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : undefined
  if (status === 429)
    return new ClientError('RATE_LIMITED', 'Too many requests', { status, retryable: true, retryAfterMs })
  if (status >= 500)
    return new ClientError('UNAVAILABLE', `The API answered ${status}`, {
      status,
      retryable: true,
      retryAfterMs,
    })
  return new ClientError('BAD_RESPONSE', `Not a GraphQL answer (HTTP ${status})`, {
    status,
    retryable: false,
  })
}

/** What a failed `fetch` or read means. Our own errors pass through. */
export const errorOfFailure = (cause: unknown): ClientError => {
  if (cause instanceof ClientError) return cause
  const timedOut = cause instanceof Error && cause.name === 'TimeoutError'
  return new ClientError(
    timedOut ? 'TIMEOUT' : 'NETWORK',
    timedOut ? 'No answer in time' : 'The API cannot be reached',
    {
      retryable: true,
      cause,
    },
  )
}
