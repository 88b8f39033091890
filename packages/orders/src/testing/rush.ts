import { createTestChannels } from '@hilo/channels/testing'
import type { Context, FullExecutor } from '@hilo/db'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { newId, SYSTEM, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'

/** A shop with one channel and one place, reckoned by the clock. */
export const shop = async (db: FullExecutor) => {
  const { webEu } = await createTestChannels(db)
  const ctx: Context = {
    db,
    actor: SYSTEM,
    channel: webEu,
    locale: 'en',
    now: () => new Date(),
    correlationId: 'rush',
  }
  return { ctx, place: await createTestLocation(db, { channelIds: [webEu.id] }) }
}

/** A product of 10.00 with so many pieces. */
export const product = async ({ db, ...ctx }: Context, place: Uuid, onHand: number): Promise<Uuid> => {
  const sku = `rush-${newId().slice(-12)}`
  const { variantId } = await createPricedProduct({ db, ...ctx }, { sku, amounts: { EUR: 1000 } })
  await createTestStock(db, place, { [variantId]: onHand })
  return variantId
}

/** How many there are of each. */
export const count = (codes: readonly string[]): Map<string, number> =>
  new Map([...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]))

/** Requests under way at once: more than connections, fewer than would wait longer for one than they may. */
const LANES = 200

/** Who share the uses per customer. */
export const GUESTS = 5

/** Runs all of them, so many at once. */
export const inLanes = async <T, R>(
  items: readonly T[],
  run: (item: T) => Promise<R>,
  lanes = LANES,
): Promise<R[]> => {
  const results: R[] = []
  const queue = items[Symbol.iterator]()
  const lane = async () => {
    for (const item of queue) results.push(await run(item))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}

/** What the row and the ledger say of the uses of a promotion. */
export const usesOf = async (db: FullExecutor, promotionId: Uuid) => {
  const { counted, claimed } = await db
    .selectFrom('promotion')
    .select((eb) => [
      'used as counted',
      eb
        .selectFrom('promotion_claim')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .where('promotion_id', '=', promotionId)
        .where('state', '=', 'USED')
        .as('claimed'),
    ])
    .where('id', '=', promotionId)
    .executeTakeFirstOrThrow()
  return { counted, claimed: Number(claimed) }
}
