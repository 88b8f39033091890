import type { TaxClass } from '@hilo/channels'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'

/** What prices, promotions and taxes look at in a variant. */
export interface SoldVariant {
  readonly variantId: Uuid
  readonly productId: Uuid
  readonly sku: string
  readonly taxClass: TaxClass
  /** The product's categories and all their ancestors. */
  readonly categoryIds: readonly Uuid[]
  readonly categorySlugs: readonly string[]
  /** True when its product is published in the channel asked about. */
  readonly sold: boolean
}

/** SQL: the facts of these variants, for `readTogether`; one that does not exist is left out. */
export const variantFacts = ({
  variantIds,
  channelId,
}: {
  readonly variantIds: readonly Uuid[]
  readonly channelId: Uuid
}): RawBuilder<SoldVariant> => sql`
    with recursive wanted as (
      select id, product_id, sku from variant where id = any(${variantIds}::uuid[])
    ), above as (
      select product_category.product_id, category.id, category.parent_id, category.slug
      from product_category join category on category.id = product_category.category_id
      where product_category.product_id in (select product_id from wanted)
      union
      select above.product_id, category.id, category.parent_id, category.slug
      from above join category on category.id = above.parent_id
    ), placed as (
      select product_id, array_agg(id order by id) as ids, array_agg(slug order by id) as slugs
      from above group by product_id
    )
    select wanted.id as "variantId", wanted.product_id as "productId", wanted.sku,
      product.tax_class as "taxClass",
      coalesce(placed.ids, '{}') as "categoryIds",
      coalesce(placed.slugs, '{}') as "categorySlugs",
      product.status = 'PUBLISHED' and exists (
        select from product_channel
        where product_channel.product_id = product.id and product_channel.channel_id = ${channelId}
      ) as sold
    from wanted
    join product on product.id = wanted.product_id
    left join placed on placed.product_id = wanted.product_id`
