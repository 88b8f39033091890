export { channel, ChannelKindEnum } from './channel.ts'
export { market } from './market.ts'
import './market-update.ts'
import './shop.ts'
