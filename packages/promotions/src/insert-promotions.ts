import type { Context } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { unwrap } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import type { BudgetAmount } from './budget.ts'
import { createPromotion } from './create-promotion.ts'
import { publishPromotion } from './update-promotion.ts'

/** A promotion of a seed. */
export interface PromotionSeed {
  readonly name: Localized
  readonly definition: PromotionDefinition
  readonly couponCodes?: readonly string[]
  readonly usageLimit?: number
  readonly perCustomerLimit?: number
  readonly budgets?: readonly BudgetAmount[]
  /** Left as a draft when true. */
  readonly draft?: boolean
}

/** Creates promotions inside `command()` and publishes them; throws for one that would be refused. */
export const insertPromotions = async (ctx: Context, seeds: readonly PromotionSeed[]): Promise<Uuid[]> => {
  const ids: Uuid[] = []
  for (const { draft, ...seed } of seeds) {
    const { promotionId: id } = unwrap(await createPromotion(ctx, seed))
    if (!draft) unwrap(await publishPromotion(ctx, { id }))
    ids.push(id)
  }
  return ids
}
