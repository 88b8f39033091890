import type { ExecutionResult } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { Actor } from '@hilo/kernel'
import type { ApiContext } from '../request-context.ts'
import type { AccessChanges } from './access-changes.ts'

type Results = AsyncIterableIterator<ExecutionResult>
type Step = IteratorResult<ExecutionResult>

/** What a change of access to an actor is known by. */
const subjectsOf = (actor: Actor): readonly string[] => {
  switch (actor.kind) {
    case 'staff':
      return ['staff', `staff:${actor.staffId}`, `session:${actor.sessionId}`]
    case 'customer':
      return actor.sessionId ? [`session:${actor.sessionId}`] : []
    case 'app':
      return [`app:${actor.keyId}`]
    case 'device':
      return [`device:${actor.deviceId}`]
    case 'guest':
    case 'system':
      return []
  }
}

interface Checks {
  readonly recheck: () => ReturnType<ApiContext['recheck']>
  /** Milliseconds between two checks when nothing is heard. */
  readonly every: number
  /** Calls back when access may have changed; gives the way to stop. */
  readonly watch: (changed: () => void) => () => void
}

/** The results until a check fails; then the error of the check, and the end. */
const untilDenied = (results: Results, { recheck, every, watch }: Checks): Results => {
  let denied: Step | undefined
  let isOver = false
  let waiting: ((step: Step) => void) | undefined

  // A check that cannot be made denies: the client comes again, and resumes where it was.
  const check = async (): Promise<void> => {
    const error = await recheck().catch((cause: unknown) => cause)
    if (isOver) return
    if (error === undefined) {
      clearTimeout(timer)
      timer = setTimeout(() => void check(), every).unref()
      return
    }
    denied = { done: false, value: { errors: [error as never] } }
    void results.return?.()
    waiting?.(denied)
  }
  let timer = setTimeout(() => void check(), every).unref()
  const unwatch = watch(() => {
    clearTimeout(timer)
    void check()
  })

  const end = (): void => {
    isOver = true
    clearTimeout(timer)
    unwatch()
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
 * something else than at the beginning; and everybody's when its channel is closed. It asks at once when the log tells
 * of a change, and every so often in any case, since credentials also end by time. The last thing it tells is the error.
 */
export const liveCredentials = (changes: AccessChanges, every = 15_000): Plugin => ({
  onSubscribe: ({ args }) => ({
    onSubscribeResult: ({ result, setResult }) => {
      if (!isAsyncIterable(result)) return
      const { actor, channel, recheck } = args.contextValue as unknown as ApiContext
      const subjects = [...subjectsOf(actor), `channel:${channel.id}`]
      const watch = (changed: () => void) => changes.watch(subjects, changed)
      setResult(untilDenied(result as Results, { recheck: () => recheck(channel), every, watch }) as never)
    },
  }),
})
