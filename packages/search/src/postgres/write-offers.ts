import type { Executor } from '@hilo/db'
import { sql } from 'kysely'
import type { ProductOffers } from '../engine.ts'

/** Puts the offers of products in the place of those that are there; what is the same is not written. */
export const writeOffers = async (
  db: Executor<'search_offer'>,
  products: readonly ProductOffers[],
): Promise<void> => {
  const offers = products
    .flatMap(({ productId, offers: own }) => own.map((offer) => ({ productId, ...offer })))
    .toSorted((a, b) => (a.channelId + a.productId < b.channelId + b.productId ? -1 : 1))
  const channelIds = offers.map(({ channelId }) => channelId)
  const productIds = offers.map(({ productId }) => productId)
  await sql`
    delete from search_offer
    where product_id = any(${products.map(({ productId }) => productId)}::uuid[])
      and (channel_id, product_id) not in (
        select * from unnest(${channelIds}::uuid[], ${productIds}::uuid[]) as kept (channel_id, product_id))`.execute(
    db,
  )
  if (offers.length === 0) return
  await sql`
    insert into search_offer as known
      (channel_id, product_id, published_from, published_until, amount_minor, available)
    select * from unnest(${channelIds}::uuid[], ${productIds}::uuid[],
      ${offers.map(({ from }) => from)}::timestamptz[], ${offers.map(({ until }) => until)}::timestamptz[],
      ${offers.map(({ amountMinor }) => amountMinor)}::bigint[], ${offers.map(({ available }) => available)}::boolean[])
    on conflict (channel_id, product_id) do update set published_from = excluded.published_from,
      published_until = excluded.published_until, amount_minor = excluded.amount_minor, available = excluded.available
    where (known.published_from, known.published_until, known.amount_minor, known.available)
      is distinct from (excluded.published_from, excluded.published_until, excluded.amount_minor, excluded.available)
  `.execute(db)
}
