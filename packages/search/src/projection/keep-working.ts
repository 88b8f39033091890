import { setTimeout as delay } from 'node:timers/promises'

interface Work {
  readonly signal: AbortSignal
  /** Does a piece; false when nothing is left. */
  readonly work: () => Promise<boolean>
  readonly onError: (error: unknown) => void
}

const AFTER_FAILURE_MS = 1_000

/** Works while there is something, then waits to be rung for; a ring while it works is not lost, and it begins at once. */
export const keepWorking = ({ signal, work, onError }: Work) => {
  let bell = Promise.withResolvers<void>()
  const ring = (): void => bell.resolve()
  signal.addEventListener('abort', ring, { once: true })
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      bell = Promise.withResolvers()
      if (signal.aborted) return
      try {
        while (!signal.aborted && (await work()));
        await bell.promise
      } catch (error) {
        onError(error)
        await delay(AFTER_FAILURE_MS, undefined, { signal, ref: false }).catch(() => undefined)
      }
    }
  }
  return { ring, done: run() }
}
