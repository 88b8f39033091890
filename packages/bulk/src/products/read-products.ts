import { isDeepStrictEqual } from 'node:util'
import type { Executor } from '@hilo/db'
import { goodsOfVariants, toSeo } from '@hilo/catalog/bulk'
import type { Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { keysByIds } from '../external-keys.ts'
import type { ScheduleCells } from './schedule-cells.ts'
import { type GoodsCells, PLAIN_GOODS } from './goods-cells.ts'

type Db = Executor<
  | 'product'
  | 'product_type'
  | 'attribute_value'
  | 'attribute'
  | 'category'
  | 'collection'
  | 'channel'
  | 'image'
  | 'option'
  | 'option_value'
  | 'variant'
  | 'barcode'
  | 'external_key'
>

interface Said {
  readonly owner: Uuid
  readonly code: string
  readonly kind: string
  readonly value: string | number | boolean | Localized
}

const anyOf = (ids: readonly Uuid[]) => sql<Uuid>`any(${ids}::uuid[])`

const attributesOf = async (db: Db, ids: readonly Uuid[]) => {
  const { rows } = await sql<Said>`
    select v.owner_id as owner, a.code, a.kind, coalesce(to_jsonb(choice.code), v.texts,
      to_jsonb(v.number_value), to_jsonb(v.boolean_value), to_jsonb(v.date_value::text), to_jsonb(p.slug),
      to_jsonb(c.slug), to_jsonb(v.text_value)) as value
    from attribute_value v join attribute a on a.id = v.attribute_id
    left join attribute_choice choice on choice.id = v.choice_id
    left join product p on p.id = v.ref_product_id left join category c on c.id = v.ref_category_id
    where v.product_id = ${anyOf(ids)} order by v.owner_id, a.code, v.position`.execute(db)
  const isList = (kind: string) => kind === 'MULTI_CHOICE' || kind.endsWith('_REFERENCE')
  return new Map(
    [...Map.groupBy(rows, ({ owner }) => owner)].map(([owner, said]) => [
      owner,
      Object.fromEntries(
        [...Map.groupBy(said, ({ code }) => code)].map(([code, values]) => [
          code,
          isList(values[0]!.kind) ? values.map(({ value }) => value) : values[0]!.value,
        ]),
      ),
    ]),
  )
}

interface Named {
  readonly owner: Uuid
  readonly name: string
}

const namesBy = (rows: readonly Named[]): ReadonlyMap<Uuid, string[]> =>
  new Map(
    [...Map.groupBy(rows, ({ owner }) => owner)].map(([owner, own]) => [owner, own.map(({ name }) => name)]),
  )

const iso = (time: Date | null): string | null => time && time.toISOString()

const schedulesBy = (
  rows: readonly (Named & { readonly from: Date | null; readonly until: Date | null })[],
): ReadonlyMap<Uuid, ScheduleCells> =>
  new Map(
    [...Map.groupBy(rows, ({ owner }) => owner)].map(([owner, own]) => [
      owner,
      Object.fromEntries(
        own
          .filter(({ from, until }) => from ?? until)
          .map(({ name, from, until }) => [name, { from: iso(from), until: iso(until) }]),
      ),
    ]),
  )

const placesOf = async (db: Db, ids: readonly Uuid[]) => {
  const [categories, collections, channels] = await Promise.all([
    sql<Named>`
      select product_id as owner, slug as name from product_category join category on category.id = category_id
      where product_id = ${anyOf(ids)} order by slug collate "C"`.execute(db),
    sql<Named>`
      select product_id as owner, slug as name from collection_product
      join collection on collection.id = collection_id and rule is null
      where product_id = ${anyOf(ids)} order by slug collate "C"`.execute(db),
    sql<Named & { readonly from: Date | null; readonly until: Date | null }>`
      select product_id as owner, code as name, published_from as from, published_until as until
      from product_channel join channel on channel.id = channel_id
      where product_id = ${anyOf(ids)} order by code collate "C"`.execute(db),
  ])
  return {
    categories: namesBy(categories.rows),
    collections: namesBy(collections.rows),
    channels: namesBy(channels.rows),
    schedules: schedulesBy(channels.rows),
  }
}

interface OptionRow {
  readonly owner: Uuid
  readonly option: {
    readonly code: string
    readonly name: Localized
    readonly values: readonly { readonly code: string; readonly name: Localized }[]
  }
}

const optionsOf = async (db: Db, ids: readonly Uuid[]) => {
  const { rows } = await sql<OptionRow>`
    select product_id as owner, json_build_object('code', code, 'name', name, 'values', coalesce((
      select json_agg(json_build_object('code', v.code, 'name', v.name) order by v.position, v.id)
      from option_value v where v.option_id = option.id), '[]')) as option
    from option where product_id = ${anyOf(ids)} order by product_id, position, id`.execute(db)
  return Map.groupBy(rows, ({ owner }) => owner)
}

interface VariantRow {
  readonly id: Uuid
  readonly owner: Uuid
  readonly sku: string
  readonly name: Localized
  readonly archived: boolean
  readonly options: Readonly<Record<string, string>>
  readonly barcodes: readonly string[]
}

const variantsOf = async (db: Db, ids: readonly Uuid[]) => {
  const { rows } = await sql<VariantRow>`
    select id, product_id as owner, sku, name, archived_at is not null as archived, coalesce((
        select json_object_agg(o.code, v.code order by o.position, o.id)
        from variant_option_value chosen join option_value v on v.id = chosen.option_value_id
        join option o on o.id = v.option_id where chosen.variant_id = variant.id), '{}') as options,
      coalesce((select json_agg(kind || ':' || barcode.code order by position)
        from barcode where barcode.variant_id = variant.id), '[]') as barcodes
    from variant where product_id = ${anyOf(ids)} order by product_id, position, id`.execute(db)
  return rows
}

const sortedTexts = (texts: Localized): Localized =>
  Object.fromEntries(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const special = (goods: GoodsCells): GoodsCells | null =>
  isDeepStrictEqual(goods, PLAIN_GOODS) ? null : goods

/** Products as a file holds them, in this order, in a dozen statements however many they are. */
export const readProducts = async (db: Db, system: string, ids: readonly Uuid[]) => {
  if (ids.length === 0) return []
  const [products, said, places, images, options, variants, keys] = await Promise.all([
    db
      .selectFrom('product')
      .leftJoin('product_type', 'product_type.id', 'product.product_type_id')
      .select(['product.id', 'slug', 'product.name', 'description', 'seo', 'tax_class', 'status'])
      .select('product_type.code as type')
      .where('product.id', '=', anyOf(ids))
      .execute(),
    attributesOf(db, ids),
    placesOf(db, ids),
    db
      .selectFrom('image')
      .select(['product_id', 'url', 'alt'])
      .where('product_id', '=', anyOf(ids))
      .orderBy('product_id')
      .orderBy('position')
      .orderBy('id')
      .execute(),
    optionsOf(db, ids),
    variantsOf(db, ids),
    keysByIds(db, { kind: 'PRODUCT', system }, ids),
  ])
  const variantKeys = await keysByIds(
    db,
    { kind: 'VARIANT', system },
    variants.map(({ id }) => id),
  )
  const goods = await goodsOfVariants(
    db,
    variants.map(({ id }) => id),
  )
  const goodsBy = new Map(goods.map(({ variantId, ...own }) => [variantId, own]))
  const imagesBy = Map.groupBy(images, ({ product_id }) => product_id)
  const variantsBy = Map.groupBy(variants, ({ owner }) => owner)
  const byId = new Map(products.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const seo = toSeo(row.seo)
    return {
      key: keys.get(id) ?? null,
      slug: row.slug,
      name: sortedTexts(row.name as Localized),
      description: sortedTexts(row.description as Localized),
      seo: { ...seo, title: sortedTexts(seo.title), description: sortedTexts(seo.description) },
      type: row.type,
      taxClass: row.tax_class,
      status: row.status,
      attributes: said.get(id) ?? {},
      categories: places.categories.get(id) ?? [],
      collections: places.collections.get(id) ?? [],
      channels: places.channels.get(id) ?? [],
      schedules: places.schedules.get(id) ?? {},
      images: (imagesBy.get(id) ?? []).map(({ url, alt }) => ({ url, alt: sortedTexts(alt as Localized) })),
      options: (options.get(id) ?? []).map(({ option }) => option),
      variants: (variantsBy.get(id) ?? []).map((variant) => ({
        key: variantKeys.get(variant.id) ?? null,
        sku: variant.sku,
        name: sortedTexts(variant.name),
        options: variant.options,
        attributes: said.get(variant.id) ?? {},
        barcodes: variant.barcodes,
        archived: variant.archived,
        goods: special(goodsBy.get(variant.id)!),
      })),
    }
  })
}

/** A product as a file holds it. */
export type ExportedProduct = Awaited<ReturnType<typeof readProducts>>[number]
