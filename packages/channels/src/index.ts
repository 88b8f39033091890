export { insertChannels, insertMarkets, insertShop, type NewChannel, type NewMarket } from './insert-shop.ts'
export {
  allChannels,
  channelByCode,
  type ChannelRow,
  channelsByIds,
  type MarketRow,
} from './channel-queries.ts'
export {
  allMarkets,
  marketsByIds,
  marketTerms,
  type PricingTerms,
  TAX_CLASSES,
  type TaxClass,
  toPricingTerms,
} from './market-queries.ts'
export { readShop, type Shop } from './shop-queries.ts'
export { forgetKnown, knownChannel, knownLocales } from './known-channel.ts'
export { MARKET_UPDATED, type MarketChange, updateMarket } from './update-market.ts'
export { SHOP_LANGUAGES_CHANGED } from './set-languages.ts'
