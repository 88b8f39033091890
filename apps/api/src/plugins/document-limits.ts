import type { DocumentNode, GraphQLError, ParseOptions, Source } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { API_REFUSALS } from '../errors.ts'
import type { Limits } from '../limits/limits.ts'
import { excess, measure } from '../limits/measure.ts'
import { refused } from './refused.ts'

const TOO_MANY_TOKENS = /^Syntax Error: Document contains more than \d+ tokens/

const refuse = (
  facts: { readonly limit: string; readonly found: number; readonly max: number },
  context: object,
): GraphQLError =>
  refused(API_REFUSALS.refuse('QUERY_LIMIT_EXCEEDED', facts), context, { status: 400, spec: true })

/** Refuses a document by its size and shape before it is validated: validation takes the square of its length. */
export const documentLimits = (limits: Limits): Plugin => ({
  onParse: ({ context, parseFn, setParseFn }) => {
    const parseWithin = (source: string | Source, options?: ParseOptions): DocumentNode => {
      const { tokens } = limits
      let document: DocumentNode
      try {
        document = parseFn(source, { ...options, maxTokens: tokens }) as DocumentNode
      } catch (error) {
        if (!(error instanceof Error && TOO_MANY_TOKENS.test(error.message))) throw error
        throw refuse({ limit: 'tokens', found: tokens + 1, max: tokens }, context)
      }
      const found = excess(measure(document), limits)
      if (found) throw refuse(found, context)
      return document
    }
    setParseFn(parseWithin)
  },
})
