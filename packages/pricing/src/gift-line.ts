import type { PricedGift, PricedLine } from './priced-cart.ts'
import type { Proposal } from './propose.ts'

/** The id of the line that a promotion adds: no line of a cart has it, and it is the same at each pricing. */
export const giftLineId = (promotionId: string): string => `gift:${promotionId}`

/** What a promotion gives, for stock and fulfilment. */
export const writeGift = ({ candidate, gift }: Proposal): PricedGift => ({
  promotionId: candidate.promotion.id,
  lineId: giftLineId(candidate.promotion.id),
  variantId: gift!.facts.variantId,
  sku: gift!.facts.sku,
  quantity: Number(gift!.quantity),
})

/** The line of a gift: all of what it is worth is taken off, so nothing is left to pay or to tax. */
export const giftLine = ({ candidate, gift, total }: Proposal): PricedLine => {
  const { facts, priceId, priceListId, quantity, ratePpm, unitList } = gift!
  const promotionId = candidate.promotion.id
  return {
    id: giftLineId(promotionId),
    variantId: facts.variantId,
    sku: facts.sku,
    quantity: Number(quantity),
    gift: true,
    priceId,
    priceListId,
    unitList,
    unit: facts.price,
    subtotal: total,
    discount: total,
    net: 0n,
    tax: 0n,
    gross: 0n,
    taxRatePpm: ratePpm,
    allocations: total > 0n ? [{ promotionId, class: 'GIFT', amount: total }] : [],
  }
}
