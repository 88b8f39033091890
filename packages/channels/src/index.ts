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
export { checkLanguage } from './check-language.ts'
export { readShop, type Shop } from './shop-queries.ts'
export { forgetKnown, isStillOpen, knownChannel, knownLocales } from './known-channel.ts'
export { createMarket, MARKET_CREATED, MAX_MARKETS } from './create-market.ts'
export {
  CHANNEL_CREATED,
  CHANNEL_UPDATED,
  createChannel,
  MAX_CHANNELS,
  updateChannel,
} from './save-channel.ts'
export { SHOP_UPDATED, updateShop } from './update-shop.ts'
export { MARKET_UPDATED, type MarketChange, updateMarket } from './update-market.ts'
export { SHOP_LANGUAGES_CHANGED } from './set-languages.ts'
