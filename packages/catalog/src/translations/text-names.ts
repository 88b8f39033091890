import { type RawBuilder, sql } from 'kysely'
import { type AnyTextKind, isElsewhere, type TextKind } from './text-sources.ts'
import { textsElsewhere } from './texts-elsewhere.ts'

const own = (table: string, name = 'name') => sql`
  select jsonb_build_array(${sql.ref(name)}) as names, null::uuid as product_id, version
  from ${sql.table(table)} where id = page.id`

const NAMES: Readonly<Record<TextKind, RawBuilder<unknown>>> = {
  product: sql`select jsonb_build_array(name) as names, id as product_id, version from product where id = page.id`,
  variant: sql`
    select jsonb_build_array(product.name, variant.sku) as names, product_id, variant.version
    from variant join product on product.id = product_id where variant.id = page.id`,
  category: own('category'),
  collection: own('collection'),
  option: sql`
    select jsonb_build_array(product.name, option.name) as names, product_id, null::integer as version
    from option join product on product.id = product_id where option.id = page.id`,
  optionValue: sql`
    select jsonb_build_array(product.name, option.name, option_value.name) as names, product_id, null::integer as version
    from option_value join option on option.id = option_id join product on product.id = product_id
    where option_value.id = page.id`,
  attribute: own('attribute'),
  productType: own('product_type'),
  image: sql`
    select jsonb_build_array(product.name) as names, product_id, null::integer as version
    from image join product on product.id = product_id where image.id = page.id`,
  asset: own('asset', 'file_name'),
}

/**
 * SQL: what the thing of this kind in the row `page` is called, from its product down, with the product and the version
 * that a change counts up.
 */
export const namesOf = (kind: AnyTextKind): RawBuilder<unknown> =>
  isElsewhere(kind) ? textsElsewhere(kind).named : NAMES[kind]
