import type { Context } from '@hilo/db'
import { ownerOf, type Uuid } from '@hilo/kernel'
import {
  type CartInput,
  type Place,
  price,
  type PricedCart,
  type PricedGift,
  type PricingSnapshot,
} from '@hilo/pricing'
import {
  type ChangedPrice,
  changedPrices,
  holdingQuotes,
  type PricingFacts,
  pricingSnapshot,
  type LineQuotes,
  type Quote,
  withQuotes,
} from '@hilo/promotions'
import { needsDelivery, type SoldGoods } from './goods-of-lines.ts'

/** A line, with the price that was quoted for it. */
export interface LineToPrice {
  readonly id: Uuid
  readonly variantId: Uuid
  readonly quantity: number
  readonly quote?: Quote | null
}

/** What is to be priced: lines of any cart, real or not. */
export interface LinesToPrice {
  readonly lines: readonly LineToPrice[]
  readonly couponCodes: readonly string[]
  readonly customerId?: Uuid | null
  readonly email?: string | null
  /** ISO 3166-1 alpha-2 of the delivery. Absent: the market's home country. */
  readonly country?: string | null
  /** Whose holds of scarce codes are its own to use. */
  readonly cartId?: Uuid | null
  readonly paymentMethod?: string | null
  readonly deliveryMethod?: string | null
  readonly place?: Place | null
  /** Gifts that cannot be given, though the stock looked as if. */
  readonly withoutGifts?: ReadonlySet<Uuid>
}

/** A cart with its amounts, and the gifts that promotions promise but for which there is no stock. */
export interface PricedLines {
  readonly priced: PricedCart
  readonly missedGifts: readonly PricedGift[]
  /** Lines whose quoted price holds no longer, and is another by now. */
  readonly changedPrices: readonly ChangedPrice[]
  /** The quotes that hold, by line: each costs what was quoted, or less where the shelf does. */
  readonly quotes: LineQuotes
  /** What is known of the variants of the lines, and of gifts. */
  readonly goods: SoldGoods
}

const cartOf = (
  facts: PricingFacts,
  { lines, couponCodes, paymentMethod, deliveryMethod }: LinesToPrice,
) => ({
  lines: lines.flatMap(({ id, variantId, quantity }) => {
    const variant = facts.variants.get(variantId)
    return variant ? [{ ...variant, id, quantity }] : []
  }),
  couponCodes,
  offerIds: facts.offerIds,
  ...(paymentMethod && { paymentMethod }),
  ...(needsDelivery(lines, facts.variants) && {
    delivery: { ...facts.delivery, ...(deliveryMethod && { method: deliveryMethod }) },
  }),
})

/** Fixes the prices that were quoted, of variants that this channel sells; two pricings, and only of carts with quotes. */
const quoted = (
  facts: PricingFacts,
  cart: CartInput,
  { lines, customerId }: Pick<LinesToPrice, 'lines'> & { readonly customerId: Uuid | undefined },
) => {
  const { currency } = facts.context.market
  const quotes = new Map(
    lines.flatMap(({ id, variantId, quote }) =>
      quote?.currency === currency && facts.variants.get(variantId)?.sold ? [[id, quote] as const] : [],
    ),
  )
  if (quotes.size === 0) return { cart, quotes, changed: [] }
  const now = price(cart, facts.context, facts.snapshot)
  const holding = holdingQuotes(cart.lines, quotes, { customerId, now: new Date(facts.context.now) })
  return {
    cart: { ...cart, lines: withQuotes(cart.lines, holding, now) },
    quotes: holding,
    changed: changedPrices(quotes, holding, now),
  }
}

/**
 * Prices lines several times with what each function makes of the snapshot, all read at one moment: what they would cost
 * with another promotion. Stock is left aside.
 */
export const priceLinesWith = async (
  ctx: Context,
  asked: LinesToPrice,
  snapshots: readonly ((snapshot: PricingSnapshot) => PricingSnapshot)[],
): Promise<PricedCart[]> => {
  const variantIds = [...new Set(asked.lines.map(({ variantId }) => variantId))]
  const facts = await pricingSnapshot(ctx, { variantIds, ...asked })
  const cart = cartOf(facts, asked)
  return snapshots.map((made) => price(cart, facts.context, made(facts.snapshot)))
}

/** The first gift for which less is left, beside what the cart itself takes, than is promised. */
const shortGift = ({ lines, gifts }: PricedCart, stock: ReadonlyMap<Uuid, number>): PricedGift | undefined =>
  gifts.find(({ variantId }) => {
    const wanted = lines.reduce((sum, line) => sum + (line.variantId === variantId ? line.quantity : 0), 0)
    return wanted > (stock.get(variantId) ?? 0)
  })

/**
 * Prices lines in the channel of the context, delivery and gifts included, in a constant number of statements. A variant
 * that does not exist becomes the problem `NOT_PRICED`, like one that the channel does not sell. A gift of which there
 * are too few is not given, and said so. A quoted price that holds is asked where the shelf asks more.
 */
export const priceLines = async (ctx: Context, asked: LinesToPrice): Promise<PricedLines> => {
  const variantIds = [...new Set(asked.lines.map(({ variantId }) => variantId))]
  const facts = await pricingSnapshot(ctx, { variantIds, ...asked })
  const customerId = asked.customerId ?? ownerOf(ctx.actor)
  const { cart, changed, quotes } = quoted(facts, cartOf(facts, asked), { ...asked, customerId })
  const gifts = new Map(facts.snapshot.gifts)
  for (const variantId of asked.withoutGifts ?? []) gifts.delete(variantId)
  const missedGifts: PricedGift[] = []
  for (;;) {
    const priced = price(cart, facts.context, { ...facts.snapshot, gifts })
    const short = shortGift(priced, facts.giftStock)
    if (!short) return { priced, missedGifts, changedPrices: changed, quotes, goods: facts.variants }
    missedGifts.push(short)
    gifts.delete(short.variantId)
  }
}
