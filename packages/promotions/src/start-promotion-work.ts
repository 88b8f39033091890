import { allChannels } from '@hilo/channels'
import { command, type Context, type EventFeed, workWhenTold, type FullExecutor } from '@hilo/db'
import { type Clock, marketReader, newId, ok, SYSTEM } from '@hilo/kernel'
import { freeExpired } from './holds.ts'
import { makeNextCoupons } from './make-coupons.ts'

/** What the background work of promotions needs. */
export interface PromotionWork {
  readonly db: FullExecutor
  readonly feed: EventFeed
  readonly clock: Clock
  readonly logger: { readonly error: (facts: object, message: string) => void }
  readonly signal: AbortSignal
}

/** The worker itself, in any channel; `undefined` before there is a shop. */
export const systemContext = async (db: FullExecutor, clock: Clock): Promise<Context | undefined> => {
  const [channel] = await allChannels(db)
  if (!channel) return undefined
  return { db, actor: SYSTEM, channel, ...marketReader(channel.market), now: clock, correlationId: newId() }
}

const freeHolds = async (ctx: Context): Promise<boolean> => {
  const freed = await command(ctx, { operation: 'freeHolds', input: null }, async (inner) =>
    ok(await freeExpired(inner)),
  )
  return freed.ok && freed.value > 0
}

/** Makes the codes that were asked for, and tidies up holds that expired. Any number of processes may run it. */
export const startPromotionWork = ({ db, feed, clock, logger, signal }: PromotionWork): Promise<void> =>
  workWhenTold({
    feed,
    types: ['CouponBatchRequested.v1', 'CouponBatchUpdated.v1'],
    work: async () => {
      const ctx = await systemContext(db, clock)
      return ctx !== undefined && ((await makeNextCoupons(ctx)) || (await freeHolds(ctx)))
    },
    signal,
    onError: (error) => logger.error({ err: error }, 'the work of promotions failed and is tried again'),
  })
