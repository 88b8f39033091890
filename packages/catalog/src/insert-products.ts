import type { TaxClass } from '@hilo/channels'
import type { Context } from '@hilo/db'
import { type Localized, newId, unwrap, type Uuid } from '@hilo/kernel'
import type { AttributeInput } from './attributes/read-value.ts'
import { setAttributes } from './attributes/set-attributes.ts'
import { barcodeKey } from './barcodes/barcode.ts'
import type { BarcodeInput } from './barcodes/set-barcodes.ts'
import { productEvent, variantEvent } from './events.ts'
import type { ProductStatus } from './product.ts'
import { type Seo, seoColumn } from './seo/seo.ts'
import { tellOfProducts } from './tell-of-products.ts'
import { typesByCodes } from './types/type-queries.ts'
import { optionKey } from './variants/option-key.ts'

/** A product with everything that belongs to it, as a seed or an import brings it. Ids may be given, and are made otherwise. */
export interface ProductSeed {
  readonly id?: Uuid
  readonly slug: string
  readonly name: Localized
  readonly description?: Localized
  readonly seo?: Seo
  readonly taxClass?: TaxClass
  readonly status?: ProductStatus
  /** The code of its type. */
  readonly productType?: string
  /** What it says; checked like any other. */
  readonly attributes?: readonly AttributeInput[]
  readonly categoryIds?: readonly Uuid[]
  /** Where it is sold; nowhere when left out. */
  readonly channelIds?: readonly Uuid[]
  readonly images?: readonly { readonly url: string; readonly alt?: Localized }[]
  readonly options?: readonly {
    readonly code: string
    readonly name: Localized
    readonly values: readonly { readonly code: string; readonly name: Localized }[]
  }[]
  readonly variants: readonly VariantSeed[]
}

/** A variant of a seed. */
export interface VariantSeed {
  readonly id?: Uuid
  readonly sku: string
  readonly name?: Localized
  /** The code of the value it has of each option, by the option's code. */
  readonly options?: Readonly<Record<string, string>>
  readonly attributes?: readonly AttributeInput[]
  /** Trusted to be of their kind, and nobody's. */
  readonly barcodes?: readonly BarcodeInput[]
  /** Kept, but neither seen nor sold. */
  readonly archived?: boolean
}

/** What became of a seed: ids to hang prices and stock on. */
export interface InsertedProduct {
  readonly id: Uuid
  readonly slug: string
  readonly variants: readonly { readonly id: Uuid; readonly sku: string }[]
}

/** Well below the 65,535 parameters of a statement. */
const CHUNK = 500

const rowsOf = (seed: ProductSeed, types: ReadonlyMap<string, Uuid>, at: Date) => {
  const id = seed.id ?? newId()
  const options = (seed.options ?? []).map((option, position) => ({
    row: { id: newId(), product_id: id, code: option.code, name: JSON.stringify(option.name), position },
    values: option.values.map((value, index) => ({ id: newId(), ...value, position: index })),
  }))
  const valueId = (code: string, value: string): Uuid => {
    const found = options.find(({ row }) => row.code === code)?.values.find((one) => one.code === value)
    if (!found) throw new Error(`Product ${seed.slug} has no value ${value} of an option ${code}`)
    return found.id
  }
  const typeId = seed.productType === undefined ? null : types.get(seed.productType)
  if (typeId === undefined) throw new Error(`Product ${seed.slug} is of no type ${seed.productType}`)
  const variants = seed.variants.map((variant, position) => {
    const values = Object.entries(variant.options ?? {}).map(([code, value]) => valueId(code, value))
    const row = {
      id: variant.id ?? newId(),
      product_id: id,
      sku: variant.sku,
      name: JSON.stringify(variant.name ?? {}),
      option_key: optionKey(values),
      position,
      created_at: at,
      archived_at: variant.archived ? at : null,
    }
    const barcodes = (variant.barcodes ?? []).map(({ kind, code }, place) => ({
      key: barcodeKey(kind, code)!,
      variant_id: row.id,
      kind,
      code,
      position: place,
    }))
    return { row, values, barcodes, said: variant.attributes ?? [] }
  })
  return {
    seed,
    product: {
      id,
      slug: seed.slug,
      name: JSON.stringify(seed.name),
      description: JSON.stringify(seed.description ?? {}),
      seo: seed.seo ? seoColumn(seed.seo) : '{}',
      tax_class: seed.taxClass ?? 'STANDARD',
      status: seed.status ?? 'PUBLISHED',
      product_type_id: typeId,
      created_at: at,
      updated_at: at,
    },
    places: {
      categories: (seed.categoryIds ?? []).map((category_id) => ({ product_id: id, category_id })),
      channels: (seed.channelIds ?? []).map((channel_id) => ({ product_id: id, channel_id })),
    },
    images: (seed.images ?? []).map(({ url, alt }, position) => ({
      id: newId(),
      product_id: id,
      url,
      alt: JSON.stringify(alt ?? {}),
      position,
    })),
    options: options.map(({ row }) => row),
    optionValues: options.flatMap(({ row, values }) =>
      values.map((value) => ({ ...value, name: JSON.stringify(value.name), option_id: row.id })),
    ),
    variants: variants.map(({ row }) => row),
    barcodes: variants.flatMap(({ barcodes }) => barcodes),
    variantValues: variants.flatMap(({ row, values }) =>
      values.map((option_value_id) => ({ variant_id: row.id, option_value_id })),
    ),
    said: [
      { productId: id, variantId: null, inputs: seed.attributes ?? [], path: [seed.slug] },
      ...variants.map(({ row, said }) => ({
        productId: id,
        variantId: row.id,
        inputs: said,
        path: [seed.slug, row.sku],
      })),
    ].filter(({ inputs }) => inputs.length > 0),
  }
}

