import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'

const isExpected = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && (!error.originalError || error.originalError instanceof GraphQLError)

/**
 * What a client sees of an error: expected ones as they are, anything else as one sentence with an id under which the
 * log has the cause.
 */
export const maskError =
  (logger: Logger, newErrorId: () => string) =>
  (error: unknown): Error => {
    if (isExpected(error)) return error
    const cause = error instanceof GraphQLError ? error.originalError : error
    const errorId = newErrorId()
    logger.error({ err: cause, errorId }, 'unexpected error')
    return new GraphQLError(`Something went wrong on our side. Tell us this number: ${errorId}`, {
      path: error instanceof GraphQLError ? error.path : undefined,
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
    })
  }
