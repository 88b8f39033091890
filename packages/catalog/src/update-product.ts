import { type Changed, changesBetween, type Context } from '@hilo/db'
import { type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { checkComplete, setAttributes } from './attributes/set-attributes.ts'
import { dropForeignValues } from './attributes/write-values.ts'
import { checkProductTexts, checkType, type NewProduct } from './create-product.ts'
import { CATALOG_REFUSALS } from './errors.ts'
import { productEvent } from './events.ts'
import { type LockedProduct, lockProduct } from './lock-product.ts'
import { categoryIdsOf, checkPlaces, type Places, setPlaces } from './product-places.ts'
import { seoColumn, seoFields } from './seo/seo.ts'
import { tellOfProducts } from './tell-of-products.ts'
import { onceUnique } from './unique-violation.ts'

/** What to change of a product; what is left out or null stays. */
export interface ProductChange extends Omit<NewProduct, 'slug' | 'name'> {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly slug?: string | null
  readonly name?: Localized | null
  /** Null takes the type away, and with it all that the product and its variants say. */
  readonly productTypeId?: Uuid | null
}

const columnsOf = (change: ProductChange) => ({
  ...(change.slug != null && { slug: change.slug }),
  ...(change.name && { name: JSON.stringify(change.name) }),
  ...(change.description && { description: JSON.stringify(change.description) }),
  ...(change.seo && { seo: seoColumn(change.seo) }),
  ...(change.taxClass && { tax_class: change.taxClass }),
  ...(change.status && { status: change.status }),
  ...(change.productTypeId !== undefined && { product_type_id: change.productTypeId }),
})

const sorted = (ids: readonly Uuid[] | null | undefined) => (ids ? ids.toSorted() : undefined)

const changesOf = (
  before: LockedProduct & { readonly categoryIds: readonly Uuid[] },
  { slug, name, description, seo, taxClass, status, productTypeId }: ProductChange,
  { categoryIds, channelIds }: Places,
): Changed =>
  changesBetween(
    {
      productTypeId: before.productTypeId,
      slug: before.slug,
      name: before.name,
      description: before.description,
      ...seoFields(before.seo),
      taxClass: before.taxClass,
      status: before.status,
      categoryIds: sorted(before.categoryIds),
      channelIds: sorted(before.channelIds),
    },
    {
      productTypeId,
      slug: slug ?? undefined,
      name: name ?? undefined,
      description: description ?? undefined,
      ...(seo && seoFields(seo)),
      taxClass: taxClass ?? undefined,
      status: status ?? undefined,
      categoryIds: sorted(categoryIds),
      channelIds: sorted(channelIds),
    },
  )

/** Writes what is said by attributes, drops what another type does not have, and checks what is published. */
const saveAttributes = async (
  ctx: Context,
  before: LockedProduct,
  change: ProductChange,
): Promise<Result<Changed>> => {
  const { id: productId, attributes, productTypeId: newType } = change
  const productTypeId = newType === undefined ? before.productTypeId : newType
  const isOther = productTypeId !== before.productTypeId
  if (isOther) await dropForeignValues(ctx.db, productId, productTypeId)
  const owner = { productId, variantId: null, inputs: attributes ?? [], path: ['attributes'] }
  const said = await setAttributes(ctx, productTypeId, [owner])
  if (!said.ok) return said
  const status = change.status ?? before.status
  if (isOther || attributes || status !== before.status) {
    const complete = await checkComplete(ctx, { id: productId, status, productTypeId })
    if (!complete.ok) return complete
  }
  const { before: was = {}, after: is = {} } = said.value.get(productId) ?? {}
  return ok(changesBetween({ attributes: was }, { attributes: is }))
}

/** Changes a product, and counts its version up. */
export const updateProduct = async (
  ctx: Context,
  change: ProductChange,
): Promise<Result<{ productId: Uuid }>> => {
  const refused = checkProductTexts(change)
  if (refused) return refused
  const product = await lockProduct(ctx, change)
  if (!product.ok) return product
  const places = await checkPlaces(ctx, change)
  if (!places.ok) return places
  const typed = await checkType(ctx, change.productTypeId)
  if (!typed.ok) return typed
  const saved = await onceUnique('product_slug_key', async () => {
    await ctx.db
      .updateTable('product')
      .set((eb) => ({ ...columnsOf(change), version: eb('version', '+', 1), updated_at: ctx.now() }))
      .where('id', '=', change.id)
      .execute()
  })
  if (!saved) return CATALOG_REFUSALS.refuse('SLUG_TAKEN', { slug: change.slug! }, ['slug'])
  const categoryIds = places.value.categoryIds ? await categoryIdsOf(ctx.db, change.id) : []
  await setPlaces(ctx, change.id, places.value)
  const before = product.value
  const said = await saveAttributes(ctx, before, change)
  if (!said.ok) return said
  const event = productEvent('ProductUpdated.v1', {
    productId: change.id,
    channelIds: [...new Set([...before.channelIds, ...(places.value.channelIds ?? [])])],
    isPublic: before.status === 'PUBLISHED' || change.status === 'PUBLISHED',
  })
  const changed = { ...changesOf({ ...before, categoryIds }, change, places.value), ...said.value }
  await tellOfProducts(ctx, [{ ...event, changed }])
  return ok({ productId: change.id })
}
