import type { FullExecutor } from '@hilo/db'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '@hilo/kernel'
import { passCatalogBoundaries } from './pass-boundaries.ts'
import { nextDueDraft, publishDueDrafts } from '../versions/publish-due-drafts.ts'
import { nextPublicationBoundary } from './publication-queries.ts'

/** What the clock of the catalogue needs to run. */
export interface CatalogClock {
  readonly db: FullExecutor
  readonly clock: Clock
  readonly logger: { readonly error: (facts: object, message: string) => void }
  readonly signal: AbortSignal
  /** How long it sleeps at most, in milliseconds: what is scheduled meanwhile is heard of then. Default a minute. */
  readonly tickEvery?: number
}

const MINUTE = 60_000

/**
 * Tells of publications at the moment they begin or end, publishes drafts when they are due, and lets products grow too old
 * for a rule. Any number of processes may run it; resolves after the signal.
 */
export const startCatalogClock = async ({
  db,
  clock,
  logger,
  signal,
  tickEvery = MINUTE,
}: CatalogClock): Promise<void> => {
  while (!signal.aborted) {
    let sleep = tickEvery
    try {
      await passCatalogBoundaries(db, clock)
      await publishDueDrafts(db, clock)
      const now = clock()
      const [publication] = (await nextPublicationBoundary(now).execute(db)).rows
      const next = Math.min(publication?.at ?? Infinity, (await nextDueDraft(db, now))?.getTime() ?? Infinity)
      sleep = Math.max(1, Math.min(tickEvery, next - now.getTime()))
    } catch (error) {
      logger.error(
        { err: error },
        'telling what the clock changed in the catalogue failed and is tried again',
      )
    }
    await delay(sleep, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
