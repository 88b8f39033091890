import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** Milliseconds since 1970; infinite where it is open. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** A channel with what lists ask of it. */
interface Place {
  readonly channelId: Uuid
  readonly marketId: Uuid
  readonly currency: string
}

type ListTables = 'variant' | 'bundle_component' | 'price' | 'price_list'

interface Listed extends Span {
  readonly productId: Uuid
  readonly listId: Uuid
}

/**
 * The lists in which a variant of a product has prices that are not over, and their time; of a bundle that costs what its
 * components do those of these. A list that derives from others holds in its own time.
 */
const readListed = async (
  db: Executor<ListTables>,
  productIds: readonly Uuid[],
  now: Date,
): Promise<readonly Listed[]> => {
  const { rows } = await sql<Listed>`
    with recursive source as (
      select id as list_id, id, valid from price_list where status = 'ACTIVE'
      union
      select list_id, base_id, source.valid from source join price_list using (id) where base_id is not null
    ), live as materialized (
      select id, product_id, bundle_reduction_ppm is not null as is_sum from variant
      where product_id = any(${productIds}::uuid[]) and archived_at is null
    ), part as (
      select product_id, id as variant_id from live where not is_sum
      union
      select product_id, component_id from live join bundle_component on bundle_id = live.id where is_sum
    ), listed as (
      select product_id, list_id, price.valid * source.valid as time
      from part join price using (variant_id) join source on source.id = price.price_list_id
    )
    select product_id as "productId", list_id as "listId",
      coalesce(extract(epoch from lower(range_agg(time))) * 1000, '-infinity')::float8 as from,
      coalesce(extract(epoch from upper(range_agg(time))) * 1000, 'infinity')::float8 as until
    from listed where upper_inf(time) or upper(time) > ${now}::timestamptz
    group by product_id, list_id`.execute(db)
  return rows
}

/** Where lists hold, each such audience under a number of its own. */
interface Audiences {
  readonly ofList: ReadonlyMap<Uuid, number>
  /** Which of them hold in a channel. */
  readonly holdingIn: (place: Place) => readonly number[]
}

const EVERYWHERE = ''

const readAudiences = async (db: Executor<ListTables>, listIds: readonly Uuid[]): Promise<Audiences> => {
  const { rows } = await sql<{ lists: Uuid[]; currency: string; markets: string; channels: string }>`
    select array_agg(id) as lists, currency, array_to_string(market_ids, ' ') as markets,
      array_to_string(channel_ids, ' ') as channels
    from price_list where id = any(${listIds}::uuid[]) group by currency, market_ids, channel_ids`.execute(db)
  const named = new Map<string, number[]>()
  const ofList = new Map<Uuid, number>()
  for (const [number, { lists, channels }] of rows.entries()) {
    for (const id of lists) ofList.set(id, number)
    for (const place of channels.split(' ')) {
      const there = named.get(place)
      if (there) there.push(number)
      else named.set(place, [number])
    }
  }
  const known = new Map<Uuid, readonly number[]>()
  const find = ({ channelId, marketId, currency }: Place): readonly number[] =>
    [...(named.get(EVERYWHERE) ?? []), ...(named.get(channelId) ?? [])].filter((number) => {
      const { currency: own, markets } = rows[number]!
      return own === currency && (markets === EVERYWHERE || markets.includes(marketId))
    })
  return {
    ofList,
    holdingIn: (place) => {
      const found = known.get(place.channelId) ?? find(place)
      known.set(place.channelId, found)
      return found
    },
  }
}

const together = (one: Span | undefined, { from, until }: Span): Span =>
  one ? { from: Math.min(one.from, from), until: Math.max(one.until, until) } : { from, until }

/**
 * From when to when a product has a price in a list for a channel, be it for some customers, from the first of them to the
 * last; nothing where it has none, or none any more. In two statements, and without products in none.
 */
export const readListedTimes = async (
  db: Executor<ListTables>,
  productIds: readonly Uuid[],
  now: Date,
): Promise<(productId: Uuid, place: Place) => Span | undefined> => {
  if (productIds.length === 0) return () => undefined
  const listed = await readListed(db, productIds, now)
  const { ofList, holdingIn } = await readAudiences(db, [...new Set(listed.map(({ listId }) => listId))])
  const byProduct = new Map<Uuid, Span[]>()
  for (const one of listed) {
    const times = byProduct.get(one.productId) ?? []
    const number = ofList.get(one.listId)!
    times[number] = together(times[number], one)
    byProduct.set(one.productId, times)
  }
  return (productId, place) => {
    const times = byProduct.get(productId)
    if (!times) return undefined
    let found: Span | undefined
    for (const number of holdingIn(place)) {
      const time = times[number]
      if (time) found = together(found, time)
    }
    return found
  }
}
