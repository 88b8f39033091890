export { activePromotions, type Asker } from './active-promotions.ts'
export { askerFacts } from './asker-queries.ts'
export { checkDefinition } from './check-promotion.ts'
export { checkReferences } from './check-references.ts'
export { compileDraft, newestDefinition, promotionVersions, readDraftGifts } from './drafts.ts'
export { type AppliedPromotion, claimPromotions, type PromotionUse } from './claim-promotions.ts'
export { createPromotion, type NewPromotion } from './create-promotion.ts'
export { customerKey } from './customer-key.ts'
export { projectDueShelfPrices } from './due-shelf-prices.ts'
export { PROMOTION_REFUSALS } from './errors.ts'
export { SHELF_PRICE_CHANGED, type ShelfPriceChangedPayload } from './events.ts'
export { insertPromotions, type PromotionSeed } from './insert-promotions.ts'
export { type PricingFacts, type PricingQuestion, pricingSnapshot } from './pricing-snapshot.ts'
export { projectShelfPrices } from './project-shelf-prices.ts'
export { nextShelfBoundary } from './next-boundary.ts'
export type { Promotion, PromotionStatus } from './promotion.ts'
export { releasePromotions } from './release-promotions.ts'
export { type CouponHold, holdCoupon, type HoldRequest } from './hold-coupon.ts'
export { freeHoldOf } from './holds.ts'
export { codesOfBatch, couponBatchesByIds } from './coupon-batch-queries.ts'
export { startPromotionWork, systemContext } from './start-promotion-work.ts'
export { startParityWatches } from './parity/start-parity-watches.ts'
export { PRICE_TOKENS } from './price-token/errors.ts'
export { checkQuote, type Quote } from './price-token/quote.ts'
export {
  type ChangedPrice,
  changedPrices,
  holdingQuotes,
  type LineQuotes,
  withQuotes,
} from './price-token/quoted-lines.ts'
export { shelfPrices, type ShelfQuestion } from './shelf-prices.ts'
export { type ShelfPriceProjection, startShelfPriceProjection } from './start-shelf-price-projection.ts'
export {
  archivePromotion,
  type PromotionChange,
  publishPromotion,
  updatePromotion,
} from './update-promotion.ts'
