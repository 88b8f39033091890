import { changesBetween, type Context, type Json } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { CATALOG_REFUSALS } from './errors.ts'
import { variantEvent } from './events.ts'
import { reachOfProduct } from './product-queries.ts'
import { tellOfProducts } from './tell-of-products.ts'
import { checkLocalized, checkSku, firstRefusal, MAX_NAME } from './text.ts'
import { onceUnique } from './unique-violation.ts'

/** What to change of a variant; what is left out or null stays. */
export interface VariantChange {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly sku?: string | null
  readonly name?: Localized | null
}

/** Changes a variant, and counts its version up. */
export const updateVariant = async (
  ctx: Context,
  change: VariantChange,
): Promise<Result<{ variantId: Uuid }>> => {
  const refused = firstRefusal([
    ...(change.sku == null ? [] : [checkSku(change.sku)]),
    checkLocalized(change.name ?? {}, { max: MAX_NAME, path: ['name'], optional: true }),
  ])
  if (refused) return refused
  const variant = await ctx.db
    .selectFrom('variant')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .select(['variant.sku', 'variant.name', 'variant.version', 'variant.product_id'])
    .where('variant.id', '=', change.id)
    // The product too, and before it: the collections by rule hold it at the end.
    .forNoKeyUpdate('product')
    .forNoKeyUpdate('variant')
    .executeTakeFirst()
  if (!variant)
    return COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', change.id) }, ['id'])
  if (change.ifVersion != null && change.ifVersion !== variant.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: variant.version }, ['ifVersion'])
  }
  const saved = await onceUnique('variant_sku_key', async () => {
    await ctx.db
      .updateTable('variant')
      .set((eb) => ({
        ...(change.sku != null && { sku: change.sku }),
        ...(change.name && { name: JSON.stringify(change.name) }),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', change.id)
      .execute()
  })
  if (!saved) return CATALOG_REFUSALS.refuse('SKU_TAKEN', { sku: change.sku! }, ['sku'])
  const event = variantEvent('VariantUpdated.v1', {
    variantId: change.id,
    sku: change.sku ?? variant.sku,
    productId: variant.product_id,
    ...(await reachOfProduct(ctx.db, variant.product_id)),
  })
  const { sku, name } = change
  const before = { sku: variant.sku, name: variant.name as Json }
  const changed = changesBetween(before, { sku: sku ?? undefined, name: name ?? undefined })
  await tellOfProducts(ctx, [{ ...event, changed }])
  return ok({ variantId: change.id })
}
