import { type EventFeed, runConsumer, type FullExecutor } from '@hilo/db'
import type { Clock } from '@hilo/kernel'
import { gauge } from '@hilo/telemetry'
import { searchStatus } from '../rebuild.ts'
import { markDue, SEARCHED_EVENTS } from './due.ts'
import { keepWorking } from './keep-working.ts'
import { projectSearch } from './project.ts'

/** What the projection needs to run. */
export interface SearchProjection {
  readonly db: FullExecutor
  readonly feed: EventFeed
  readonly clock: Clock
  readonly logger: { readonly error: (facts: object, message: string) => void }
  readonly signal: AbortSignal
}

/**
 * Follows the catalogue, the shelves and the stock, and keeps the documents of the search up to date. Any number of
 * processes may run it; resolves after the signal, when the work in hand is done.
 */
export const startSearchProjection = async (projection: SearchProjection): Promise<void> => {
  const { db, feed, clock, logger, signal } = projection
  const worker = keepWorking({
    signal,
    work: async () => (await projectSearch(db, clock)) > 0,
    onError: (error) => logger.error({ err: error }, 'indexing products failed and is tried again'),
  })
  const ends = [
    gauge('hilo_search_lag_seconds', 'How long the oldest change waits to be found.', async () =>
      signal.aborted ? 0 : (await searchStatus(db, clock())).lagSeconds,
    ),
  ]
  try {
    await Promise.all([
      runConsumer({
        db,
        feed,
        name: 'search',
        types: SEARCHED_EVENTS,
        // Marks are committed at once, outside of the consumer's transaction: marking twice after a crash does no harm,
        // and the loop can start on them.
        handleAll: async (_tx, events) => {
          await markDue(db, events, clock())
          worker.ring()
        },
        signal,
        onError: (error, event) =>
          logger.error({ err: error, type: event?.type }, 'marking products for the search failed'),
      }),
      worker.done,
    ])
  } finally {
    for (const end of ends) end()
  }
}
