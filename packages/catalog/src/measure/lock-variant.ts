import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { variantEvent } from '../events.ts'
import { type LockedProduct, lockProduct, touchProduct } from '../lock-product.ts'
import { tellOfProducts } from '../tell-of-products.ts'

/** A variant whose product and row this transaction holds. */
export interface LockedVariant {
  readonly id: Uuid
  readonly sku: string
  readonly version: number
  readonly product: LockedProduct
}

const notFound = (id: Uuid) =>
  COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', id) }, ['variantId'])

/**
 * Holds the product of a variant, then the variant together with others, in the order of ids. Refuses `NOT_FOUND` and
 * `VERSION_CONFLICT`.
 */
export const lockVariant = async (
  ctx: Context,
  {
    variantId,
    ifVersion,
    others = [],
  }: { readonly variantId: Uuid; readonly ifVersion?: number | null; readonly others?: readonly Uuid[] },
): Promise<Result<LockedVariant>> => {
  const row = await ctx.db
    .selectFrom('variant')
    .select('product_id')
    .where('id', '=', variantId)
    .executeTakeFirst()
  if (!row) return notFound(variantId)
  const product = await lockProduct(ctx, { id: row.product_id, path: ['variantId'] })
  if (!product.ok) return product
  const locked = await ctx.db
    .selectFrom('variant')
    .select(['id', 'sku', 'version'])
    .where('id', '=', sql<Uuid>`any(${[variantId, ...others]}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const variant = locked.find(({ id }) => id === variantId)
  if (!variant) return notFound(variantId)
  if (ifVersion != null && ifVersion !== variant.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: variant.version }, ['ifVersion'])
  }
  return ok({ ...variant, product: product.value })
}

/** Counts the version of a locked variant up, and tells the log what changed. */
export const touchVariant = async (
  ctx: Context,
  { id, sku, product }: LockedVariant,
  changed: Parameters<typeof tellOfProducts>[1][number]['changed'],
): Promise<void> => {
  await ctx.db
    .updateTable('variant')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await touchProduct(ctx, product.id)
  const event = variantEvent('VariantUpdated.v1', {
    productId: product.id,
    channelIds: product.channelIds,
    isPublic: product.status === 'PUBLISHED',
    variantId: id,
    sku,
  })
  await tellOfProducts(ctx, [{ ...event, ...(changed && { changed }) }])
}
