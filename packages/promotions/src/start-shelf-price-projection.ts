import { setTimeout as delay } from 'node:timers/promises'
import { runConsumer } from '@hilo/db'
import { markDue, projectDueShelfPrices, SHELF_EVENTS } from './due-shelf-prices.ts'
import { projectShelfPrices } from './project-shelf-prices.ts'
import type { PromotionWork } from './start-promotion-work.ts'

/** What the projection needs to run. */
export interface ShelfPriceProjection extends PromotionWork {
  /** How often boundaries in time are looked for, in milliseconds. Default a minute. */
  readonly tickEvery?: number
}

const MINUTE = 60_000
const AFTER_FAILURE = 1_000

/** Lets one loop wait until others have something for it; a ring while it works is not lost. */
const doorbell = (signal: AbortSignal) => {
  let rung = Promise.withResolvers<void>()
  const ring = (): void => rung.resolve()
  signal.addEventListener('abort', ring, { once: true })
  return {
    ring,
    wait: async (): Promise<void> => {
      await rung.promise
      if (!signal.aborted) rung = Promise.withResolvers<void>()
    },
  }
}

/**
 * Follows prices, promotions, products and the clock, and tells what changed on the shelves of each channel as
 * `ShelfPriceChanged.v1`. It tells prices and never decides them. Any number of processes may run it; resolves after
 * the signal, when the work in hand is done.
 */
export const startShelfPriceProjection = async ({
  db,
  feed,
  clock,
  logger,
  signal,
  tickEvery = MINUTE,
}: ShelfPriceProjection): Promise<void> => {
  const bell = doorbell(signal)
  const pause = (milliseconds: number) =>
    delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)

  /** Runs until the signal; a failure is logged and tried again. */
  const keepDoing = async (what: string, run: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      try {
        await run()
      } catch (error) {
        logger.error({ err: error }, `${what} failed and is tried again`)
        await pause(AFTER_FAILURE)
        bell.ring()
      }
    }
  }

  // Marks left by a process that was killed are waiting.
  bell.ring()
  await Promise.all([
    runConsumer({
      db,
      feed,
      name: 'shelf-prices',
      types: SHELF_EVENTS,
      // Marks are committed at once, outside of the consumer's transaction: marking twice after a crash does no harm,
      // and the loop below can start on them.
      handle: async (_tx, event) => {
        await markDue(db, event)
        bell.ring()
      },
      signal,
      onError: (error, event) =>
        logger.error({ err: error, type: event?.type }, 'marking shelf prices failed'),
    }),
    keepDoing('projecting shelf prices', async () => {
      await bell.wait()
      while (!signal.aborted && (await projectShelfPrices(db, clock)) > 0);
    }),
    keepDoing('looking for prices that start or end', async () => {
      await projectDueShelfPrices(db, clock())
      bell.ring()
      await pause(tickEvery)
    }),
  ])
}
