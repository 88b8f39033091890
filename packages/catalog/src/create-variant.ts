import type { Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import type { VariantDraft } from './variants/plan-variants.ts'
import { saveVariants } from './variants/save-variants.ts'

/** A variant to create. */
export interface NewVariant extends VariantDraft {
  readonly productId: Uuid
}

/** Creates a variant as the last of its product. */
export const createVariant = async (
  ctx: Context,
  { productId, ...draft }: NewVariant,
): Promise<Result<{ variantId: Uuid; productId: Uuid }>> => {
  const saved = await saveVariants(ctx, { productId, create: [draft], pathOf: () => [] })
  return saved.ok ? ok({ variantId: saved.value.created[0]!, productId }) : saved
}
