import type { StoredEvent } from '@hilo/db'
import { builder, defineSubscription, MoneyType } from '@hilo/graphql'
import { encodeId, money } from '@hilo/kernel'
import {
  PROMOTION_EVENTS,
  type PromotionEventPayload,
  SHELF_PRICE_CHANGED,
  type ShelfPriceChangedPayload,
} from '../events.ts'
import { promotion } from './promotion.ts'

const shelfOf = (event: StoredEvent) => event.payload as ShelfPriceChangedPayload

/** Answered from the event alone: thousands may listen, and none of them costs a statement. */
const PriceChange = builder.objectRef<StoredEvent>('PriceChange').implement({
  description: 'What one unit of a variant costs in a channel has changed.',
  fields: (t) => ({
    eventId: t.id({ description: 'Resume after it with `after`.', resolve: ({ position }) => position }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    sku: t.string({ resolve: (event) => shelfOf(event).sku }),
    variantId: t.id({ resolve: (event) => encodeId('variant', shelfOf(event).variantId) }),
    channel: t.string({
      description: 'The code of the channel.',
      resolve: (event) => shelfOf(event).channelCode,
    }),
    price: t.field({
      type: MoneyType,
      nullable: true,
      description: 'Null when it is no longer sold here.',
      resolve: (event) => {
        const { amountMinor, currency } = shelfOf(event)
        return amountMinor === null ? null : money(BigInt(amountMinor), currency)
      },
    }),
    list: t.field({
      type: MoneyType,
      nullable: true,
      description: 'What it is compared with; the same as the price when it is not reduced.',
      resolve: (event) => {
        const { listMinor, currency } = shelfOf(event)
        return listMinor === null ? null : money(BigInt(listMinor), currency)
      },
    }),
    lowestPrice30d: t.field({
      type: MoneyType,
      nullable: true,
      description: 'The same as ShelfPrice.lowestPrice30d; null when it is not reduced.',
      resolve: (event) => {
        const { lowest30dMinor, currency } = shelfOf(event)
        return lowest30dMinor == null ? null : money(BigInt(lowest30dMinor), currency)
      },
    }),
  }),
})

defineSubscription('priceChanged', {
  description: 'Tells what a guest pays for one unit in the channel of the request, whenever it changes.',
  type: PriceChange,
  access: { anyone: true },
  publicAnswer: true,
  events: [SHELF_PRICE_CHANGED],
  args: (arg) => ({ skus: arg.stringList({ description: 'Only of these; all when not said.' }) }),
  wants: (event, { skus }, ctx) => {
    const { channelId, sku } = shelfOf(event)
    return channelId === ctx.channel.id && (!skus || skus.includes(sku))
  },
  resolve: (event) => event,
})

const PromotionChange = builder.objectRef<StoredEvent>('PromotionChange').implement({
  description: 'A promotion was created, changed, published, paused, resumed or archived.',
  fields: (t) => ({
    eventId: t.id({ description: 'Resume after it with `after`.', resolve: ({ position }) => position }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    promotion: t.field({
      type: promotion.ref,
      nullable: true,
      description: 'As it is now.',
      resolve: (event, _args, ctx) =>
        promotion.byId(ctx, (event.payload as PromotionEventPayload).promotionId),
    }),
  }),
})

defineSubscription('promotionChanged', {
  description: 'Tells who may read promotions in every channel of each change of one.',
  type: PromotionChange,
  access: { permission: 'promotions:read' },
  events: PROMOTION_EVENTS,
  resolve: (event) => event,
})
