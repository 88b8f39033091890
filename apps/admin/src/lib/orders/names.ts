import { m } from '#lib/paraglide/messages.js'
import type { OrderRowData } from './order-row.ts'

/** A kind of place where customers meet the shop. */
export type ChannelKind = OrderRowData['channel']['kind']

const KIND_NAMES: Readonly<Record<ChannelKind, () => string>> = {
  WEB: m.channel_kind_web,
  MOBILE_APP: m.channel_kind_mobile_app,
  STORE: m.channel_kind_store,
  SOCIAL: m.channel_kind_social,
  MARKETPLACE: m.channel_kind_marketplace,
  CHAT: m.channel_kind_chat,
  VOICE: m.channel_kind_voice,
  DEVICE: m.channel_kind_device,
  VEHICLE: m.channel_kind_vehicle,
}

/** Every kind of channel. */
export const CHANNEL_KINDS = Object.keys(KIND_NAMES) as readonly ChannelKind[]

/** What a kind of channel is called. */
export const channelKindName = (kind: ChannelKind): string => KIND_NAMES[kind]()

/** Who ordered, as far as is known. */
export const buyerOf = (order: Pick<OrderRowData, 'customer' | 'email'>): string =>
  order.customer?.name ?? order.email ?? m.order_guest()

/** The first item and how many more: `2 × Arabica pods and 1 more`. */
export const itemsOf = ({ lines }: Pick<OrderRowData, 'lines'>): string => {
  const [first, ...rest] = lines
  if (!first) return ''
  const text = first.quantity > 1 ? `${first.quantity} × ${first.name}` : first.name
  return rest.length > 0 ? `${text} ${m.order_more_items({ count: rest.length })}` : text
}

const ORDER_STATUSES = ['PLACED', 'FULFILLED', 'CANCELLED'] as const

/** The status named in an address, if it is one. */
export const orderStatusOf = (text: string | null): OrderRowData['status'] | undefined =>
  ORDER_STATUSES.find((status) => status === text)
