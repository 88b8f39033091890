import { runConsumer, workWhenTold } from '@hilo/db'
import { canChangePrices } from '../can-change-prices.ts'
import { SHELF_EVENTS } from '../due-shelf-prices.ts'
import type { PromotionWork } from '../start-promotion-work.ts'
import { checkDueWatch } from './check-watch.ts'
import { markWatchesDue } from './watch-queries.ts'

/** Changes come in bursts: a watch is checked once for all that happen within this time, in milliseconds. */
const GATHERED_MS = 5_000

/**
 * Checks watches after events that may change a price, and by the clock. Any number of processes may run it; what is due
 * is kept in the table, so nothing is lost when one ends.
 */
export const startParityWatches = async ({
  gatherFor = GATHERED_MS,
  ...work
}: PromotionWork & { readonly gatherFor?: number }): Promise<void> => {
  const { db, feed, clock, logger, signal } = work
  await Promise.all([
    runConsumer({
      db,
      feed,
      name: 'parity-watches',
      types: SHELF_EVENTS,
      handle: async (tx, event) => {
        if (await canChangePrices(tx, event))
          await markWatchesDue(tx, new Date(clock().getTime() + gatherFor))
      },
      signal,
      onError: (error, event) =>
        logger.error({ err: error, type: event?.type }, 'marking parity watches failed'),
    }),
    workWhenTold({
      feed,
      types: ['ParityWatchCreated.v1'],
      work: () => checkDueWatch(db, clock),
      signal,
      onError: (error) => logger.error({ err: error }, 'checking parity watches failed and is tried again'),
      tickEvery: gatherFor,
    }),
  ])
}
