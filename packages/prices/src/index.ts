export { nextPriceBoundary, variantsInLists, variantsWithPriceBoundary } from './boundaries.ts'
export { explainPrices } from './explain-price.ts'
export { PRICE_REFUSALS } from './errors.ts'
export { PRICE_CHANGED, PRICE_LIST_EVENTS } from './events.ts'
export type { PriceChangedPayload, PriceListEventPayload } from './events.ts'
export { insertPriceLists, insertPrices, type PriceListSeed, type PriceSeed } from './insert-prices.ts'
export type { Period } from './period.ts'
export {
  type CandidateRow,
  candidatesByVariant,
  priceCandidates,
  type PriceQuestion,
  toCandidates,
} from './price-candidates.ts'
export { type ListAudience, type ListDerivation, listRank } from './price-list.ts'
export type { PriceList, PriceListKind } from './price-list.ts'
export { archivePriceList, createPriceList, updatePriceList } from './save-price-list.ts'
export { allPriceLists, readableList } from './price-list-queries.ts'
export type { PriceToSet } from './plan-prices.ts'
export type { Price } from './price-queries.ts'
export {
  MAX_PRICES_SET,
  removePrice,
  removePrices,
  type SavedPrices,
  setPrice,
  setPrices,
} from './set-prices.ts'
export { costOf, setVariantCost, type VariantCost, variantCosts } from './variant-cost.ts'
