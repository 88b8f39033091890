import { type product, variant, variantHeld } from '@hilo/catalog/graphql'
import { builder, MoneyType } from '@hilo/graphql'
import { encodeId, type Money, money, type Uuid } from '@hilo/kernel'
import type { PricedCart, ShelfPrice } from '@hilo/pricing'
import type { Viewer } from '../view-as/viewer.ts'
import { PromotionApplicationType, PromotionTraceType } from './application.ts'
import { lowestPriceOf } from './lowest-price.ts'

/** What a shelf says to somebody; without a price it is not sold to them. */
export interface ViewedPrice {
  readonly variantId: Uuid
  readonly shelf: ShelfPrice | undefined
  /** Where and when they look. */
  readonly viewer: Pick<Viewer, 'channel' | 'at'>
}

type Row = typeof product.ref.$inferType

/** A product with what its variants cost. */
export interface ViewedProduct {
  readonly product: Row
  readonly prices: readonly ViewedPrice[]
}

const of = (read: (shelf: ShelfPrice) => bigint, description: string) => ({
  type: MoneyType,
  nullable: true as const,
  description,
  resolve: ({ shelf }: ViewedPrice): Money | null => (shelf ? money(read(shelf), shelf.currency) : null),
})

export const ViewedPriceType = builder.objectRef<ViewedPrice>('ViewedPrice').implement({
  description: 'What a variant would cost on the shelf; its amounts are null when it would not be sold.',
  fields: (t) => ({
    variant: t.field({
      type: variant.ref,
      resolve: async ({ variantId }, _args, ctx) => (await variantHeld(ctx, variantId))!,
    }),
    sold: t.boolean({ resolve: ({ shelf }) => shelf !== undefined }),
    unit: t.field(of(({ line }) => line.unit, 'One unit on the shelf.')),
    list: t.field(of(({ line }) => line.unitList, 'One unit before every reduction.')),
    lowestPrice30d: t.field({
      type: MoneyType,
      nullable: true,
      description: 'What ShelfPrice.lowestPrice30d would be; null when it is not reduced.',
      resolve: ({ shelf, viewer: { channel, at } }, _args, ctx) =>
        shelf
          ? lowestPriceOf(ctx, shelf.line, { channelId: channel.id, currency: shelf.currency, at })
          : null,
    }),
    total: t.field(of(({ line }) => line.gross, 'One unit after every promotion, with tax.')),
    tax: t.field(of(({ line }) => line.tax, 'The tax in total.')),
    priceId: t.id({
      nullable: true,
      description: 'The price row that holds.',
      resolve: ({ shelf }) => (shelf?.line.priceId ? encodeId('price', shelf.line.priceId) : null),
    }),
    applications: t.field({
      type: [PromotionApplicationType],
      resolve: ({ shelf }) =>
        (shelf?.applications ?? []).map((application) => ({
          ...application,
          currency: shelf!.currency,
          lineIdOf: (id: string) => encodeId('variant', id),
        })),
    }),
    trace: t.field({ type: [PromotionTraceType], resolve: ({ shelf }) => [...(shelf?.trace ?? [])] }),
  }),
})

interface Line {
  readonly cart: PricedCart
  readonly line: PricedCart['lines'][number]
}

const amount = (read: (line: Line['line']) => bigint) => ({
  type: MoneyType,
  resolve: ({ cart, line }: Line): Money => money(read(line), cart.currency),
})

const ViewedLineType = builder.objectRef<Line>('ViewedLine').implement({
  fields: (t) => ({
    id: t.string({ description: 'As it was sent; of a gift, its own.', resolve: ({ line }) => line.id }),
    variant: t.field({
      type: variant.ref,
      resolve: async ({ line }, _args, ctx) => (await variantHeld(ctx, line.variantId))!,
    }),
    quantity: t.int({ resolve: ({ line }) => line.quantity }),
    gift: t.boolean({ resolve: ({ line }) => line.gift }),
    unitList: t.field(amount(({ unitList }) => unitList)),
    unit: t.field(amount(({ unit }) => unit)),
    subtotal: t.field(amount(({ subtotal }) => subtotal)),
    discount: t.field(amount(({ discount }) => discount)),
    tax: t.field(amount(({ tax }) => tax)),
    total: t.field(amount(({ gross }) => gross)),
  }),
})

const total = (read: (cart: PricedCart) => bigint, description: string) => ({
  type: MoneyType,
  description,
  resolve: (cart: PricedCart): Money => money(read(cart), cart.currency),
})

export const ViewedCartType = builder.objectRef<PricedCart>('ViewedCart').implement({
  description: 'What a cart would come to. Stock is left aside, and no limit of a promotion is used.',
  fields: (t) => ({
    lines: t.field({ type: [ViewedLineType], resolve: (cart) => cart.lines.map((line) => ({ cart, line })) }),
    subtotal: t.field(total(({ totals }) => totals.subtotal, 'Lines as they stand on the shelf.')),
    discount: t.field(
      total(({ totals }) => totals.discount, 'What promotions of lines and the order take off.'),
    ),
    delivery: t.field(total(({ totals }) => totals.delivery, 'After promotions of delivery.')),
    tax: t.field(total(({ totals }) => totals.tax, 'All tax in the total.')),
    total: t.field(total(({ totals }) => totals.total, 'What would be paid.')),
    points: t.exposeInt('points', { description: 'What the customer would earn.' }),
    applications: t.field({
      type: [PromotionApplicationType],
      resolve: ({ applications, currency }) =>
        applications.map((one) => ({ ...one, currency, lineIdOf: (id: string) => id })),
    }),
    trace: t.field({ type: [PromotionTraceType], resolve: ({ trace }) => [...trace] }),
    unpriced: t.stringList({
      description: 'Ids of lines that cannot be priced: not sold there, or of an impossible quantity.',
      resolve: ({ problems }) => problems.flatMap(({ lineId }) => lineId ?? []),
    }),
  }),
})
