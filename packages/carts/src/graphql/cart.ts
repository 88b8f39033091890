import { channel, market } from '@hilo/channels/graphql'
import { money } from '@hilo/kernel'
import type { PricedCart, PricedGift } from '@hilo/pricing'
import {
  PromotionApplicationType,
  PromotionTraceType,
  readableTrace,
  TRACE_DESCRIPTION,
} from '@hilo/promotions/graphql'
import { builder, defineNode, MoneyType, type RequestContext, UserError } from '@hilo/graphql'
import { type Cart, CART_STATUSES } from '../cart.ts'
import { activeCart, cartsByIds } from '../cart-queries.ts'
import { readableCarts } from '../cart-scope.ts'
import { needsDelivery } from '../goods-of-lines.ts'
import { AddressType } from './address.ts'
import { type CartLine, CartLineType, publicLineId } from './cart-line.ts'
import { priceOf } from './cart-price.ts'
import { MissedGift } from './missed-gift.ts'
import { PlaceType } from './place.ts'
import { TaxSummaryType } from './tax-summary.ts'

const CartStatusEnum = builder.enumType('CartStatus', {
  description:
    'ACTIVE can be changed; PARKED is kept for later; MERGED went into another at sign-in; ORDERED is over.',
  values: CART_STATUSES,
})

export const cart = defineNode('Cart', (ctx, ids) => cartsByIds(ctx.db, readableCarts(ctx), ids))

const CouponHoldType = builder.objectRef<NonNullable<Cart['hold']>>('CouponHold').implement({
  description: 'One use of a scarce code, kept for a cart.',
  fields: (t) => ({
    code: t.exposeString('code'),
    until: t.field({ type: 'DateTime', resolve: ({ until }) => until }),
  }),
})

/** The lines of a cart, and after them what promotions give for nothing. */
const linesWithGifts = (parent: Cart, gifts: readonly PricedGift[]): CartLine[] => [
  ...parent.lines.map((line) => ({ cart: parent, line })),
  ...gifts.map(({ lineId, variantId, quantity }) => ({
    cart: parent,
    line: { id: lineId, variantId, quantity, properties: {} },
  })),
]

const amount = (of: (priced: PricedCart) => bigint, description: string) => ({
  type: MoneyType,
  description,
  resolve: async (parent: Cart, _args: object, ctx: RequestContext) => {
    const { priced } = await priceOf(ctx, parent)
    return money(of(priced), priced.currency)
  },
})

builder.node(cart.ref, {
  ...cart.options,
  description:
    'What somebody is about to buy: the same cart in every channel of its market, priced at each look by the one price function.',
  fields: (t) => ({
    status: t.field({ type: CartStatusEnum, resolve: ({ status }) => status }),
    version: t.exposeInt('version', { description: 'Grows with each change; send it as ifVersion.' }),
    channel: t.field({
      type: channel.ref,
      description: 'Where it was touched last.',
      resolve: async ({ channelId }, _args, ctx) => (await channel.byId(ctx, channelId))!,
    }),
    market: t.field({
      type: market.ref,
      resolve: async ({ marketId }, _args, ctx) => (await market.byId(ctx, marketId))!,
    }),
    email: t.exposeString('email', { nullable: true }),
    country: t.field({
      type: 'CountryCode',
      nullable: true,
      description: 'Of the delivery; until it is known, taxes are those of the first country of the market.',
      resolve: ({ country }) => country,
    }),
    address: t.field({ type: AddressType, nullable: true, resolve: ({ address }) => address }),
    name: t.exposeString('name', { nullable: true, description: 'Of a named cart, such as a wish list.' }),
    lines: t.field({
      type: [CartLineType],
      description: 'In the order they were added, at most 500; then what promotions give for nothing.',
      resolve: async (parent, _args, ctx) =>
        linesWithGifts(parent, (await priceOf(ctx, parent)).priced.gifts),
    }),
    missedGifts: t.field({
      type: [MissedGift],
      description: 'What promotions promise but is out of stock now.',
      resolve: async (parent, _args, ctx) => [...(await priceOf(ctx, parent)).missedGifts],
    }),
    needsDelivery: t.boolean({
      description:
        'False for an empty cart, and for one of only digital goods and services: it needs no address.',
      resolve: async (parent, _args, ctx) => needsDelivery(parent.lines, (await priceOf(ctx, parent)).goods),
    }),
    points: t.int({
      description: 'What the customer earns with it.',
      resolve: async (parent, _args, ctx) => (await priceOf(ctx, parent)).priced.points,
    }),
    couponHold: t.field({
      type: CouponHoldType,
      nullable: true,
      description: 'The scarce code that nobody else can have meanwhile.',
      resolve: ({ hold }, _args, ctx) => (hold && hold.until > ctx.now() ? hold : null),
    }),
    paymentMethod: t.exposeString('paymentMethod', { nullable: true }),
    deliveryMethod: t.exposeString('deliveryMethod', { nullable: true }),
    place: t.field({ type: PlaceType, nullable: true, resolve: ({ place }) => place }),
    coupons: t.stringList({ resolve: ({ coupons }) => [...coupons] }),
    applications: t.field({
      type: [PromotionApplicationType],
      description: 'What promotions do to it.',
      resolve: async (parent, _args, ctx) => {
        const { priced } = await priceOf(ctx, parent)
        return priced.applications.map((each) => ({
          ...each,
          currency: priced.currency,
          lineIdOf: publicLineId,
        }))
      },
    }),
    trace: t.field({
      type: [PromotionTraceType],
      description: TRACE_DESCRIPTION,
      resolve: async (parent, _args, ctx) => readableTrace(ctx.actor, (await priceOf(ctx, parent)).priced),
    }),
    subtotal: t.field(amount(({ totals }) => totals.subtotal, 'Lines as they stand on the shelf.')),
    discount: t.field(
      amount(({ totals }) => totals.discount, 'What promotions of lines and of the order take off.'),
    ),
    delivery: t.field(amount(({ totals }) => totals.delivery, 'After promotions of delivery.')),
    tax: t.field(amount(({ totals }) => totals.total - totals.net, 'All tax in the total.')),
    total: t.field(amount(({ totals }) => totals.total, 'What is to be paid, tax and delivery included.')),
    taxes: t.field({
      type: [TaxSummaryType],
      resolve: async (parent, _args, ctx) => {
        const { priced } = await priceOf(ctx, parent)
        return priced.taxes.map((sum) => ({ ...sum, currency: priced.currency }))
      },
    }),
    problems: t.field({
      type: [UserError],
      description: 'What would refuse an order of it now: CART_EMPTY, NOT_PRICED, OUT_OF_STOCK, COUPON_….',
      resolve: async (parent, _args, ctx) => [...(await priceOf(ctx, parent)).problems],
    }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ updatedAt }) => updatedAt }),
  }),
})

builder.queryField('cart', (t) =>
  t.field({
    type: cart.ref,
    nullable: true,
    description: 'A cart of your own. Guests prove it with the header Hilo-Cart-Token.',
    authScopes: { anyone: true },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => cart.require(ctx, id),
  }),
)

builder.queryField('activeCart', (t) =>
  t.field({
    type: cart.ref,
    nullable: true,
    description:
      "The customer's active cart in the market of the request, in whatever channel it was filled; for a guest the one of the token.",
    authScopes: { anyone: true },
    resolve: (_root, _args, ctx) => activeCart(ctx.db, readableCarts(ctx), ctx.channel.market.id),
  }),
)
