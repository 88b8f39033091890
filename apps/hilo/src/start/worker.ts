import type { Database, EventFeed } from '@hilo/db'
import { startNotifications, startSpendReturns } from '@hilo/devices'
import type { Clock } from '@hilo/kernel'
import { startShelfPriceProjection } from '@hilo/promotions'
import type { Logger } from 'pino'
import { startHousekeeping } from './housekeeping.ts'

interface WorkerOptions {
  readonly database: Database
  readonly feed: EventFeed
  readonly clock: Clock
  readonly logger: Logger
}

/** What follows from events: shelf prices and notifications. Two processes may run it at once; each event is done once. */
export const startWorker = ({ database, feed, clock, logger }: WorkerOptions) => {
  const stopping = new AbortController()
  const options = { db: database.kysely, feed, clock, logger, signal: stopping.signal }
  const running = [
    startShelfPriceProjection(options),
    startNotifications(options),
    startSpendReturns(options),
    startHousekeeping(options),
  ]
  return {
    /** Lets the events in hand finish. */
    close: async (): Promise<void> => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
