import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type Place, price, type PricedCart, type PricedGift } from '@hilo/pricing'
import { type PricingFacts, pricingSnapshot } from '@hilo/promotions'

/** What is to be priced: lines of any cart, real or not. */
export interface LinesToPrice {
  readonly lines: readonly { readonly id: Uuid; readonly variantId: Uuid; readonly quantity: number }[]
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
  ...(lines.length > 0 && {
    delivery: { ...facts.delivery, ...(deliveryMethod && { method: deliveryMethod }) },
  }),
})

/** The first gift for which less is left, beside what the cart itself takes, than is promised. */
const shortGift = ({ lines, gifts }: PricedCart, stock: ReadonlyMap<Uuid, number>): PricedGift | undefined =>
  gifts.find(({ variantId }) => {
    const wanted = lines.reduce((sum, line) => sum + (line.variantId === variantId ? line.quantity : 0), 0)
    return wanted > (stock.get(variantId) ?? 0)
  })

/**
 * Prices lines in the channel of the context, delivery and gifts included, in a constant number of statements. A variant
 * that does not exist becomes the problem `NOT_PRICED`, like one that the channel does not sell. A gift of which there
 * are too few is not given, and said so.
 */
export const priceLines = async (ctx: Context, asked: LinesToPrice): Promise<PricedLines> => {
  const variantIds = [...new Set(asked.lines.map(({ variantId }) => variantId))]
  const facts = await pricingSnapshot(ctx, { variantIds, ...asked })
  const cart = cartOf(facts, asked)
  const gifts = new Map(facts.snapshot.gifts)
  for (const variantId of asked.withoutGifts ?? []) gifts.delete(variantId)
  const missedGifts: PricedGift[] = []
  for (;;) {
    const priced = price(cart, facts.context, { ...facts.snapshot, gifts })
    const short = shortGift(priced, facts.giftStock)
    if (!short) return { priced, missedGifts }
    missedGifts.push(short)
    gifts.delete(short.variantId)
  }
}
