export { channel, ChannelKindEnum } from './channel.ts'
export { market } from './market.ts'
import './shop.ts'
