import { actorKey } from '@hilo/kernel'
import type { RequestContext } from '@hilo/graphql'
import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'

/** One line for each operation: its name, who asked, how long it took, which codes it answered. Never its variables. */
export const requestLog = (logger: Logger): Plugin => ({
  onExecute: ({ args }) => {
    const startedAt = performance.now()
    const context = args.contextValue as unknown as RequestContext
    const operation = getOperationAST(args.document, args.operationName ?? undefined)
    return {
      onExecuteDone: ({ result }) => {
        const errors = 'errors' in result ? (result.errors ?? []) : []
        logger.info(
          {
            correlationId: context.correlationId,
            operation: operation?.name?.value ?? operation?.operation,
            actor: actorKey(context.actor),
            channel: context.channel.code,
            ms: Math.round((performance.now() - startedAt) * 10) / 10,
            ...(errors.length > 0 ? { codes: errors.map(({ extensions }) => extensions['code']) } : {}),
          },
          'operation',
        )
      },
    }
  },
})