type Rows = ReturnType<typeof rowsOf>

type Table =
  | 'product'
  | 'product_category'
  | 'product_channel'
  | 'image'
  | 'option'
  | 'option_value'
  | 'variant'
  | 'variant_option_value'
  | 'barcode'

const insertAll = async (ctx: Context, table: Table, rows: readonly object[]): Promise<void> => {
  for (let start = 0; start < rows.length; start += CHUNK) {
    await ctx.db
      .insertInto(table)
      .values(rows.slice(start, start + CHUNK))
      .execute()
  }
}

/** Writes what products and variants say, type by type; throws for a value that is none. */
const sayAll = async (ctx: Context, all: readonly Rows[]): Promise<void> => {
  for (const [typeId, rows] of Map.groupBy(all, ({ product }) => product.product_type_id))
    unwrap(
      await setAttributes(
        ctx,
        typeId,
        rows.flatMap(({ said }) => said),
      ),
    )
}

const eventsOf = ({ seed, product, variants }: Rows) => {
  const fact = {
    productId: product.id,
    channelIds: seed.channelIds ?? [],
    isPublic: product.status === 'PUBLISHED',
  }
  return [
    productEvent('ProductCreated.v1', fact),
    ...variants.map(({ id, sku }) => variantEvent('VariantCreated.v1', { ...fact, variantId: id, sku })),
  ]
}

/**
 * Inserts many products with all that belongs to them in a few statements per 500 rows, inside `command()`. The texts
 * are trusted, attributes are not; a slug or SKU that is taken, or a value that is none, throws and leaves nothing. What a
 * type requires is not asked for.
 */
export const insertProducts = async (
  ctx: Context,
  seeds: readonly ProductSeed[],
): Promise<InsertedProduct[]> => {
  const codes = [...new Set(seeds.flatMap(({ productType }) => productType ?? []))]
  const types = codes.length > 0 ? await typesByCodes(ctx.db, codes) : []
  const typeIds = new Map(types.map(({ code, id }) => [code, id]))
  const all = seeds.map((seed) => rowsOf(seed, typeIds, ctx.now()))
  const tables: readonly (readonly [Table, readonly object[]])[] = [
    ['product', all.map(({ product }) => product)],
    ['product_category', all.flatMap(({ places }) => places.categories)],
    ['product_channel', all.flatMap(({ places }) => places.channels)],
    ['image', all.flatMap(({ images }) => images)],
    ['option', all.flatMap(({ options }) => options)],
    ['option_value', all.flatMap(({ optionValues }) => optionValues)],
    ['variant', all.flatMap(({ variants }) => variants)],
    ['variant_option_value', all.flatMap(({ variantValues }) => variantValues)],
    ['barcode', all.flatMap(({ barcodes }) => barcodes)],
  ]
  for (const [table, rows] of tables) await insertAll(ctx, table, rows)
  await sayAll(ctx, all)
  await tellOfProducts(ctx, all.flatMap(eventsOf))
  return all.map(({ product, variants }) => ({
    id: product.id,
    slug: product.slug,
    variants: variants.map(({ id, sku }) => ({ id, sku })),
  }))
}

/** A category of a seed; parents come before their children. */
export interface CategorySeed {
  readonly id?: Uuid
  readonly slug: string
  readonly name: Localized
  readonly parentSlug?: string
}

/** Inserts a category tree in one statement; returns the ids by slug. */
export const insertCategories = async (
  ctx: Context,
  seeds: readonly CategorySeed[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const ids = new Map<string, Uuid>()
  const rows = seeds.map((seed, position) => {
    const parent_id = seed.parentSlug === undefined ? null : ids.get(seed.parentSlug)
    if (parent_id === undefined)
      throw new Error(`Category ${seed.slug} comes before its parent ${seed.parentSlug}`)
    const id = seed.id ?? newId()
    ids.set(seed.slug, id)
    return { id, slug: seed.slug, name: JSON.stringify(seed.name), parent_id, position }
  })
  if (rows.length > 0) await ctx.db.insertInto('category').values(rows).execute()
  return ids
}
