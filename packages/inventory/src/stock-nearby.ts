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
  readonly available: number
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

const free = sql<number>`stock.on_hand - stock.reserved - stock.safety`

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
  db: Executor<VisibilityTables | 'variant' | 'stock' | 'location'>,
  view: Viewpoint,
  nearby: Nearby,
): Promise<Result<NearbyStock[]>> => {
  const rows = await db
    .selectFrom('variant')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .leftJoin('stock', (join) => join.onRef('stock.variant_id', '=', 'variant.id').on(free, '>', 0))
    .leftJoin('location', (join) =>
      join
        .onRef('location.id', '=', 'stock.location_id')
        .on('location.kind', '=', 'STORE')
        .on('location.active', '=', true)
        .on('location.latitude', 'is not', null)
        .on('location.longitude', 'is not', null),
    )
    .select([...LOCATION_COLUMNS, distanceTo(nearby).as('distance_meters'), free.as('available')])
    .where('variant.sku', '=', storable(nearby.sku))
    .where(isVisible(view))
    .orderBy('distance_meters')
    .orderBy('location.id')
    .limit(nearby.first)
    .$narrowType<{ id: string }>()
    .execute()
  if (rows.length === 0) return COMMON.refuse('NOT_FOUND', { kind: 'Variant', id: nearby.sku }, ['sku'])
  return ok(
    rows
      .filter(({ id }) => id !== null)
      .map(({ distance_meters, available, ...row }) => ({
        location: toLocation(row as never),
        distanceMeters: distance_meters,
        available,
      })),
  )
}
