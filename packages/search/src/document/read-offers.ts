import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { ProductOffers } from '../engine.ts'
import { readListedTimes, type Span } from './read-listed-times.ts'
import type { SearchOffer } from './search-document.ts'

/** The tables that say where and for how much products are sold. */
export type OfferTables =
  | 'product'
  | 'product_channel'
  | 'variant'
  | 'bundle_component'
  | 'stock'
  | 'location'
  | 'location_channel'
  | 'price'
  | 'price_list'
  | 'price_history'
  | 'channel'
  | 'market'

const ALWAYS: Span = { from: -Infinity, until: Infinity }

/** Over long ago. */
const NEVER: Span = { from: -Infinity, until: 0 }

const spanOf = (from: Date | null, until: Date | null): Span => ({
  from: from?.getTime() ?? -Infinity,
  until: until?.getTime() ?? Infinity,
})

const dateOf = (time: number): Date | null => (Number.isFinite(time) ? new Date(time) : null)

/** As offers say it. */
const within = (one: Span, other: Span): Pick<SearchOffer, 'from' | 'until'> => ({
  from: dateOf(Math.max(one.from, other.from)),
  until: dateOf(Math.min(one.until, other.until)),
})

/**
 * What products are in all their channels, in one statement, and two others when some have no price on a shelf:
 * publications that are not over, the price of the cheapest variant as the shelf said it last, and whether a variant can
 * be had. A product that is published nowhere has none. One without a price on the shelf is on sale in the time of its
 * prices for some customers, which needs nobody to look again when that comes; where it has none, its offer is over.
 */
export const readOffers = async (
  db: Executor<OfferTables>,
  productIds: readonly Uuid[],
  now: Date,
): Promise<ProductOffers[]> => {
  const { rows } = await sql<{
    product_id: Uuid
    channel_id: Uuid
    market_id: Uuid
    currency: string
    published_from: Date | null
    published_until: Date | null
    amount_minor: bigint | null
    available: boolean
  }>`
    with live as materialized (
      select id, product_id, track_stock from variant
      where product_id = any(${productIds}::uuid[]) and archived_at is null
    ), component as materialized (
      select bundle_id, component_id, quantity from bundle_component where bundle_id = any(array(select id from live))
    ), part as materialized (
      select id as wanted_id, id as part_id, 1 as takes, track_stock from live
      where id not in (select bundle_id from component)
      union all
      select bundle_id, component_id, quantity, variant.track_stock
      from component join variant on variant.id = component_id
    ), shelf as materialized (
      select channel_id, variant_id, sum(greatest(on_hand - reserved - safety, 0)) as units
      from stock
      join location on location.id = stock.location_id and location.active
      join location_channel on location_channel.location_id = location.id
      where variant_id = any(array(select part_id from part))
      group by channel_id, variant_id
    ), placed as materialized (
      select product_channel.product_id, channel_id, published_from, published_until, market_id, market.currency
      from product_channel
      join product on product.id = product_channel.product_id and product.status = 'PUBLISHED'
      join channel on channel.id = channel_id
      join market on market.id = channel.market_id
      where product_channel.product_id = any(${productIds}::uuid[])
        and (published_until is null or published_until > ${now}::timestamptz)
    ), sold as (
      select placed.channel_id, live.product_id, live.id, placed.currency,
        bool_and(not part.track_stock or coalesce(shelf.units, 0) >= part.takes) as available
      from placed
      join live on live.product_id = placed.product_id
      join part on part.wanted_id = live.id
      left join shelf on shelf.channel_id = placed.channel_id and shelf.variant_id = part.part_id
      group by placed.channel_id, live.product_id, live.id, placed.currency
    ), priced as (
      select sold.channel_id, sold.product_id, bool_or(sold.available) as available,
        min(latest.amount_minor) filter (where latest.currency = sold.currency) as amount_minor
      from sold
      left join lateral (
        select amount_minor, currency from price_history
        where price_history.channel_id = sold.channel_id and variant_id = sold.id
        order by at desc, price_history.id desc limit 1
      ) as latest on true
      group by sold.channel_id, sold.product_id
    )
    select placed.product_id, placed.channel_id, market_id, currency, published_from, published_until, amount_minor,
      coalesce(available, false) as available
    from placed
    left join priced on priced.channel_id = placed.channel_id and priced.product_id = placed.product_id
    order by placed.product_id, placed.channel_id`.execute(db)
  const unpriced = rows.filter(({ amount_minor }) => amount_minor === null)
  const listedIn = await readListedTimes(db, [...new Set(unpriced.map(({ product_id }) => product_id))], now)
  const soldIn = (row: (typeof rows)[number]): Span => {
    if (row.amount_minor !== null) return ALWAYS
    const place = { channelId: row.channel_id, marketId: row.market_id, currency: row.currency }
    return listedIn(row.product_id, place) ?? NEVER
  }
  const byProduct = Map.groupBy(rows, (row) => row.product_id)
  return productIds.map((productId) => ({
    productId,
    offers: (byProduct.get(productId) ?? []).map((row) => ({
      channelId: row.channel_id,
      ...within(spanOf(row.published_from, row.published_until), soldIn(row)),
      amountMinor: row.amount_minor === null ? null : Number(row.amount_minor),
      available: row.available,
    })),
  }))
}
