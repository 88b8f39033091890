import type { Context, Executor } from '@hilo/db'
import { attributesOfTypes, definitionsOfType, type TypeDefinition } from '@hilo/catalog/bulk'
import type { Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Hints } from '../kind.ts'
import { idsByKeys, keysByIds } from '../external-keys.ts'
import { barcodesIn } from './barcode-cells.ts'
import { type References, referencesIn } from './attribute-cells.ts'
import type { ProductItem } from './item.ts'

/** What a product type asks for. */
export interface TypeFacts {
  readonly id: Uuid
  readonly definitions: ReadonlyMap<string, TypeDefinition>
  readonly required: readonly { readonly code: string; readonly level: string }[]
}

/** What is there of all that some items name. */
export interface Situation {
  readonly byKey: ReadonlyMap<string, Uuid>
  readonly bySlug: ReadonlyMap<string, Uuid>
  /** The names of those of which the system has no key; filled when an item has a slug that was made. */
  readonly unkeyed: ReadonlyMap<Uuid, Localized>
  /** Products that are there, with the code of their type. */
  readonly types: ReadonlyMap<Uuid, string | null>
  readonly variantByKey: ReadonlyMap<string, { readonly id: Uuid; readonly productId: Uuid }>
  readonly variantBySku: ReadonlyMap<string, { readonly id: Uuid; readonly productId: Uuid }>
  readonly barcodes: ReadonlyMap<string, { readonly sku: string; readonly productId: Uuid }>
  readonly categories: ReadonlyMap<string, Uuid>
  readonly collections: ReadonlyMap<string, { readonly id: Uuid; readonly byRule: boolean }>
  readonly channels: ReadonlyMap<string, { readonly id: Uuid; readonly active: boolean }>
  readonly typeFacts: ReadonlyMap<string, TypeFacts>
  readonly references: References
}

const anyText = (texts: Iterable<string>) => sql<string>`any(${[...new Set(texts)]}::text[])`
const anyId = (ids: readonly Uuid[]) => sql<Uuid>`any(${ids}::uuid[])`

