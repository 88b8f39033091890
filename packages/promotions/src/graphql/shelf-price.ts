import { product, variant, variantsOf } from '@hilo/catalog/graphql'
import {
  builder,
  loadOne,
  loadsAhead,
  MoneyType,
  refusalError,
  type RequestContext,
  type Soon,
  whenLoaded,
} from '@hilo/graphql'
import { COMMON, encodeId, MAX_QUANTITY, type Money, money, type Uuid } from '@hilo/kernel'
import type { ShelfPrice } from '@hilo/pricing'
import { type PricedShelf, shelfPrices } from '../shelf-prices.ts'
import { PromotionApplicationType, PromotionTraceType } from './application.ts'
import { lowestPriceOf } from './lowest-price.ts'
import { readableTrace, TRACE_DESCRIPTION } from './readable-trace.ts'

/** Every shelf price that a request asks for at once is worked out in one go. */
const load = loadOne(
  async (ctx, keys) => {
    const questions = keys.map((key) => {
      const [variantId, quantity] = key.split(' ')
      return { variantId: variantId!, quantity: Number(quantity) || undefined }
    })
    const answers = await shelfPrices(ctx, questions)
    return keys.map((key, index) => ({ key, answer: answers[index] }))
  },
  ({ key }) => key,
)

/** Without a quantity it is one piece, or one whole measure. */
const keyOf = (variantId: Uuid, quantity: number | undefined): string => `${variantId} ${quantity ?? ''}`

/** The shelf price of a variant, of one when no quantity is said; with all others that the request asks for at once. */
export const shelfOf = (
  ctx: RequestContext,
  variantId: Uuid,
  quantity?: number,
): Soon<PricedShelf | undefined> =>
  whenLoaded(load(ctx, keyOf(variantId, quantity)), (loaded) => loaded?.answer)

const isQuantity = (quantity: number): boolean => quantity >= 1 && quantity <= MAX_QUANTITY

loadsAhead('Variant', 'price', async (ctx, variants: readonly { readonly id: Uuid }[], args) => {
  const quantity = args['quantity'] == null ? undefined : Number(args['quantity'])
  if (quantity !== undefined && !isQuantity(quantity)) return
  await load.ahead(
    ctx,
    variants.map(({ id }) => keyOf(id, quantity)),
  )
})

const amount = (of: (shelf: ShelfPrice) => bigint, description: string) => ({
  type: MoneyType,
  description,
  resolve: (shelf: ShelfPrice): Money => money(of(shelf), shelf.currency),
})

export const ShelfPriceType = builder.objectRef<PricedShelf>('ShelfPrice').implement({
  description: 'What a variant costs here and now: the price function on a cart that holds nothing else.',
  fields: (t) => ({
    unit: t.field(
      amount(
        ({ line }) => line.unit,
        'One unit on the shelf (a piece, a whole kilogram), after promotions of the shelf.',
      ),
    ),
    list: t.field(
      amount(
        ({ line }) => line.unitList,
        'One unit before every reduction; the same when it is not reduced.',
      ),
    ),
    total: t.field(amount(({ line }) => line.gross, 'All units, after every promotion, with tax.')),
    quantity: t.int({ resolve: ({ line }) => line.quantity }),
    tax: t.field(amount(({ line }) => line.tax, 'The tax in `total`, for the market’s home country.')),
    promotions: t.field({
      type: [PromotionApplicationType],
      resolve: ({ applications, currency }) =>
        applications.map((application) => ({
          ...application,
          currency,
          lineIdOf: (variantId: string) => encodeId('variant', variantId),
        })),
    }),
    trace: t.field({
      type: [PromotionTraceType],
      description: TRACE_DESCRIPTION,
      // What others use up of a promotion changes it, and nothing that a guest may hear says so: no answer is kept.
      extensions: { momentary: true },
      // A shelf names no code and no offer.
      resolve: ({ trace }, _args, ctx) => readableTrace(ctx.actor, { trace, codes: [], offers: [] }),
    }),
    lowestPrice30d: t.field({
      type: MoneyType,
      nullable: true,
      description:
        'The lowest price of the 30 days before the reduction (Directive (EU) 2019/2161): all that may be struck beside `unit`. Null when it is not reduced, and when it was not sold in those days.',
      resolve: ({ line }, _args, ctx) => lowestPriceOf(ctx, line),
    }),
  }),
})

builder.objectField(variant.ref, 'price', (t) =>
  t.field({
    type: ShelfPriceType,
    nullable: true,
    description: 'What it costs here and now, for who asks; null when it is not sold in this channel.',
    args: {
      quantity: t.arg.int({
        description:
          'In units of 10^-scale of what is sold by measure. Default one piece, or one whole measure.',
      }),
    },
    resolve: ({ id }, args, ctx) => {
      const quantity = args.quantity ?? undefined
      if (quantity === undefined || isQuantity(quantity)) return shelfOf(ctx, id, quantity)
      const refusal = COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, ['quantity'])
      throw refusalError(refusal.error, ctx)
    },
  }),
)

const PriceRange = builder.objectRef<{ readonly min: Money; readonly max: Money }>('PriceRange').implement({
  description: 'What one unit of the cheapest and of the dearest variant costs.',
  fields: (t) => ({
    min: t.field({ type: MoneyType, resolve: ({ min }) => min }),
    max: t.field({ type: MoneyType, resolve: ({ max }) => max }),
  }),
})

builder.objectField(product.ref, 'priceRange', (t) =>
  t.field({
    type: PriceRange,
    nullable: true,
    description: 'Over its variants in this channel; null when none is sold here.',
    resolve: async ({ id }, _args, ctx) => {
      const variants = await variantsOf(ctx, id)
      const shelves = await Promise.all(variants.map(async (each) => shelfOf(ctx, each.id)))
      const units = shelves.flatMap((shelf) => (shelf ? [shelf.line.unit] : []))
      if (units.length === 0) return null
      const { currency } = ctx.channel.market
      const min = units.reduce((least, unit) => (unit < least ? unit : least))
      const max = units.reduce((most, unit) => (unit > most ? unit : most))
      return { min: money(min, currency), max: money(max, currency) }
    },
  }),
)
