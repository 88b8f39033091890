import { isUnavailable } from '@hilo/db'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'

/** True for what GraphQL or a refusal says on purpose; false for a bug that GraphQL has wrapped. */
export const isExpected = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && (!error.originalError || error.originalError instanceof GraphQLError)

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
