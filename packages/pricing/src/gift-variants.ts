import type { Uuid } from '@hilo/kernel'
import type { PromotionInput } from './cart.ts'

/** The variants that promotions may give away: their facts and prices belong into the snapshot. Database ids. */
export const giftVariants = (promotions: readonly Pick<PromotionInput, 'compiled'>[]): Uuid[] => [
  ...new Set(
    promotions.flatMap(({ compiled: { reduction } }) =>
      reduction.on === 'GIFT' ? [reduction.variantId] : [],
    ),
  ),
]
