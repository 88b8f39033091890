import { startAssetRemovals } from '@hilo/assets'
import type { Storage } from '@hilo/assets/storage'
import { startBulk } from '@hilo/bulk'
import { startCatalogClock } from '@hilo/catalog'
import type { Database, EventFeed } from '@hilo/db'
import { startNotifications, startSpendReturns } from '@hilo/devices'
import type { Clock } from '@hilo/kernel'
import { startSimulations } from '@hilo/orders'
import { startParityWatches, startPromotionWork, startShelfPriceProjection } from '@hilo/promotions'
import { startSearchProjection } from '@hilo/search'
import { type Outbound, startWebhooks } from '@hilo/webhooks'
import type { Logger } from 'pino'
import { startHousekeeping } from './housekeeping.ts'

interface WorkerOptions {
  readonly database: Database
  readonly feed: EventFeed
  readonly clock: Clock
  readonly logger: Logger
  /** Without it no webhooks are sent. */
  readonly outbound: Outbound | undefined
  readonly storage: Storage
  /** Where uploads wait, and when assets that nothing uses are deleted. */
  readonly uploads: string
  readonly unusedDays: number | undefined
  /** For how many days imports and exports are kept after their end. */
  readonly keepDays: number
}

/** What follows from events, and housekeeping. Two processes may run it at once; each event is done once. */
export const startWorker = (worker: WorkerOptions) => {
  const { database, feed, clock, logger, outbound, storage, uploads, unusedDays, keepDays } = worker
  const stopping = new AbortController()
  const options = { db: database.kysely, feed, clock, logger, signal: stopping.signal }
  const running = [
    startAssetRemovals({ ...options, storage }),
    startBulk(options),
    startCatalogClock(options),
    startShelfPriceProjection(options),
    startSearchProjection(options),
    startPromotionWork(options),
    startParityWatches(options),
    startSimulations(options),
    startNotifications(options),
    startSpendReturns(options),
    startHousekeeping({ ...options, uploads, unusedDays, keepDays }),
    ...(outbound ? [startWebhooks({ ...options, outbound })] : []),
  ]
  return {
    /** Lets the events in hand finish. */
    close: async (): Promise<void> => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
