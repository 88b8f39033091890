import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { VariantChange } from './variants/plan-variants.ts'
import { saveVariants } from './variants/save-variants.ts'

/** Changes a variant, and counts its version up. */
export const updateVariant = async (
  ctx: Context,
  change: VariantChange,
): Promise<Result<{ variantId: Uuid }>> => {
  const variant = await ctx.db
    .selectFrom('variant')
    .select('product_id')
    .where('id', '=', change.id)
    .executeTakeFirst()
  if (!variant)
    return COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', change.id) }, ['id'])
  const saved = await saveVariants(ctx, {
    productId: variant.product_id,
    update: [change],
    pathOf: () => [],
  })
  return saved.ok ? ok({ variantId: change.id }) : saved
}
