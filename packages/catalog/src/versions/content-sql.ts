import { type RawBuilder, sql } from 'kysely'
import type { ProductContent } from './content.ts'

/** SQL: what the row `value` of `attribute_value` says for a single value, by the kind of its `attribute`. */
const single = sql`case attribute.kind
  when 'NUMBER' then jsonb_build_object('number', first.number_value)
  when 'BOOLEAN' then jsonb_build_object('boolean', first.boolean_value)
  when 'DATE' then jsonb_build_object('date', first.date_value)
  when 'CHOICE' then jsonb_build_object('choice', first.text_value)
  when 'FILE' then jsonb_build_object('url', first.text_value)
  when 'COLOR' then jsonb_build_object('color', first.text_value)
  when 'MULTI_CHOICE' then jsonb_build_object('choices', all_texts)
  when 'PRODUCT_REFERENCE' then jsonb_build_object('productIds', all_products)
  when 'CATEGORY_REFERENCE' then jsonb_build_object('categoryIds', all_categories)
  else case when first.texts is null then jsonb_build_object('text', first.text_value)
    else jsonb_build_object('texts', first.texts) end end`

const attributes = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('code', attribute.code) || ${single} order by attribute.code collate "C"), '[]')
  from attribute_value as first
  join attribute on attribute.id = first.attribute_id
  cross join lateral (
    select jsonb_agg(text_value order by position) as all_texts,
      jsonb_agg(ref_product_id order by position) as all_products,
      jsonb_agg(ref_category_id order by position) as all_categories
    from attribute_value as each
    where each.owner_id = first.owner_id and each.attribute_id = first.attribute_id
  ) as members
  where first.owner_id = product.id and first.position = 0)`

/** SQL: the content of the row of `product`, as versions keep it. */
export const contentOfProduct: RawBuilder<ProductContent> = sql`jsonb_build_object(
  'slug', product.slug, 'name', product.name, 'description', product.description, 'taxClass', product.tax_class,
  'status', product.status, 'productTypeId', product.product_type_id,
  'seo', '{"title": {}, "description": {}, "noIndex": false, "canonicalUrl": null, "imageUrl": null}' || product.seo,
  'categoryIds', (select coalesce(jsonb_agg(category_id order by category_id), '[]') from product_category
    where product_category.product_id = product.id),
  'channelIds', (select coalesce(jsonb_agg(channel_id order by channel_id), '[]') from product_channel
    where product_channel.product_id = product.id),
  'attributes', ${attributes})`
