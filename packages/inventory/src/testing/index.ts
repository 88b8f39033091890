import type { FullExecutor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { createLocations, type NewLocation } from '../create-locations.ts'
import { openStocks } from '../open-stocks.ts'

/** A warehouse that serves these channels, with anything replaced; returns its id. */
export const createTestLocation = async (
  db: FullExecutor,
  location: Partial<NewLocation> & Pick<NewLocation, 'channelIds'>,
): Promise<Uuid> => {
  const code = `place-${crypto.randomUUID().slice(0, 8)}`
  const [id] = await createLocations(db, [
    { code, name: { en: code }, kind: 'WAREHOUSE', country: 'ES', ...location },
  ])
  return id!
}

/** Puts pieces of variants on the shelf of a location: `createTestStock(db, locationId, { [variantId]: 100 })`. */
export const createTestStock = async (
  db: FullExecutor,
  locationId: Uuid,
  onHand: Readonly<Record<Uuid, number>>,
): Promise<void> => {
  const stocks = Object.entries(onHand).map(([variantId, count]) => ({
    locationId,
    variantId,
    onHand: count,
  }))
  await openStocks(db, stocks, new Date('2026-01-01T00:00:00Z'))
}

/** The levels of a variant at every location, for assertions on end states. */
export const stockLevels = (db: FullExecutor, variantId: Uuid) =>
  db
    .selectFrom('stock')
    .select(['location_id as locationId', 'on_hand as onHand', 'reserved'])
    .where('variant_id', '=', variantId)
    .orderBy('location_id')
    .execute()

/** What the ledger says of a variant, which must be what the stock says. */
export const ledgerSums = async (
  db: FullExecutor,
  variantId: Uuid,
): Promise<{ readonly onHand: number; readonly reserved: number }> => {
  const sums = await db
    .selectFrom('movement')
    .select(({ fn }) => [
      fn.sum<bigint>('on_hand_delta').as('onHand'),
      fn.sum<bigint>('reserved_delta').as('reserved'),
    ])
    .where('variant_id', '=', variantId)
    .executeTakeFirstOrThrow()
  return { onHand: Number(sums.onHand), reserved: Number(sums.reserved) }
}
