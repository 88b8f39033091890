import { type Executor, within } from '@hilo/db'
import type { Reach, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { LocatedStock } from './plan-reservation.ts'
import { type Availability, type StockLevel, toAvailabilities } from './stock.ts'

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

/** What one unit of a variant takes off the shelf, and how much of that a channel can sell. */
export interface Supply {
  /** The variant asked about. */
  readonly wantedId: Uuid
  /** Of its measure; 0 when it is sold by the piece. */
  readonly scale: number
  /** What stands on the shelf: the variant itself, or a component of a bundle. */
  readonly variantId: Uuid
  readonly sku: string
  /** Units of it in one unit of the variant asked about. */
  readonly takes: number
  /** False: there is always enough of it. */
  readonly counted: boolean
  /** Over the active locations that serve the channel, the sum of on hand − reserved − safety; cut to fit an `Int`. */
  readonly available: number
}

/**
 * What a channel can sell of these variants, in one statement: a row for each that stands on the shelf by itself, and
 * one for each component of a bundle. A variant that does not exist is absent.
 */
export const suppliesIn = async (
  db: Executor<'stock' | 'location' | 'location_channel' | 'variant' | 'bundle_component'>,
  { channelId, variantIds }: { readonly channelId: Uuid; readonly variantIds: readonly Uuid[] },
): Promise<Supply[]> => {
  const { rows } = await sql<Supply>`
    with component as materialized (
      select bundle_id, component_id, quantity from bundle_component where bundle_id = any(${variantIds}::uuid[])
    ), part as materialized (
      select id as wanted_id, id as variant_id, 1 as takes from unnest(${variantIds}::uuid[]) as wanted (id)
      where id not in (select bundle_id from component)
      union all
      select bundle_id, component_id, quantity from component
    ), shelf as (
      select variant_id, least(sum(greatest(on_hand - reserved - safety, 0)), 2147483647)::integer as available
      from stock
      -- As a list of keys both columns of the primary key find the rows, already in the order of the groups.
      where variant_id = any(array(select variant_id from part)) and location_id = any(array(
        select location.id from location join location_channel on location_channel.location_id = location.id
        where location_channel.channel_id = ${channelId} and location.active
      ))
      group by variant_id
    )
    select wanted_id as "wantedId", coalesce(wanted.measure_scale, 0) as scale, part.variant_id as "variantId",
      variant.sku, takes, variant.track_stock as counted, coalesce(available, 0) as available
    from part
    join variant on variant.id = part.variant_id
    join variant wanted on wanted.id = part.wanted_id
    left join shelf on shelf.variant_id = part.variant_id`.execute(db)
  return rows
}

/** What a channel can sell of these variants: of a bundle as many as the component that is short allows. */
export const availabilityIn = async (
  db: Parameters<typeof suppliesIn>[0],
  asked: Parameters<typeof suppliesIn>[1],
): Promise<Availability[]> => toAvailabilities(await suppliesIn(db, asked))

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

/** Locks many levels of stock, in the order of LOCKS.md; those that are not there are left out. */
export const lockStocksAt = (
  db: Executor<'stock' | 'location' | 'variant'>,
  keys: readonly { readonly locationId: Uuid; readonly variantId: Uuid }[],
): Promise<LocatedStock[]> =>
  lockable(db)
    .where(
      sql<boolean>`(stock.variant_id, stock.location_id) in (select * from unnest(
        ${keys.map(({ variantId }) => variantId)}::uuid[], ${keys.map(({ locationId }) => locationId)}::uuid[]))`,
    )
    .execute()

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
