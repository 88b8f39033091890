import { allChannels } from '@hilo/channels'
import { command, type Context } from '@hilo/db'
import { ok, unwrap, type Uuid } from '@hilo/kernel'
import { type CollectionSeed, insertCollections } from '../collections/insert-collections.ts'
import { createAttribute, type NewAttribute } from '../attributes/save-attribute.ts'
import { insertCategories, insertProducts, type ProductSeed } from '../insert-products.ts'
import type { AttributeLevel } from '../types/product-type.ts'
import { createProductType, type ListedAttribute } from '../types/save-type.ts'

export { passCatalogBoundaries } from '../publication/pass-boundaries.ts'

/** What a test says about a product; everything else is made up. */
export interface TestProduct extends Partial<Omit<ProductSeed, 'variants' | 'categoryIds'>> {
  /** Of its first variant, and the source of its slug and name. */
  readonly sku: string
  /** SKUs of further variants. */
  readonly moreSkus?: readonly string[]
  /** The slug of its category, made when it is not there; `parent/child` makes a tree. */
  readonly category?: string
}

/** Runs a seed in a transaction of its own. */
export const seeding = async <T>(ctx: Context, run: (inner: Context) => Promise<T>): Promise<T> =>
  unwrap(await command(ctx, { operation: 'seed', input: null }, async (inner) => ok(await run(inner))))

const ensureCategory = async (ctx: Context, path: string): Promise<Uuid> => {
  const slugs = path.split('/')
  const rows = await ctx.db.selectFrom('category').select(['id', 'slug']).where('slug', 'in', slugs).execute()
  const known = new Map(rows.map(({ id, slug }) => [slug, id]))
  let parentId: Uuid | null = null
  for (const slug of slugs) {
    const id: Uuid =
      known.get(slug) ?? (await insertCategories(ctx, [{ slug, name: { en: slug } }])).get(slug)!
    if (!known.has(slug))
      await ctx.db.updateTable('category').set({ parent_id: parentId }).where('id', '=', id).execute()
    parentId = id
  }
  return parentId!
}

/** Makes a published product, sold in every channel: `createTestProduct(ctx, { sku: 'beans', category: 'coffee' })`. */
export const createTestProduct = (
  ctx: Context,
  { sku, moreSkus = [], category, ...seed }: TestProduct,
): Promise<{ productId: Uuid; variantId: Uuid; variantIds: readonly Uuid[] }> =>
  seeding(ctx, async (inner) => {
    const channels = await allChannels(inner.db)
    const [product] = await insertProducts(inner, [
      {
        slug: sku.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
        name: { en: sku },
        channelIds: channels.map(({ id }) => id),
        ...seed,
        categoryIds: category ? [await ensureCategory(inner, category)] : [],
        variants: [sku, ...moreSkus].map((one) => ({ sku: one })),
      },
    ])
    const variantIds = product!.variants.map(({ id }) => id)
    return { productId: product!.id, variantId: variantIds[0]!, variantIds }
  })

/** Makes a collection, published in every channel: `createTestCollection(ctx, { slug: 'gifts', productIds })`. */
export const createTestCollection = (
  ctx: Context,
  seed: Partial<CollectionSeed> & Pick<CollectionSeed, 'slug'>,
): Promise<Uuid> =>
  seeding(ctx, async (inner) => {
    const channels = await allChannels(inner.db)
    const made = { name: { en: seed.slug }, channelIds: channels.map(({ id }) => id), ...seed }
    return (await insertCollections(inner, [made])).get(seed.slug)!
  })

/** An attribute of a test's type: its name is its code, and so are those of its choices. */
export interface TestAttribute extends Omit<NewAttribute, 'name' | 'choices'> {
  readonly choices?: readonly string[]
  readonly level?: AttributeLevel
  readonly required?: boolean
}

/** Makes a product type with new attributes, filterable when not said; gives its code, as seeds name it. */
export const createTestType = (
  ctx: Context,
  { code, attributes }: { readonly code: string; readonly attributes: readonly TestAttribute[] },
): Promise<string> =>
  seeding(ctx, async (inner) => {
    const listed: ListedAttribute[] = []
    for (const { choices = [], level = 'PRODUCT', required = false, ...attribute } of attributes) {
      const { attributeId } = unwrap(
        await createAttribute(inner, {
          filterable: true,
          ...attribute,
          name: { en: attribute.code },
          choices: choices.map((choice) => ({ code: choice, name: { en: choice } })),
        }),
      )
      listed.push({ attributeId, level, required })
    }
    unwrap(await createProductType(inner, { code, name: { en: code }, attributes: listed }))
    return code
  })

export { addToCollection, moveInCollection, removeFromCollection } from '../collections/arrange-collection.ts'
export { updateAttribute } from '../attributes/save-attribute.ts'
export { updateCollection } from '../collections/save-collection.ts'
export { setTranslations } from '../translations/set-translations.ts'
export { updateProductType } from '../types/save-type.ts'
export { bundleTestVariant, giveTestFile, setTestGoods } from './goods.ts'
export { optionsOfProducts } from '../option-queries.ts'
export { optionValuesOfVariants } from '../variant-queries.ts'
