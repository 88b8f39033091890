import { ACCESS } from '@hilo/access'
import { getOperationAST, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import { API_REFUSALS } from '../errors.ts'
import { costOf } from '../limits/cost.ts'
import type { Asker, Limiter } from '../limits/limiter.ts'
import { paced } from '../limits/paced.ts'
import { type Cost, shownCost } from '../limits/shown-cost.ts'
import { BASE } from '../limits/weights.ts'
import type { ApiContext } from '../request-context.ts'
import { refused } from './refused.ts'

interface Operation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | null
  readonly variableValues?: unknown
  readonly contextValue: unknown
}

const withCost = (result: ExecutionResult, cost: Cost): ExecutionResult => ({
  ...result,
  extensions: { ...result.extensions, cost },
})

/**
 * An event told to many is one object, which costs each of them the same: so is what they are told, and its text is made
 * once. Errors lose what is not for clients on their way out, so their text is made for each.
 */
const markEvents = () => {
  const marked = new WeakMap<ExecutionResult, ExecutionResult>()
  return (result: ExecutionResult, cost: Cost): ExecutionResult => {
    const found = marked.get(result)
    if (found) return found
    const made = withCost(result, cost)
    if (made.errors) return made
    let text: string | undefined
    const stringify = (): string => (text ??= JSON.stringify(made))
    marked.set(result, Object.assign(made, { stringify }))
    return made
  }
}

const isResult = (result: unknown): result is ExecutionResult => !isAsyncIterable(result)

/**
 * Prices each operation before it runs, takes the points from the actor's allowance, and tells them in
 * `extensions.cost`. A live query pays for opening, then for each event: whoever owes gets the next one later.
 */
export const costLimit = (limiter: Limiter): Plugin => {
  const { limits } = limiter
  const marked = markEvents()

  const priceOf = ({ schema, document, operationName, variableValues }: Operation): number => {
    const operation = getOperationAST(document, operationName ?? undefined)
    if (!operation) return 0
    return costOf({ schema, document, operation, variables: variableValues as Record<string, unknown> })
  }

  const charge = (operation: Operation) => {
    const context = operation.contextValue as ApiContext
    const asker = limiter.askerOf(context.actor, context.client?.address)
    const cost = priceOf(operation)
    const max = Math.min(limits.cost, asker?.allowance.burst ?? limits.cost)
    if (cost > max) {
      const refusal = API_REFUSALS.refuse('COST_LIMIT_EXCEEDED', { cost: Math.min(cost, 2 ** 31 - 1), max })
      const error = refused(refusal, context, { status: 400, spec: true })
      return { asker, cost, shown: shownCost(cost, max), error }
    }
    const taken = asker && limiter.take(asker, cost)
    const shown = shownCost(cost, max, taken)
    if (!taken || taken.ok) return { asker, cost, shown }
    const retryAfter = Math.max(1, Math.ceil(taken.waitMs / 1_000))
    const error = refused(ACCESS.refuse('RATE_LIMITED', { retryAfter }), context, { status: 429, retryAfter })
    return { asker, cost, shown, error }
  }

  /** Opens a live query, or gives the error that there are too many of this actor. */
  const open = (asker: Asker | undefined, context: object) => {
    if (!asker) return { close: () => undefined }
    const max = asker.allowance.subscriptions
    const close = limiter.subscriptions.open(asker.name, max)
    if (close) return { close }
    const refusal = API_REFUSALS.refuse('TOO_MANY_SUBSCRIPTIONS', { max })
    return { error: refused(refusal, context, { status: 429, retryAfter: 30 }) }
  }

  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const { shown, error } = charge(args as unknown as Operation)
      if (error) return setResultAndStopExecution(withCost({ errors: [error] }, shown) as never)
      return {
        onExecuteDone: ({ result, setResult }) => {
          if (isResult(result)) setResult(withCost(result, shown) as never)
        },
      }
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const operation = args as unknown as Operation
      const { asker, cost, shown, error } = charge(operation)
      if (error) return setResultAndStopExecution(withCost({ errors: [error] }, shown) as never)
      return {
        onSubscribeResult: ({ result, setResult }) => {
          if (isResult(result)) return setResult(withCost(result, shown) as never)
          const opened = open(asker, operation.contextValue as object)
          if (opened.error) {
            void (result as AsyncIterableIterator<unknown>).return?.()
            return setResult(withCost({ errors: [opened.error] }, shown) as never)
          }
          const each = Math.max(1, cost - BASE.subscription)
          const told = shownCost(each, limits.cost)
          return setResult(
            paced(result as AsyncIterableIterator<ExecutionResult>, {
              charge: () => (asker ? limiter.owe(asker, each) : 0),
              mark: (event) => marked(event, told),
              onEnd: opened.close,
            }) as never,
          )
        },
      }
    },
  }
}
