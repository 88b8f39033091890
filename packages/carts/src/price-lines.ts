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
  type PricingQuestion,
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
  /** Whom to take the asker for, instead of reading who it is. */
  readonly asker?: PricingQuestion['asker']
  /** No more of a gift than this, by variant, though the stock looked as if. */
  readonly giftLimits?: ReadonlyMap<Uuid, number>
}

/** A gift that a promotion promises but of which there are too few. */
export type MissedGift = Pick<PricedGift, 'promotionId' | 'sku' | 'quantity'>

/** A cart with its amounts, and the gifts that promotions promise but for which there is no stock. */
export interface PricedLines {
  readonly priced: PricedCart
  readonly missedGifts: readonly MissedGift[]
  /** Lines whose quoted price holds no longer, and is another by now. */
  readonly changedPrices: readonly ChangedPrice[]
  /** The quotes that hold, by line: each costs what was quoted, or less where the shelf does. */
  readonly quotes: LineQuotes
  /** What is known of the variants of the lines, and of gifts. */
  readonly goods: SoldGoods
  /** The country that it was priced for when the market does not sell there, or no more: no tax of it is known. */
  readonly unservedCountry: string | undefined
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
  facts: Pick<PricingFacts, 'variants' | 'context' | 'snapshot'>,
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
 * with another promotion. Prices that were quoted and hold are asked like in the cart; stock is left aside.
 */
export const priceLinesWith = async (
  ctx: Context,
  asked: LinesToPrice,
  snapshots: readonly ((snapshot: PricingSnapshot) => PricingSnapshot)[],
): Promise<PricedCart[]> => {
  const variantIds = [...new Set(asked.lines.map(({ variantId }) => variantId))]
  const facts = await pricingSnapshot(ctx, { variantIds, ...asked })
  const cart = cartOf(facts, asked)
  const customerId = asked.customerId ?? ownerOf(ctx.actor)
  return snapshots.map((made) => {
    const snapshot = made(facts.snapshot)
    const fixed = quoted({ ...facts, snapshot }, cart, { ...asked, customerId })
    return price(fixed.cart, facts.context, snapshot)
  })
}

/** Units of each gift that can be given beside what the lines take themselves. */
const giftsToGive = (
  stock: PricingFacts['giftStock'],
  { lines, giftLimits }: Pick<LinesToPrice, 'lines' | 'giftLimits'>,
): ReadonlyMap<Uuid, number> =>
  new Map(
    [...stock].map(([variantId, quantity]) => {
      const taken = lines.reduce((sum, line) => (line.variantId === variantId ? sum + line.quantity : sum), 0)
      return [variantId, Math.max(0, Math.min(quantity - taken, giftLimits?.get(variantId) ?? Infinity))]
    }),
  )

/** What promotions would give, were there enough of it. */
const missedIn = ({ trace }: PricedCart, goods: SoldGoods): MissedGift[] =>
  trace.flatMap(({ promotionId, code, facts: { variantId, quantity } }) => {
    if (code !== 'GIFT_UNAVAILABLE' || typeof variantId !== 'string' || typeof quantity !== 'number')
      return []
    const gift = goods.get(variantId)
    return gift ? [{ promotionId, sku: gift.sku, quantity }] : []
  })

/**
 * Prices lines in the channel of the context, delivery and gifts included, in a constant number of statements. A variant
 * that does not exist becomes the problem `NOT_PRICED`, like one that the channel does not sell. Gifts are given in the
 * order of their promotions while there are enough, and said to be missing then. A quoted price that holds is asked where
 * the shelf asks more.
 */
export const priceLines = async (ctx: Context, asked: LinesToPrice): Promise<PricedLines> => {
  const variantIds = [...new Set(asked.lines.map(({ variantId }) => variantId))]
  const facts = await pricingSnapshot(ctx, { variantIds, ...asked })
  const customerId = asked.customerId ?? ownerOf(ctx.actor)
  const { cart, changed, quotes } = quoted(facts, cartOf(facts, asked), { ...asked, customerId })
  const giftStock = giftsToGive(facts.giftStock, asked)
  const priced = price(cart, facts.context, { ...facts.snapshot, giftStock })
  return {
    priced,
    missedGifts: missedIn(priced, facts.variants),
    changedPrices: changed,
    quotes,
    goods: facts.variants,
    unservedCountry: facts.countryServed ? undefined : facts.context.country,
  }
}
