import { type Executor, within } from '@hilo/db'
import type { Reach, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { LocatedStock } from './plan-reservation.ts'
import type { StockLevel } from './stock.ts'

/** What of a variant stands at a location. */
export interface StockRow extends StockLevel {
  readonly locationId: Uuid
  readonly variantId: Uuid
  readonly updatedAt: Date
}

/** The stock of these variants at the locations reached, by the locations' priority. */
export const stockOfVariants = (
  db: Executor<'stock' | 'location'>,
  reach: Reach,
  variantIds: readonly Uuid[],
): Promise<StockRow[]> =>
  db
    .selectFrom('stock')
    .innerJoin('location', 'location.id', 'stock.location_id')
    .select([
      'location_id as locationId',
      'variant_id as variantId',
      'on_hand as onHand',
      'reserved',
      'safety',
      'updated_at as updatedAt',
    ])
    .where('variant_id', 'in', variantIds)
    .where(within(reach, 'stock.location_id'))
    .orderBy('priority')
    .orderBy('code')
    .execute()

/** What a channel can sell of a variant. */
export interface Availability {
  readonly variantId: Uuid
  readonly quantity: number
}

/**
 * What a channel can sell of these variants: over the active locations that serve it, the sum of on hand − reserved −
 * safety. A variant without any such stock is absent. Beyond 2^31 − 1 the sum is cut, to fit an `Int`.
 */
export const availabilityIn = (
  db: Executor<'stock' | 'location' | 'location_channel'>,
  { channelId, variantIds }: { readonly channelId: Uuid; readonly variantIds: readonly Uuid[] },
): Promise<Availability[]> =>
  db
    .selectFrom('stock')
    .select([
      'variant_id as variantId',
      sql<number>`least(sum(greatest(on_hand - reserved - safety, 0)), 2147483647)::integer`.as('quantity'),
    ])
    .where('variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    // As a list of keys both columns of the primary key find the rows, already in the order of the groups.
    .where(
      'location_id',
      '=',
      sql<Uuid>`any(array(
        select location.id from location join location_channel on location_channel.location_id = location.id
        where location_channel.channel_id = ${channelId} and location.active
      ))`,
    )
    .groupBy('variant_id')
    .execute()

const lockable = (db: Executor<'stock' | 'location' | 'variant'>) =>
  db
    .selectFrom('stock')
    .innerJoin('location', 'location.id', 'stock.location_id')
    .innerJoin('variant', 'variant.id', 'stock.variant_id')
    .select([
      'stock.location_id as locationId',
      'stock.variant_id as variantId',
      'sku',
      'on_hand as onHand',
      'reserved',
      'safety',
      'priority',
    ])
    .orderBy('stock.variant_id')
    .orderBy('stock.location_id')
    .forUpdate('stock')

/** Locks, in the order of LOCKS.md, what a channel can be served from, and reads it as it is after the wait. */
export const lockStockFor = (
  db: Executor<'stock' | 'location' | 'location_channel' | 'variant'>,
  { channelId, variantIds }: { readonly channelId: Uuid; readonly variantIds: readonly Uuid[] },
): Promise<LocatedStock[]> =>
  lockable(db)
    .where('stock.variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .where('location.active', '=', true)
    .where('stock.location_id', 'in', (sub) =>
      (sub as unknown as Executor<'location_channel'>)
        .selectFrom('location_channel')
        .select('location_id')
        .where('channel_id', '=', channelId),
    )
    .execute()

/** Locks one level of stock; `undefined` when the variant was never at the location. */
export const lockStockAt = (
  db: Executor<'stock' | 'location' | 'variant'>,
  { locationId, variantId }: { readonly locationId: Uuid; readonly variantId: Uuid },
): Promise<LocatedStock | undefined> =>
  lockable(db)
    .where('stock.location_id', '=', locationId)
    .where('stock.variant_id', '=', variantId)
    .executeTakeFirst()

/** Makes the empty level that a first delivery is counted into; does nothing when there is one. */
export const openStock = async (
  db: Executor<'stock'>,
  { locationId, variantId, at }: { readonly locationId: Uuid; readonly variantId: Uuid; readonly at: Date },
): Promise<void> => {
  await db
    .insertInto('stock')
    .values({ location_id: locationId, variant_id: variantId, updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
