import { setTimeout as delay } from 'node:timers/promises'
import type { EventFeed } from './event-feed.ts'

/** Work that waits in tables until somebody does it, and what tells of more of it. */
export interface WaitingWork {
  readonly feed: Pick<EventFeed, 'subscribe'>
  /** Events after which there may be something to do. */
  readonly types: readonly string[]
  /** Does a short piece in a transaction of its own; false when there is nothing left. */
  readonly work: () => Promise<boolean>
  readonly signal: AbortSignal
  readonly onError: (error: unknown) => void
  /** How often to look though nothing was told, in milliseconds: for what becomes due by the clock. Default a minute. */
  readonly tickEvery?: number
}

const MINUTE_MS = 60_000
const AFTER_FAILURE_MS = 1_000

/**
 * Works until nothing is left, then waits for an event or the clock. What was begun before this process was there is done
 * first, and a failure is tried again. Resolves after the signal, when the piece in hand is done.
 */
export const workWhenTold = async (waiting: WaitingWork): Promise<void> => {
  const { feed, types, work, signal, onError, tickEvery = MINUTE_MS } = waiting
  let bell = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => bell.resolve(), { once: true })
  const listen = async (): Promise<void> => {
    for await (const _event of feed.subscribe({ types, signal })) bell.resolve()
  }
  const pause = async (milliseconds: number): Promise<void> => {
    const over = new AbortController()
    const timer = delay(milliseconds, undefined, { signal: over.signal, ref: false }).catch(() => undefined)
    await Promise.race([bell.promise, timer])
    over.abort()
  }
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      bell = Promise.withResolvers()
      try {
        while (!signal.aborted && (await work()));
        if (!signal.aborted) await pause(tickEvery)
      } catch (error) {
        onError(error)
        await pause(AFTER_FAILURE_MS)
      }
    }
  }
  await Promise.all([listen(), run()])
}
