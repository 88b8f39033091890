import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { isExpected } from './mask-errors.ts'

const withCode = (error: GraphQLError, code: string): GraphQLError => {
  if (error.extensions['code'] === undefined) error.extensions['code'] = code
  return error
}

/**
 * Gives every error that GraphQL itself raises a stable code: GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, and
 * BAD_USER_INPUT for variables that do not fit. Errors of resolvers have their own, or are masked.
 */
export const errorCodes = (): Plugin => ({
  onParse:
    () =>
    ({ result }) => {
      if (result instanceof GraphQLError) withCode(result, 'GRAPHQL_PARSE_FAILED')
    },
  onValidate:
    () =>
    ({ result }) => {
      for (const error of result) withCode(error as GraphQLError, 'GRAPHQL_VALIDATION_FAILED')
    },
  onExecutionResult: ({ result }) => {
    const errors = result && 'errors' in result ? (result.errors ?? []) : []
    for (const error of errors) {
      if (isExpected(error)) withCode(error, 'BAD_USER_INPUT')
      // An answer with data is a success of HTTP, whatever else it lacks.
      if (result && 'data' in result && result.data) delete error.extensions['http']
    }
  },
})
