import { isVisible, type Viewpoint, type VisibilityTables } from '@hilo/catalog'
import type { Executor } from '@hilo/db'
import { COMMON, ok, type Result, storable } from '@hilo/kernel'
import { sql } from 'kysely'
import { LOCATION_COLUMNS, type LocationRow, toLocation } from './location-queries.ts'

/** A store that has a variant, and how far it is. */
export interface NearbyStock {
  readonly location: LocationRow
  /** Great-circle distance in metres. */
  readonly distanceMeters: number
  /** In units of 10^-scale of a measured variant. */
  readonly available: number
  readonly scale: number
}

/** Where to look, and for what. */
export interface Nearby {
  readonly sku: string
  /** Degrees north, −90 to 90. */
  readonly latitude: number
  /** Degrees east, −180 to 180. */
  readonly longitude: number
  readonly first: number
}

/** The mean radius of the Earth (IUGG), metres. */
const EARTH_RADIUS = 6_371_008.8

/** SQL: how many of `variant` each location has; a bundle is there where all of its counted components are. */
const shelf = sql<{ location_id: string; available: number }>`(
  with part as (
    select component_id as variant_id, quantity as takes
    from bundle_component join variant component on component.id = component_id
    where bundle_id = variant.id and component.track_stock
    union all
    select variant.id, 1 where not exists (select from bundle_component where bundle_id = variant.id)
  )
  select stock.location_id, min((on_hand - reserved - safety) / takes) as available
  from part join stock on stock.variant_id = part.variant_id
  group by stock.location_id
  having count(*) = (select count(*) from part)
)`

/** To a centimetre; the sine of a number next to zero would underflow. */
const degrees = (value: number) => sql`${Math.round(value * 1e7) / 1e7}::double precision`

/** Haversine: exact for near points too, where the law of cosines loses digits. */
const distanceTo = ({ latitude, longitude }: Nearby) => sql<number>`
  round(2 * ${sql.lit(EARTH_RADIUS)} * asin(least(1, sqrt(
    sin(radians(location.latitude - ${degrees(latitude)}) / 2) ^ 2
    + cos(radians(${degrees(latitude)})) * cos(radians(location.latitude))
      * sin(radians(location.longitude - ${degrees(longitude)}) / 2) ^ 2
  ))))::integer`

/**
 * The nearest open stores that have a variant on the shelf, whatever channels they deliver for, in one statement.
 * Refuses `NOT_FOUND` for a SKU that cannot be seen from here.
 */
export const stockNearby = async (
  db: Executor<VisibilityTables | 'variant' | 'stock' | 'location' | 'bundle_component'>,
  view: Viewpoint,
  nearby: Nearby,
): Promise<Result<NearbyStock[]>> => {
  const rows = await db
    .selectFrom('variant')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .leftJoinLateral(shelf.as('shelf'), (join) => join.on('shelf.available', '>', 0))
    .leftJoin('location', (join) =>
      join
        .onRef('location.id', '=', 'shelf.location_id')
        .on('location.kind', '=', 'STORE')
        .on('location.active', '=', true)
        .on('location.latitude', 'is not', null)
        .on('location.longitude', 'is not', null),
    )
    .select([
      ...LOCATION_COLUMNS,
      distanceTo(nearby).as('distance_meters'),
      'shelf.available',
      sql<number>`coalesce(variant.measure_scale, 0)`.as('scale'),
    ])
    .where('variant.sku', '=', storable(nearby.sku))
    .where(isVisible(view))
    .orderBy('distance_meters')
    .orderBy('location.id')
    .limit(nearby.first)
    .$narrowType<{ id: string }>()
    .execute()
  if (rows.length === 0) return COMMON.refuse('NOT_FOUND', { kind: 'variant', id: nearby.sku }, ['sku'])
  return ok(
    rows
      .filter(({ id }) => id !== null)
      .map(({ distance_meters, available, scale, ...row }) => ({
        location: toLocation(row as never),
        distanceMeters: distance_meters,
        available: available ?? 0,
        scale,
      })),
  )
}
