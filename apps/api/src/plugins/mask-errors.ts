import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'

/** True for what GraphQL or a refusal says on purpose; false for a bug that GraphQL has wrapped. */
export const isExpected = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && (!error.originalError || error.originalError instanceof GraphQLError)

/**
 * What the network and Postgres say when there is no connection (classes 08 and 57P), when something is used up, such as
 * the disk (class 53), when a statement took too long or lost against others (57014, 25P03, 40001, 40P01, 55P03), or
 * when the server cannot write for now (25006, 58030). The same request may succeed later.
 */
const UNAVAILABLE =
  /^(?:08\w{3}|57P0[1-5]|53\w{3}|57014|25P03|25006|40001|40P01|55P03|58030|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|ENOENT)$/

/** pg says these in words only. */
const UNAVAILABLE_IN_WORDS =
  /^(?:timeout exceeded when trying to connect|timeout expired|Connection terminated|Cannot use a pool after calling end|Client (?:was closed|has encountered a connection error))/

/** True when the database could not be reached, or had no connection free in time: nothing is wrong with the request. */
export const isUnavailable = (error: unknown): boolean => {
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  if (!(error instanceof Error)) return false
  const { code } = error as { readonly code?: unknown }
  if (typeof code === 'string' && UNAVAILABLE.test(code)) return true
  return UNAVAILABLE_IN_WORDS.test(error.message) || isUnavailable(error.cause)
}

const pathOf = (error: unknown) => (error instanceof GraphQLError ? { path: error.path } : {})

/**
 * What a client sees of an error: expected ones as they are, a database out of reach as `SERVICE_UNAVAILABLE`, anything
 * else as one sentence with an id under which the log has the cause.
 */
export const maskError =
  (logger: Logger, newErrorId: () => string) =>
  (error: unknown): GraphQLError => {
    if (isExpected(error)) return error
    const cause = error instanceof GraphQLError ? error.originalError : error
    if (isUnavailable(cause)) {
      logger.warn({ err: cause }, 'the database is out of reach')
      return new GraphQLError('The shop is out of reach for a moment. Send the same request again.', {
        ...pathOf(error),
        extensions: {
          code: 'SERVICE_UNAVAILABLE',
          retryable: true,
          http: { status: 503, headers: { 'retry-after': '1' } },
        },
      })
    }
    const errorId = newErrorId()
    logger.error({ err: cause, errorId }, 'unexpected error')
    return new GraphQLError(`Something went wrong on our side. Tell us this number: ${errorId}`, {
      ...pathOf(error),
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
    })
  }
