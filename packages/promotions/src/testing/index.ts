import { seeding } from '@hilo/catalog/testing'
import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import { insertPromotions, type PromotionSeed } from '../insert-promotions.ts'

export { createPricedProduct, createTestPriceList, priceTestVariant } from '@hilo/prices/testing'

/** What a test says about a promotion: its effect, and whatever else matters. */
export interface TestPromotion
  extends Partial<Omit<PromotionSeed, 'definition' | 'name'>>, Partial<PromotionDefinition> {
  readonly name?: string
}

/**
 * Makes a published promotion, by default 10 % off every item:
 * `createTestPromotion(ctx, { channels: { kinds: ['DEVICE'] } })`. With coupon codes it starts by them.
 */
export const createTestPromotion = async (
  ctx: Context,
  {
    name = '10 % off',
    couponCodes,
    usageLimit,
    perCustomerLimit,
    budgets,
    draft,
    ...definition
  }: TestPromotion = {},
): Promise<Uuid> => {
  const [id] = await seeding(ctx, (inner) =>
    insertPromotions(inner, [
      {
        name: { en: name },
        definition: {
          v: 1,
          trigger: couponCodes ? 'COUPON' : 'AUTOMATIC',
          effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' },
          ...definition,
        },
        couponCodes,
        usageLimit,
        perCustomerLimit,
        budgets,
        draft,
      },
    ]),
  )
  return id!
}
