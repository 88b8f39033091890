import type { RequestContext } from '@hilo/graphql'
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  executeSubscriptionEvent,
  mapSourceToResponseEvent,
  validateSubscriptionArgs,
} from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import { isPublicOperation } from '../cache/public-operation.ts'
import { createSharedAnswers } from '../live/shared-answers.ts'

/** Documents are kept parsed, so that the same text is the same object. */
const numberDocuments = () => {
  const numbers = new WeakMap<DocumentNode, number>()
  let last = 0
  return (document: DocumentNode): number => {
    const number = numbers.get(document) ?? (last += 1)
    numbers.set(document, number)
    return number
  }
}

/**
 * Tells guests of an event what was made once for all of them: those with the same document, variables, channel and
 * language, of subscriptions declared public. Each still hears only what they may and want, at their own pace: what is
 * shared is the answer, not the reading of the log.
 */
export const sharedEvents = (): Plugin => {
  const answers = createSharedAnswers()
  const numberOf = numberDocuments()

  const keyOf = ({ document, operationName, variableValues, contextValue }: ExecutionArgs): string => {
    const { channel, locale, languages } = contextValue as RequestContext
    return JSON.stringify(
      [numberOf(document), operationName, variableValues, channel, locale, languages],
      (_name, value) => (typeof value === 'bigint' ? String(value) : (value as unknown)),
    )
  }

  const subscribe = async (args: ExecutionArgs, otherwise: (args: ExecutionArgs) => unknown) => {
    const validated = validateSubscriptionArgs(args)
    if (!('schema' in validated)) return otherwise(args)
    const source = await createSourceEventStream(validated)
    if (!isAsyncIterable(source)) return source
    const key = keyOf(args)
    return mapSourceToResponseEvent(
      validated,
      source,
      (each) =>
        answers.of(each.rootValue as object, key, () => executeSubscriptionEvent(each)) as ExecutionResult,
    )
  }

  return {
    onSubscribe: ({ args, subscribeFn, setSubscribeFn }) => {
      const { actor, cartTokenHash } = args.contextValue as unknown as RequestContext
      if (actor.kind !== 'guest' || cartTokenHash || !isPublicOperation(args)) return
      setSubscribeFn((given: ExecutionArgs) => subscribe(given, subscribeFn))
    },
  }
}
