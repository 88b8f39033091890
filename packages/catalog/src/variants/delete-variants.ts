import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Sentence, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { productEvent, variantEvent } from '../events.ts'
import { lockProduct, touchProduct } from '../lock-product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { checkCount } from '../text.ts'
import { VARIANT_REFUSALS } from './errors.ts'
import { holderOf } from './holders.ts'
import { MAX_VARIANTS } from './save-variants.ts'

/**
 * Runs a delete; what holds one of the rows when a foreign key refused it. The transaction is then only good
 * for rolling back, which `command()` does when the use case refuses.
 */
const holding = async (run: () => Promise<unknown>): Promise<Sentence | undefined> => {
  try {
    await run()
    return undefined
  } catch (error) {
    const violation = error as { readonly code?: string; readonly table?: string }
    if (violation.code === '23503') return holderOf(violation.table ?? '')
    throw error
  }
}

const anyOf = (ids: readonly Uuid[]) => sql<Uuid>`any(${ids}::uuid[])`

/** Deletes variants of a product that nothing else holds: no price, stock, cart or order. All of them, or none. */
export const deleteVariants = async (
  ctx: Context,
  { productId, variantIds }: { readonly productId: Uuid; readonly variantIds: readonly Uuid[] },
): Promise<Result<{ productId: Uuid; deleted: readonly Uuid[] }>> => {
  const counted = checkCount(variantIds, MAX_VARIANTS, ['variantIds'])
  if (!counted.ok) return counted
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const { channelIds, status } = product.value
  const found = await ctx.db
    .selectFrom('variant')
    .select(['id', 'sku'])
    .where('product_id', '=', productId)
    .where('id', '=', anyOf(variantIds))
    .orderBy('id')
    .forUpdate()
    .execute()
  const skus = new Map(found.map(({ id, sku }) => [id, sku]))
  const missing = variantIds.findIndex((id) => !skus.has(id))
  if (missing !== -1) {
    const facts = { kind: 'variant' as const, id: encodeId('variant', variantIds[missing]!) }
    return COMMON.refuse('NOT_FOUND', facts, ['variantIds', String(missing)])
  }
  const heldBy = await holding(async () => {
    await ctx.db.deleteFrom('variant_option_value').where('variant_id', '=', anyOf(variantIds)).execute()
    await ctx.db.deleteFrom('variant').where('id', '=', anyOf(variantIds)).execute()
  })
  if (heldBy) return VARIANT_REFUSALS.refuse('VARIANT_IN_USE', { heldBy }, ['variantIds'])
  await touchProduct(ctx, productId)
  const fact = { productId, channelIds, isPublic: status === 'PUBLISHED' }
  const events = [...skus].map(([variantId, sku]) =>
    variantEvent('VariantDeleted.v1', { ...fact, variantId, sku }),
  )
  await tellOfProducts(ctx, events)
  return ok({ productId, deleted: [...skus.keys()] })
}

/** Deletes a product with all that is its own, when nothing else holds it or a variant of it. */
export const deleteProduct = async (ctx: Context, id: Uuid): Promise<Result<{ productId: Uuid }>> => {
  const product = await lockProduct(ctx, { id })
  if (!product.ok) return product
  const { channelIds, status, slug } = product.value
  const { db } = ctx
  const heldBy = await holding(async () => {
    await db
      .deleteFrom('variant_option_value')
      .where('variant_id', 'in', (eb) => eb.selectFrom('variant').select('id').where('product_id', '=', id))
      .execute()
    await db.deleteFrom('variant').where('product_id', '=', id).execute()
    await db
      .deleteFrom('option_value')
      .where('option_id', 'in', (eb) => eb.selectFrom('option').select('id').where('product_id', '=', id))
      .execute()
    await db.deleteFrom('option').where('product_id', '=', id).execute()
    await db.deleteFrom('image').where('product_id', '=', id).execute()
    await db.deleteFrom('product_category').where('product_id', '=', id).execute()
    await db.deleteFrom('product_channel').where('product_id', '=', id).execute()
    await db.deleteFrom('collection_product').where('product_id', '=', id).execute()
    await db.deleteFrom('product').where('id', '=', id).execute()
  })
  if (heldBy) return VARIANT_REFUSALS.refuse('PRODUCT_IN_USE', { heldBy }, ['id'])
  const event = productEvent('ProductDeleted.v1', {
    productId: id,
    channelIds,
    isPublic: status === 'PUBLISHED',
  })
  await appendEvents(ctx, [{ ...event, changed: { slug: [slug, null] } }])
  return ok({ productId: id })
}
