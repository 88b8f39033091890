import { gauge } from '@hilo/telemetry'
import type { Database } from '../open-database.ts'
import { WAKE_UP } from './append-events.ts'
import type { PlacedEvent, StoredEvent } from './event.ts'
import type { Inbox } from './inbox.ts'
import { listen } from './listen.ts'
import { isBefore, parsePosition, type Position } from './position.ts'
import { logReader } from './log-reader.ts'
import { readHead } from './read-events.ts'
import { follow, type Source } from './subscriber.ts'

/** What a subscriber wants to hear. */
export interface Subscription {
  /** The position of the last event it has; without it, from now on. */
  readonly after?: string | undefined
  /** Event types with their version; all when not said. */
  readonly types?: readonly string[] | undefined
  /** Runs for each event of these types: no query here. */
  readonly filter?: ((event: StoredEvent) => boolean) | undefined
  /** Ends the subscription, like `return()`. */
  readonly signal?: AbortSignal | undefined
}

/** The event log as it grows: one connection and one read per wake-up, for all subscribers of the process. */
export interface EventFeed {
  /**
   * The events from a place on, each once and in order, until `return()` or the signal. A subscriber that falls behind
   * reads from the log again, so it misses nothing. Throws `InvalidCursorError`.
   */
  readonly subscribe: (subscription?: Subscription) => AsyncIterableIterator<StoredEvent>
  /** Up to where the log has been read. */
  readonly place: () => Position
  /** Resolves when the log has been read beyond a place, or when the signal or the feed ends. */
  readonly beyond: (place: Position, signal: AbortSignal) => Promise<void>
  /** Ends every subscription and the connection. */
  readonly close: () => Promise<void>
}

export interface EventFeedOptions {
  readonly logger?: { readonly warn: (facts: object, message: string) => void }
  /** The safety net should a notification be lost: how often to look anyway, in milliseconds. Default 5,000. */
  readonly pollEvery?: number
  /** How many events wait for a slow subscriber before it reads from the log instead. Default 1,000. */
  readonly buffer?: number
}

/** Subscriptions with an end: `return()`, the caller's signal, or the end of the feed. */
const subscriptions = (source: Source) => {
  const open = new Set<() => void>()

  const subscribe = ({
    after,
    types,
    filter,
    signal,
  }: Subscription = {}): AsyncIterableIterator<StoredEvent> => {
    const from = after === undefined ? source.place() : parsePosition(after)
    const ending = new AbortController()
    const events = follow(source, { from, types, filter, signal: ending.signal })
    const end = (): void => {
      open.delete(end)
      signal?.removeEventListener('abort', end)
      ending.abort()
    }
    open.add(end)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
    const iterator: AsyncIterableIterator<StoredEvent> = {
      next: async () => {
        const result = await events.next().catch((error: unknown) => {
          end()
          throw error
        })
        if (result.done) end()
        return result
      },
      // A generator that waits takes a return only after the wait, so the wait is ended first.
      return: () => {
        end()
        return events.return()
      },
      throw: (error) => {
        end()
        return events.throw(error)
      },
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }

  const stopMeasuring = gauge(
    'hilo_subscriptions_open',
    'Subscriptions that follow the event log.',
    () => open.size,
  )
  const close = (): void => {
    stopMeasuring()
    for (const end of open) end()
  }

  return { subscribe, close }
}

/** Starts to follow the event log from now on. Rejects when the database cannot be reached. */
export const startEventFeed = async (
  database: Database,
  { logger, pollEvery = 5_000, buffer = 1_000 }: EventFeedOptions = {},
): Promise<EventFeed> => {
  const db = database.kysely
  const inboxes = new Set<Inbox>()
  const waiting = new Set<() => void>()
  const resumeAll = (): void => {
    for (const resume of waiting) resume()
  }
  const onError = (error: unknown) =>
    logger?.warn({ err: error }, 'the event feed lost the database and tries again')
  const onEvents = (events: readonly PlacedEvent[]): void => {
    for (const each of inboxes) each.offer(events)
    resumeAll()
  }

  const log = logReader(db, await readHead(db), { onEvents, onError })
  const connection = await listen({ config: database.config, channel: WAKE_UP, onWake: log.wake, onError })
  const poll = setInterval(log.wake, pollEvery)
  poll.unref()
  const { subscribe, close } = subscriptions({ db, place: log.place, inboxes, buffer })
  const closing = new AbortController()

  return {
    subscribe,
    place: log.place,
    beyond: async (place, signal) => {
      while (!closing.signal.aborted && !signal.aborted && !isBefore(place, log.place())) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const resume = (): void => resolve()
        waiting.add(resume)
        signal.addEventListener('abort', resume)
        await promise
        waiting.delete(resume)
        signal.removeEventListener('abort', resume)
      }
    },
    close: async () => {
      closing.abort()
      clearInterval(poll)
      close()
      resumeAll()
      await Promise.all([connection.close(), log.close()])
    },
  }
}
