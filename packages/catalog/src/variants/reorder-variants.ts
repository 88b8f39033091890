import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { productEvent } from '../events.ts'
import { lockProduct, touchProduct } from '../lock-product.ts'
import { tellOfProducts } from '../tell-of-products.ts'
import { checkCount } from '../text.ts'
import { MAX_VARIANTS } from './save-variants.ts'

/** Puts these variants first, in this order; the others follow as they stood. Refuses one of another product. */
export const reorderVariants = async (
  ctx: Context,
  { productId, variantIds }: { readonly productId: Uuid; readonly variantIds: readonly Uuid[] },
): Promise<Result<{ productId: Uuid }>> => {
  const counted = checkCount(variantIds, MAX_VARIANTS, ['variantIds'])
  if (!counted.ok) return counted
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const { channelIds, status } = product.value
  const first = [...new Set(variantIds)]
  const known = await ctx.db
    .selectFrom('variant')
    .select('id')
    .where('product_id', '=', productId)
    .where('id', '=', sql<Uuid>`any(${first}::uuid[])`)
    .execute()
  const ids = new Set(known.map(({ id }) => id))
  const foreign = variantIds.findIndex((id) => !ids.has(id))
  if (foreign !== -1) {
    const facts = { kind: 'variant' as const, id: encodeId('variant', variantIds[foreign]!) }
    return COMMON.refuse('NOT_FOUND', facts, ['variantIds', String(foreign)])
  }
  await sql`
    update variant set position = placed.position
    from (
      select variant.id, row_number() over (order by first.nth nulls last, variant.position, variant.id) - 1 as position
      from variant left join unnest(${first}::uuid[]) with ordinality as first (id, nth) on first.id = variant.id
      where variant.product_id = ${productId}
    ) as placed
    where variant.id = placed.id and variant.position <> placed.position`.execute(ctx.db)
  await touchProduct(ctx, productId)
  await tellOfProducts(ctx, [
    productEvent('ProductUpdated.v1', { productId, channelIds, isPublic: status === 'PUBLISHED' }),
  ])
  return ok({ productId })
}
