import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** Where a list holds; empty: everywhere. */
interface Audience {
  readonly currency: string
  readonly marketIds: readonly Uuid[]
  readonly channelIds: readonly Uuid[]
}

/** A channel with what lists ask of it. */
interface Place {
  readonly channelId: Uuid
  readonly marketId: Uuid
  readonly currency: string
}

const holdsIn = ({ currency, marketIds, channelIds }: Audience, place: Place): boolean =>
  currency === place.currency &&
  (marketIds.length === 0 || marketIds.includes(place.marketId)) &&
  (channelIds.length === 0 || channelIds.includes(place.channelId))

/**
 * Whether a variant of a product, or a component of one, has a price in a list for a channel, be it for some customers or
 * another time; in one statement, and without products in none.
 */
export const readAudiences = async (
  db: Executor<'variant' | 'bundle_component' | 'price' | 'price_list'>,
  productIds: readonly Uuid[],
): Promise<(productId: Uuid, place: Place) => boolean> => {
  if (productIds.length === 0) return () => false
  const { rows } = await sql<Audience & { readonly productId: Uuid }>`
    with recursive source as (
      select id as list_id, id from price_list where status = 'ACTIVE'
      union
      select list_id, base_id from source join price_list using (id) where base_id is not null
    ), live as materialized (
      select id, product_id from variant where product_id = any(${productIds}::uuid[]) and archived_at is null
    ), part as (
      select product_id, id as variant_id from live
      union
      select product_id, component_id from live join bundle_component on bundle_id = live.id
    )
    select distinct product_id as "productId", list.currency, market_ids as "marketIds", channel_ids as "channelIds"
    from part
    join price using (variant_id)
    join source on source.id = price.price_list_id
    join price_list as list on list.id = source.list_id`.execute(db)
  const byProduct = Map.groupBy(rows, ({ productId }) => productId)
  return (productId, place) => byProduct.get(productId)?.some((audience) => holdsIn(audience, place)) ?? false
}
