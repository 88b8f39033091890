import { type Executor, readTogether } from '@hilo/db'
import type { DB } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** A product as its row says. */
export interface ProductRow {
  readonly id: Uuid
  readonly name: Localized
  readonly description: Localized
  /** In milliseconds since 1970. */
  readonly createdAt: number
  readonly type: string | null
  readonly typeName: Localized | null
}

/** A variant on sale. */
export interface VariantRow {
  readonly productId: Uuid
  readonly sku: string
  readonly name: Localized
  readonly barcodes: readonly string[]
}

/** A value of an attribute that everybody may see. */
export interface ValueRow {
  readonly productId: Uuid
  readonly code: string
  readonly kind: string
  readonly filterable: boolean
  readonly text: string | null
  readonly texts: Localized | null
  readonly number: number | null
  readonly boolean: boolean | null
  /** Since 1970. */
  readonly day: number | null
  readonly label: Localized | null
  readonly refProduct: Uuid | null
  readonly refCategory: Uuid | null
}

/** Something with a name that a product is in. */
export interface PlaceRow {
  readonly productId: Uuid
  readonly id: Uuid
  readonly name: Localized
}

/** The choice of an option. */
export interface ChoiceRow {
  readonly productId: Uuid
  readonly option: string
  readonly value: string
  readonly name: Localized
}

/** What documents are made of, in one statement. Rows are in an order that does not change. */
export const readFacts = (db: Executor<keyof DB>, ids: readonly Uuid[]) =>
  readTogether<{
    shop: { readonly locales: readonly string[]; readonly defaultLocale: string }
    products: ProductRow
    variants: VariantRow
    values: ValueRow
    categories: PlaceRow
    collections: PlaceRow
    choices: ChoiceRow
  }>(db, {
    shop: sql`select locales, default_locale as "defaultLocale" from shop`,
    products: sql`
      select product.id, product.name, product.description, product_type.code as type, product_type.name as "typeName",
        (extract(epoch from product.created_at) * 1000)::float8 as "createdAt"
      from product left join product_type on product_type.id = product_type_id
      where product.id = any(${ids}::uuid[]) order by product.id`,
    variants: sql`
      select product_id as "productId", sku, name,
        array(select code from barcode where variant_id = variant.id order by position) as barcodes
      from variant where product_id = any(${ids}::uuid[]) and archived_at is null order by product_id, position, id`,
    values: sql`
      select said.product_id as "productId", attribute.code, kind, filterable, text_value as text, texts,
        number_value as number, boolean_value as boolean, date_value - date '1970-01-01' as day,
        attribute_choice.name as label,
        ref_product_id as "refProduct", ref_category_id as "refCategory"
      from attribute_value as said
      join attribute on attribute.id = said.attribute_id and not attribute.internal
      left join attribute_choice on attribute_choice.id = choice_id
      left join variant on variant.id = said.variant_id
      where said.product_id = any(${ids}::uuid[]) and variant.archived_at is null
      order by said.product_id, attribute.code, said.owner_id, said.position`,
    categories: sql`
      with recursive above as (
        select product_id, category_id as id from product_category where product_id = any(${ids}::uuid[])
        union
        select above.product_id, category.parent_id from above join category on category.id = above.id
        where category.parent_id is not null
      )
      select above.product_id as "productId", category.id, category.name
      from above join category on category.id = above.id order by above.product_id, category.id`,
    collections: sql`
      select product_id as "productId", collection.id, collection.name
      from collection_product join collection on collection.id = collection_id
      where product_id = any(${ids}::uuid[]) order by product_id, collection.id`,
    choices: sql`
      select distinct on (option.product_id, option.code, option_value.code) option.product_id as "productId",
        option.code as option, option_value.code as value, option_value.name
      from option
      join option_value on option_value.option_id = option.id
      join variant_option_value on variant_option_value.option_value_id = option_value.id
      join variant on variant.id = variant_option_value.variant_id and variant.archived_at is null
      where option.product_id = any(${ids}::uuid[])
      order by option.product_id, option.code, option_value.code, option_value.id`,
  })

/** What `readFacts` gives. */
export type Facts = Awaited<ReturnType<typeof readFacts>>