const slugsOf = async (db: Executor<'category'>, slugs: Iterable<string>) => {
  const rows = await db
    .selectFrom('category')
    .select(['id', 'slug'])
    .where('slug', '=', anyText(slugs))
    .execute()
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

const productsNamed = async (
  db: Executor<'product' | 'product_type'>,
  slugs: Iterable<string>,
  ids: readonly Uuid[],
) =>
  db
    .selectFrom('product')
    .leftJoin('product_type', 'product_type.id', 'product.product_type_id')
    .select(['product.id', 'slug', 'product.name', 'product_type.code'])
    .where(sql<boolean>`slug = ${anyText(slugs)} or product.id = ${anyId(ids)}`)
    .execute()

const variantsNamed = (db: Executor<'variant'>, skus: Iterable<string>, ids: readonly Uuid[]) =>
  db
    .selectFrom('variant')
    .select(['id', 'sku', 'product_id as productId'])
    .where(sql<boolean>`sku = ${anyText(skus)} or id = ${anyId(ids)}`)
    .execute()

const typesNamed = async (ctx: Context, codes: Iterable<string>): Promise<ReadonlyMap<string, TypeFacts>> => {
  const rows = await ctx.db
    .selectFrom('product_type')
    .select(['id', 'code'])
    .where('code', '=', anyText(codes))
    .execute()
  if (rows.length === 0) return new Map()
  const listed = await attributesOfTypes(
    ctx.db,
    { seesAll: true },
    rows.map(({ id }) => id),
  )
  const facts = new Map<string, TypeFacts>()
  for (const { id, code } of rows) {
    const definitions = await definitionsOfType(ctx.db, id)
    const codeOf = new Map([...definitions.values()].map(({ attribute }) => [attribute.id, attribute.code]))
    const required = listed
      .filter((each) => each.productTypeId === id && each.required)
      .map(({ attributeId, level }) => ({ code: codeOf.get(attributeId)!, level }))
    facts.set(code, { id, definitions, required })
  }
  return facts
}

/** Slugs that the attributes of these items point to, whatever type they turn out to have. */
const referencesOf = (items: readonly ProductItem[], types: ReadonlyMap<string, TypeFacts>) => {
  const definitions = [...types.values()].flatMap((type) => [...type.definitions.values()])
  const pointing = definitions.filter(({ attribute }) => attribute.kind.endsWith('_REFERENCE'))
  const found = pointing.flatMap((definition) => {
    const { code } = definition.attribute
    return items.flatMap(({ attributes, variants }) =>
      [attributes, ...(variants ?? []).map((variant) => variant.attributes)].flatMap((said) =>
        said?.[code] == null ? [] : [referencesIn(definition, said[code])],
      ),
    )
  })
  return {
    products: found.flatMap(({ products }) => products),
    categories: found.flatMap(({ categories }) => categories),
  }
}

/** The same, with what is there of some more SKUs. */
export const withSkus = async (
  { db }: Context,
  situation: Situation,
  skus: readonly string[],
): Promise<Situation> => {
  if (skus.length === 0) return situation
  const rows = await variantsNamed(db, skus, [])
  return {
    ...situation,
    variantBySku: new Map([...situation.variantBySku, ...rows.map((row) => [row.sku, row] as const)]),
  }
}

/** Looks everything up that these items name, in a number of statements that does not grow with them. */
export const readSituation = async (
  ctx: Context,
  entries: readonly { readonly item: ProductItem; readonly hints: Hints | undefined }[],
  { system, productType }: { readonly system: string; readonly productType?: string | undefined },
): Promise<Situation> => {
  const { db } = ctx
  const items = entries.map(({ item }) => item)
  const madeSlugs = entries.flatMap(({ hints }) => hints?.madeSlugs ?? [])
  const variants = items.flatMap((item) => item.variants ?? [])
  const [byKey, variantIds] = await Promise.all([
    idsByKeys(
      db,
      { kind: 'PRODUCT', system },
      items.flatMap(({ key }) => key ?? []),
    ),
    idsByKeys(
      db,
      { kind: 'VARIANT', system },
      variants.flatMap(({ key }) => key ?? []),
    ),
  ])
  const variantRows = await variantsNamed(
    db,
    variants.map(({ sku }) => sku),
    [...variantIds.values()],
  )
  const owners = variantRows.map(({ productId }) => productId)
  const products = await productsNamed(
    db,
    [...items.flatMap(({ slug }) => slug ?? []), ...madeSlugs],
    [...byKey.values(), ...owners],
  )
  const types = await typesNamed(ctx, [
    ...items.flatMap(({ type }) => type ?? []),
    ...products.flatMap(({ code }) => code ?? []),
    ...(productType === undefined ? [] : [productType]),
  ])
  const pointed = referencesOf(items, types)
  const codes = variants.flatMap(({ barcodes }) => barcodesIn(barcodes ?? []).map(({ key }) => key))
  const [categories, collections, channels, taken, referenced] = await Promise.all([
    slugsOf(db, [...items.flatMap((item) => item.categories ?? []), ...pointed.categories]),
    db
      .selectFrom('collection')
      .select(['id', 'slug', sql<boolean>`rule is not null`.as('byRule')])
      .where('slug', '=', anyText(items.flatMap((item) => item.collections ?? [])))
      .execute(),
    db.selectFrom('channel').select(['id', 'code', 'active']).execute(),
    db
      .selectFrom('barcode')
      .innerJoin('variant', 'variant.id', 'barcode.variant_id')
      .select(['barcode.key', 'variant.sku', 'variant.product_id as productId'])
      .where('barcode.key', '=', anyText(codes))
      .execute(),
    productsNamed(db, pointed.products, []),
  ])
  const keys = await keysByIds(
    db,
    { kind: 'PRODUCT', system },
    madeSlugs.length === 0 ? [] : products.map(({ id }) => id),
  )
  const exists = new Set(products.map(({ id }) => id))
  const variantById = new Map(variantRows.map((row) => [row.id, row]))
  return {
    byKey: new Map([...byKey].filter(([, id]) => exists.has(id))),
    bySlug: new Map(products.map(({ id, slug }) => [slug, id])),
    unkeyed: new Map(
      madeSlugs.length === 0
        ? []
        : products.flatMap(({ id, name }) => (keys.has(id) ? [] : [[id, name as Localized]])),
    ),
    types: new Map(products.map(({ id, code }) => [id, code])),
    variantByKey: new Map(
      [...variantIds].flatMap(([key, id]) => {
        const row = variantById.get(id)
        return row ? [[key, row] as const] : []
      }),
    ),
    variantBySku: new Map(variantRows.map((row) => [row.sku, row])),
    barcodes: new Map(taken.map((row) => [row.key, row])),
    categories,
    collections: new Map(collections.map(({ slug, ...row }) => [slug, row])),
    channels: new Map(channels.map(({ code, ...row }) => [code, row])),
    typeFacts: types,
    references: {
      products: new Map(referenced.map(({ id, slug }) => [slug, id])),
      categories,
    },
  }
}
