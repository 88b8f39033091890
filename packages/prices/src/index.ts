export { nextPriceBoundary, variantsWithPriceBoundary } from './boundaries.ts'
export { PRICE_REFUSALS } from './errors.ts'
export { PRICE_CHANGED, type PriceChangedPayload } from './events.ts'
export { insertPriceLists, insertPrices, type PriceListSeed, type PriceSeed } from './insert-prices.ts'
export type { Period } from './period.ts'
export {
  type CandidateRow,
  candidatesByVariant,
  priceCandidates,
  type PriceQuestion,
  toCandidates,
} from './price-candidates.ts'
export { type ListAudience, listRank, type PriceList, type PriceListKind } from './price-list.ts'
export { allPriceLists, type Price } from './price-queries.ts'
export { type PriceToSet, removePrice, setPrice } from './set-price.ts'
