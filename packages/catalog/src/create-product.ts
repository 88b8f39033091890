import { allChannels, type TaxClass } from '@hilo/channels'
import type { Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { AttributeInput } from './attributes/read-value.ts'
import { checkComplete, setAttributes } from './attributes/set-attributes.ts'
import { CATALOG_REFUSALS } from './errors.ts'
import { productEvent } from './events.ts'
import { checkPlaces, setPlaces } from './product-places.ts'
import type { ProductStatus } from './product.ts'
import { checkSeo, type Seo, seoColumn } from './seo/seo.ts'
import { suggestSlug } from './slugs/slug-queries.ts'
import { tellOfProducts } from './tell-of-products.ts'
import { checkLocalized, checkSlug, firstRefusal, MAX_DESCRIPTION, MAX_NAME } from './text.ts'
import { typesByIds } from './types/type-queries.ts'

/** A product to create. */
export interface NewProduct {
  /** Made of the name when left out. */
  readonly slug?: string | null
  readonly name: Localized
  readonly description?: Localized | null
  readonly seo?: Seo | null
  /** Default `STANDARD`. */
  readonly taxClass?: TaxClass | null
  /** Default `PUBLISHED`. */
  readonly status?: ProductStatus | null
  readonly productTypeId?: Uuid | null
  /** Of the type, at the level of the product. */
  readonly attributes?: readonly AttributeInput[] | null
  readonly categoryIds?: readonly Uuid[] | null
  /** Where it is sold; every open channel when left out. */
  readonly channelIds?: readonly Uuid[] | null
}

/** The texts of a product that are given, checked. */
export const checkProductTexts = (texts: {
  readonly slug?: string | null
  readonly name?: Localized | null
  readonly description?: Localized | null
  readonly seo?: Seo | null
}) =>
  firstRefusal([
    ...(texts.slug == null ? [] : [checkSlug(texts.slug)]),
    ...(texts.name ? [checkLocalized(texts.name, { max: MAX_NAME, path: ['name'] })] : []),
    ...(texts.description
      ? [checkLocalized(texts.description, { max: MAX_DESCRIPTION, path: ['description'], optional: true })]
      : []),
    ...(texts.seo ? [checkSeo(texts.seo)] : []),
  ])

/** The id of the type asked for; refuses one that does not exist. */
export const checkType = async (
  ctx: Context,
  productTypeId: Uuid | null | undefined,
): Promise<Result<Uuid | null>> => {
  if (productTypeId == null) return ok(null)
  const [type] = await typesByIds(ctx.db, [productTypeId])
  if (type) return ok(productTypeId)
  const facts = { kind: 'productType' as const, id: encodeId('productType', productTypeId) }
  return COMMON.refuse('NOT_FOUND', facts, ['productTypeId'])
}

/** Creates a product. Refuses bad texts, attributes that do not fit its type, a slug that is taken, and categories or channels that do not exist. */
export const createProduct = async (
  ctx: Context,
  input: NewProduct,
): Promise<Result<{ productId: Uuid }>> => {
  const refused = checkProductTexts(input)
  if (refused) return refused
  const everywhere = async () =>
    (await allChannels(ctx.db)).filter(({ active }) => active).map(({ id }) => id)
  const places = await checkPlaces(ctx, {
    categoryIds: input.categoryIds,
    channelIds: input.channelIds ?? (await everywhere()),
  })
  if (!places.ok) return places
  const typed = await checkType(ctx, input.productTypeId)
  if (!typed.ok) return typed
  const productId = newId()
  const slug = input.slug ?? (await suggestSlug(ctx.db, 'product', input.name))
  const status = input.status ?? 'PUBLISHED'
  const inserted = await ctx.db
    .insertInto('product')
    .values({
      id: productId,
      slug,
      name: JSON.stringify(input.name),
      description: JSON.stringify(input.description ?? {}),
      tax_class: input.taxClass ?? 'STANDARD',
      status,
      product_type_id: typed.value,
      ...(input.seo && { seo: seoColumn(input.seo) }),
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return CATALOG_REFUSALS.refuse('SLUG_TAKEN', { slug }, ['slug'])
  await setPlaces(ctx, productId, places.value)
  const owner = { productId, variantId: null, inputs: input.attributes ?? [], path: ['attributes'] }
  const said = await setAttributes(ctx, typed.value, [owner])
  if (!said.ok) return said
  const complete = await checkComplete(ctx, { id: productId, status, productTypeId: typed.value })
  if (!complete.ok) return complete
  await tellOfProducts(ctx, [
    productEvent('ProductCreated.v1', {
      productId,
      channelIds: places.value.channelIds ?? [],
      isPublic: status === 'PUBLISHED',
    }),
  ])
  return ok({ productId })
}
