import type { ExecutionResult } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { ApiContext } from '../request-context.ts'

type Results = AsyncIterableIterator<ExecutionResult>
type Step = IteratorResult<ExecutionResult>

/** The results until a check fails; then the error of the check, and the end. */
const untilDenied = (results: Results, recheck: ApiContext['recheck'], every: number): Results => {
  let denied: Step | undefined
  let isOver = false
  let waiting: ((step: Step) => void) | undefined

  // A check that cannot be made denies: the client comes again, and resumes where it was.
  const check = async (): Promise<void> => {
    const error = await recheck().catch((cause: unknown) => cause)
    if (isOver) return
    if (error === undefined) {
      timer = setTimeout(() => void check(), every).unref()
      return
    }
    denied = { done: false, value: { errors: [error as never] } }
    void results.return?.()
    waiting?.(denied)
  }
  let timer = setTimeout(() => void check(), every).unref()

  const end = (): void => {
    isOver = true
    clearTimeout(timer)
  }
  const iterator: Results = {
    next: async () => {
      if (isOver) return { done: true, value: undefined }
      const { promise, resolve, reject } = Promise.withResolvers<Step>()
      waiting = resolve
      if (denied) resolve(denied)
      else
        results
          .next()
          .then((step) => denied ?? step)
          .then(resolve, reject)
      const step = await promise.catch((error: unknown) => {
        end()
        throw error
      })
      if (step === denied || step.done) end()
      return step
    },
    return: async () => {
      end()
      waiting?.({ done: true, value: undefined })
      return (await results.return?.()) ?? { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/**
 * Ends a subscription when the credentials that opened it no longer hold: signed out, expired, revoked, or allowed
 * something else than at the beginning. The last thing it tells is the error.
 */
export const liveCredentials = (every = 15_000): Plugin => ({
  onSubscribe: ({ args }) => {
    const { actor, recheck } = args.contextValue as unknown as ApiContext
    if (actor.kind === 'guest') return undefined
    return {
      onSubscribeResult: ({ result, setResult }) => {
        if (isAsyncIterable(result)) setResult(untilDenied(result as Results, recheck, every) as never)
      },
    }
  },
})
