import { measuredText } from '@hilo/catalog'
import { variant, variantHeld } from '@hilo/catalog/graphql'
import { encodeId, money, type Money } from '@hilo/kernel'
import type { PricedLine } from '@hilo/pricing'
import { AllocationType, lowestPriceOf } from '@hilo/promotions/graphql'
import { builder, MoneyType, type RequestContext } from '@hilo/graphql'
import type { Cart } from '../cart.ts'
import type { Line } from '../line.ts'
import { priceOf } from './cart-price.ts'

/** A line with its cart, whose amounts it is part of. */
export interface CartLine {
  readonly cart: Cart
  readonly line: Line
}

/** The public id of a line; that of a gift is made of its promotion's. */
export const publicLineId = (id: string): string => encodeId('line', id.replace('gift:', ''))

const pricedLine = async (ctx: RequestContext, { cart, line }: CartLine): Promise<PricedLine | undefined> =>
  (await priceOf(ctx, cart)).priced.lines.find(({ id }) => id === line.id)

const amount = (of: (line: PricedLine) => bigint) => ({
  type: MoneyType,
  nullable: true as const,
  resolve: async (parent: CartLine, _args: object, ctx: RequestContext): Promise<Money | null> => {
    const line = await pricedLine(ctx, parent)
    return line ? money(of(line), (await priceOf(ctx, parent.cart)).priced.currency) : null
  },
})

export const CartLineType = builder.objectRef<CartLine>('CartLine').implement({
  description: 'A line of a cart. Its amounts are null when its variant is not sold here: see Cart.problems.',
  fields: (t) => ({
    id: t.id({ resolve: ({ line }) => publicLineId(line.id) }),
    variant: t.field({
      type: variant.ref,
      resolve: async ({ line }, _args, ctx) => (await variantHeld(ctx, line.variantId))!,
    }),
    quantity: t.int({
      description: 'Pieces, or units of 10^-scale of Variant.measure.',
      resolve: ({ line }) => line.quantity,
    }),
    measured: t.string({
      nullable: true,
      description: 'The quantity of what is sold by measure, for people: 1.250 kg.',
      resolve: async ({ cart, line }, _args, ctx) => {
        const measure = (await priceOf(ctx, cart)).goods.get(line.variantId)?.measure
        return measure ? measuredText(line.quantity, measure, ctx) : null
      },
    }),
    gift: t.boolean({
      description: 'True for what a promotion adds for nothing: it comes and goes with it.',
      resolve: async (parent, _args, ctx) => (await pricedLine(ctx, parent))?.gift ?? false,
    }),
    properties: t.field({ type: 'JSON', resolve: ({ line }) => line.properties }),
    quotedUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the price that was quoted for it holds; null without one.',
      resolve: ({ line }) => (line.quote ? new Date(line.quote.expiresAt) : null),
    }),
    unitList: t.field({
      ...amount(({ unitList }) => unitList),
      description: 'One unit before every reduction: what is struck through.',
    }),
    unit: t.field({ ...amount(({ unit }) => unit), description: 'One unit as it stands on the shelf.' }),
    lowestPrice30d: t.field({
      type: MoneyType,
      nullable: true,
      description:
        'The lowest price of the 30 days before the reduction (Directive (EU) 2019/2161); null while unit is unitList.',
      resolve: async (parent, _args, ctx) => {
        const line = await pricedLine(ctx, parent)
        if (!line || line.gift) return null
        const { channel, priced } = await priceOf(ctx, parent.cart)
        return lowestPriceOf(ctx, line, { channelId: channel.id, currency: priced.currency, at: ctx.now() })
      },
    }),
    subtotal: t.field({
      ...amount(({ subtotal }) => subtotal),
      description: 'unit × quantity; of what is sold by measure divided by 10^scale.',
    }),
    discount: t.field({
      ...amount(({ discount }) => discount),
      description: 'What promotions of lines and of the order take off.',
    }),
    total: t.field({
      ...amount(({ subtotal, discount }) => subtotal - discount),
      description: 'subtotal − discount; with tax where the prices of the market include it.',
    }),
    allocations: t.field({
      type: [AllocationType],
      description: 'The parts of discount, by application.',
      resolve: async (parent, _args, ctx) => {
        const { priced } = await priceOf(ctx, parent.cart)
        const parts = priced.lines.find(({ id }) => id === parent.line.id)?.allocations ?? []
        return parts
          .filter((part) => part.class !== 'CATALOG')
          .map((part) => ({
            lineId: publicLineId(parent.line.id),
            amount: money(part.amount, priced.currency),
          }))
      },
    }),
  }),
})
