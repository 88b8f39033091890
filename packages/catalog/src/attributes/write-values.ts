import { assetsByIds } from '@hilo/assets'
import type { Context, Executor } from '@hilo/db'
import { COMMON, encodeId, type Refusal, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { OwnerValue } from './read-values.ts'

const anyOf = (ids: readonly Uuid[]) => sql<Uuid>`any(${ids}::uuid[])`

/** Well below the 65,535 parameters of a statement. */
const CHUNK = 1_000

const existing = async (
  db: Executor<'product' | 'category'>,
  table: 'product' | 'category',
  ids: readonly Uuid[],
): Promise<ReadonlySet<Uuid>> => {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom(table).select('id').where('id', '=', anyOf(ids)).execute()
  return new Set(rows.map(({ id }) => id))
}

const referencesIn = (values: readonly OwnerValue[], column: 'ref_product_id' | 'ref_category_id') => [
  ...new Set(values.flatMap(({ rows }) => rows.flatMap((row) => row[column] ?? []))),
]

/** The references to products and categories that do not exist. */
export const missingReferences = async (ctx: Context, values: readonly OwnerValue[]): Promise<Refusal[]> => {
  const [products, categories] = [
    await existing(ctx.db, 'product', referencesIn(values, 'ref_product_id')),
    await existing(ctx.db, 'category', referencesIn(values, 'ref_category_id')),
  ]
  const missing = (kind: 'product' | 'category', id: Uuid, path: readonly string[]) =>
    COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, id) }, path).error
  return values.flatMap(({ rows, path }) =>
    rows.flatMap(({ ref_product_id: product, ref_category_id: category }, index) => [
      ...(product && !products.has(product)
        ? [missing('product', product, [...path, 'productIds', String(index)])]
        : []),
      ...(category && !categories.has(category)
        ? [missing('category', category, [...path, 'categoryIds', String(index)])]
        : []),
    ]),
  )
}

/** The rows of `attribute_value` for values. */
export const valueRows = (values: readonly OwnerValue[]) =>
  values.flatMap(({ productId, variantId, attributeId, rows }) =>
    rows.map(({ texts, ...columns }, position) => ({
      product_id: productId,
      variant_id: variantId,
      attribute_id: attributeId,
      position,
      ...columns,
      ...(texts && { texts: JSON.stringify(texts) }),
    })),
  )

/** Rows without assets that are not there: what is left of those is an address. */
const withSoundAssets = async (
  db: Executor<'asset'>,
  rows: ReturnType<typeof valueRows>,
): Promise<ReturnType<typeof valueRows>> => {
  const ids = [...new Set(rows.flatMap(({ asset_id: id }) => id ?? []))]
  if (ids.length === 0) return rows
  const sound = new Set((await assetsByIds(db, ids, { seesAll: false })).map(({ id }) => id))
  return rows.map(({ asset_id: id, ...row }) => (id && sound.has(id) ? { ...row, asset_id: id } : row))
}

/** Inserts rows of `attribute_value` in few statements. */
export const insertValueRows = async (
  db: Executor<'attribute_value' | 'asset'>,
  rows: ReturnType<typeof valueRows>,
): Promise<void> => {
  const sound = await withSoundAssets(db, rows)
  for (let start = 0; start < sound.length; start += CHUNK)
    await db
      .insertInto('attribute_value')
      .values(sound.slice(start, start + CHUNK))
      .execute()
}

/** Puts values in the place of those before, in two statements per 1,000 rows. */
export const writeValues = async (
  db: Executor<'attribute_value' | 'asset'>,
  values: readonly OwnerValue[],
): Promise<void> => {
  if (values.length === 0) return
  const owners = values.map(({ productId, variantId }) => variantId ?? productId)
  const attributes = values.map(({ attributeId }) => attributeId)
  await db
    .deleteFrom('attribute_value')
    .where(
      sql<boolean>`(owner_id, attribute_id) in (
        select * from unnest(${owners}::uuid[], ${attributes}::uuid[]))`,
    )
    .execute()
  await insertValueRows(db, valueRows(values))
}

/** Takes away what a product and its variants say that their type does not have, or has at the other level. */
export const dropForeignValues = async (
  db: Executor<'attribute_value' | 'product_type_attribute'>,
  productId: Uuid,
  typeId: Uuid | null,
): Promise<void> => {
  await db
    .deleteFrom('attribute_value')
    .where('product_id', '=', productId)
    .where(
      sql<boolean>`not exists (select from product_type_attribute as listed
        where listed.product_type_id = ${typeId}::uuid and listed.attribute_id = attribute_value.attribute_id
          and (listed.level = 'VARIANT') = (attribute_value.variant_id is not null))`,
    )
    .execute()
}

/**
 * The codes of required attributes that one of these products or a variant of it has no value of, by product; with
 * `variantIds`, that one of these variants has no value of.
 */
export const lackingAttributes = async (
  db: Executor<'product' | 'product_type_attribute' | 'attribute' | 'attribute_value' | 'variant'>,
  productIds: readonly Uuid[],
  variantIds?: readonly Uuid[],
): Promise<Map<Uuid, string[]>> => {
  const looked = variantIds ? sql`variant.id = ${anyOf(variantIds)}` : sql`variant.product_id = product.id`
  const rows = await db
    .selectFrom('product')
    .innerJoin('product_type_attribute as listed', 'listed.product_type_id', 'product.product_type_id')
    .innerJoin('attribute', 'attribute.id', 'listed.attribute_id')
    .select(['product.id', 'attribute.code'])
    .where('product.id', '=', anyOf(productIds))
    .where('listed.required', '=', true)
    .where(
      sql<boolean>`case when listed.level = 'PRODUCT'
        then ${variantIds === undefined} and not exists (select from attribute_value as v
          where v.owner_id = product.id and v.attribute_id = listed.attribute_id)
        else exists (select from variant where ${looked} and variant.archived_at is null
          and not exists (select from attribute_value as v
            where v.owner_id = variant.id and v.attribute_id = listed.attribute_id)) end`,
    )
    .orderBy('listed.position')
    .execute()
  const byProduct = Map.groupBy(rows, ({ id }) => id)
  return new Map([...byProduct].map(([id, own]) => [id, own.map(({ code }) => code)]))
}
