import { type Changed, changesBetween, type Context } from '@hilo/db'
import { type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { type NewProduct, checkProductTexts } from './create-product.ts'
import { CATALOG_REFUSALS } from './errors.ts'
import { productEvent } from './events.ts'
import { type LockedProduct, lockProduct } from './lock-product.ts'
import { categoryIdsOf, checkPlaces, type Places, setPlaces } from './product-places.ts'
import { tellOfProducts } from './tell-of-products.ts'
import { onceUnique } from './unique-violation.ts'

/** What to change of a product; what is left out or null stays. */
export interface ProductChange extends Omit<NewProduct, 'slug' | 'name'> {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly slug?: string | null
  readonly name?: Localized | null
}

const columnsOf = (change: ProductChange) => ({
  ...(change.slug != null && { slug: change.slug }),
  ...(change.name && { name: JSON.stringify(change.name) }),
  ...(change.description && { description: JSON.stringify(change.description) }),
  ...(change.taxClass && { tax_class: change.taxClass }),
  ...(change.status && { status: change.status }),
})

const sorted = (ids: readonly Uuid[] | null | undefined) => (ids ? ids.toSorted() : undefined)

const changesOf = (
  before: LockedProduct & { readonly categoryIds: readonly Uuid[] },
  { slug, name, description, taxClass, status }: ProductChange,
  { categoryIds, channelIds }: Places,
): Changed =>
  changesBetween(
    {
      slug: before.slug,
      name: before.name,
      description: before.description,
      taxClass: before.taxClass,
      status: before.status,
      categoryIds: sorted(before.categoryIds),
      channelIds: sorted(before.channelIds),
    },
    {
      slug: slug ?? undefined,
      name: name ?? undefined,
      description: description ?? undefined,
      taxClass: taxClass ?? undefined,
      status: status ?? undefined,
      categoryIds: sorted(categoryIds),
      channelIds: sorted(channelIds),
    },
  )

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
  const event = productEvent('ProductUpdated.v1', {
    productId: change.id,
    channelIds: [...new Set([...before.channelIds, ...(places.value.channelIds ?? [])])],
    isPublic: before.status === 'PUBLISHED' || change.status === 'PUBLISHED',
  })
  const changed = changesOf({ ...before, categoryIds }, change, places.value)
  await tellOfProducts(ctx, [{ ...event, changed }])
  return ok({ productId: change.id })
}
