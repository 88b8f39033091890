import { knownLocales } from '@hilo/channels'
import { refusalError, type RequestContext } from '@hilo/graphql'
import { contentLocale, negotiateLanguage, negotiateLocale, readerIn } from '@hilo/kernel'
import { getDirectiveValues, getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { findChannel, type ApiDependencies } from '../request-context.ts'

interface Operation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | null
  readonly variableValues?: unknown
  readonly contextValue: unknown
}

const inContextOf = ({ schema, document, operationName, variableValues }: Operation) => {
  const directive = schema.getDirective('inContext')
  const operation = getOperationAST(document, operationName ?? undefined)
  if (!directive || !operation?.directives?.length) return undefined
  return getDirectiveValues(directive, operation, {
    sources: {},
    coerced: (variableValues ?? {}) as never,
  } as never) as { channel?: string; locale?: string } | undefined
}

/** The directive `@inContext(channel, locale)` on an operation: it wins over the headers. */
export const inContext = (dependencies: ApiDependencies): Plugin => {
  const apply = async (operation: Operation, extendContext: (context: object) => void): Promise<void> => {
    const given = inContextOf(operation)
    if (!given) return
    const context = operation.contextValue as RequestContext
    const channel = given.channel ? await findChannel(dependencies, given.channel) : undefined
    if (channel && !channel.ok) throw refusalError(channel.error, context)
    const { market } = channel?.value ?? context.channel
    const locales = await knownLocales(dependencies.database)
    const language = negotiateLanguage(given.locale, locales) ?? contentLocale(context)
    extendContext({
      ...(channel ? { channel: channel.value } : {}),
      ...readerIn(language, market),
      locale: negotiateLocale(given.locale, context.locale),
    })
  }
  return {
    onExecute: ({ args, extendContext }) => apply(args as unknown as Operation, extendContext),
    onSubscribe: ({ args, extendContext }) => apply(args as unknown as Operation, extendContext),
  }
}
