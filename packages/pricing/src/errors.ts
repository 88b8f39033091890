import { defineRefusals, type RefusalOf } from '@hilo/kernel'

/** What `compilePromotion` refuses. */
export const PRICING = defineRefusals({
  PROMOTION_INVALID: {
    data: { reason: 'sentence' },
    en: 'This promotion cannot work: {reason}.',
    es: 'Esta promoción no puede funcionar: {reason}.',
    fix: 'Correct the member of the definition named by path.',
  },
})

/** The definition breaks its schema, or can never apply. `path` is relative to the definition. */
export type PromotionInvalid = RefusalOf<typeof PRICING.catalogue>
