import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { productEvent } from '../events.ts'
import { type LockedProduct, lockProduct, touchProduct } from '../lock-product.ts'
import { checkLocalized, MAX_NAME } from '../text.ts'
import { IMAGE_REFUSALS } from './errors.ts'

const missing = (kind: 'image' | 'variant', id: Uuid, path: readonly string[]) =>
  COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, id) }, path)

const lockOwner = async (ctx: Context, imageId: Uuid): Promise<Result<LockedProduct>> => {
  const row = await ctx.db
    .selectFrom('image')
    .select('product_id')
    .where('id', '=', imageId)
    .executeTakeFirst()
  return row ? lockProduct(ctx, { id: row.product_id }) : missing('image', imageId, ['id'])
}

/** Tells that the pictures of a product are others now. */
const tell = async (ctx: Context, { id: productId, channelIds, status }: LockedProduct): Promise<void> => {
  await touchProduct(ctx, productId)
  await appendEvents(ctx, [
    productEvent('ProductUpdated.v1', { productId, channelIds, isPublic: status === 'PUBLISHED' }),
  ])
}

/** Takes a picture away from its product; its asset stays. */
export const removeImage = async (
  ctx: Context,
  id: Uuid,
): Promise<Result<{ imageId: Uuid; productId: Uuid }>> => {
  const product = await lockOwner(ctx, id)
  if (!product.ok) return product
  await ctx.db.deleteFrom('image').where('id', '=', id).execute()
  await tell(ctx, product.value)
  return ok({ imageId: id, productId: product.value.id })
}

/** Changes what a picture says of itself. */
export const updateImage = async (
  ctx: Context,
  { id, alt }: { readonly id: Uuid; readonly alt: Localized },
): Promise<Result<{ imageId: Uuid; productId: Uuid }>> => {
  const checked = checkLocalized(alt, { max: MAX_NAME, path: ['alt'], optional: true })
  if (!checked.ok) return checked
  const product = await lockOwner(ctx, id)
  if (!product.ok) return product
  await ctx.db
    .updateTable('image')
    .set({ alt: JSON.stringify(alt) })
    .where('id', '=', id)
    .execute()
  await tell(ctx, product.value)
  return ok({ imageId: id, productId: product.value.id })
}

/** Puts all pictures of a product into this order; the first is the main one. */
export const reorderImages = async (
  ctx: Context,
  { productId, imageIds }: { readonly productId: Uuid; readonly imageIds: readonly Uuid[] },
): Promise<Result<{ productId: Uuid }>> => {
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const rows = await ctx.db.selectFrom('image').select('id').where('product_id', '=', productId).execute()
  const known = new Set(rows.map(({ id }) => id))
  const isWhole = imageIds.length === known.size && new Set(imageIds).size === known.size
  if (!isWhole || !imageIds.every((id) => known.has(id)))
    return IMAGE_REFUSALS.refuse('IMAGE_ORDER_INCOMPLETE', { images: known.size }, ['imageIds'])
  await sql`
    update image set position = place.position - 1
    from unnest(${imageIds}::uuid[]) with ordinality as place (id, position)
    where image.id = place.id`.execute(ctx.db)
  await tell(ctx, product.value)
  return ok({ productId })
}

/** Says which pictures of its product show a variant, in this order; none: those of the product show it. */
export const setVariantImages = async (
  ctx: Context,
  { variantId, imageIds }: { readonly variantId: Uuid; readonly imageIds: readonly Uuid[] },
): Promise<Result<{ variantId: Uuid }>> => {
  const row = await ctx.db
    .selectFrom('variant')
    .select('product_id')
    .where('id', '=', variantId)
    .executeTakeFirst()
  if (!row) return missing('variant', variantId, ['variantId'])
  const product = await lockProduct(ctx, { id: row.product_id })
  if (!product.ok) return product
  const ids = [...new Set(imageIds)]
  const found = await ctx.db
    .selectFrom('image')
    .select('id')
    .where('product_id', '=', row.product_id)
    .where('id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .execute()
  const strange = ids.findIndex((id) => !found.some((image) => image.id === id))
  if (strange !== -1) return missing('image', ids[strange]!, ['imageIds', String(strange)])
  await ctx.db.deleteFrom('variant_image').where('variant_id', '=', variantId).execute()
  const rows = ids.map((image_id, position) => ({ variant_id: variantId, image_id, position }))
  if (rows.length > 0) await ctx.db.insertInto('variant_image').values(rows).execute()
  await tell(ctx, product.value)
  return ok({ variantId })
}
