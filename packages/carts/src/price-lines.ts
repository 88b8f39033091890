import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { price, type PricedCart } from '@hilo/pricing'
import { pricingSnapshot } from '@hilo/promotions'

/** What is to be priced: lines of any cart, real or not. */
export interface LinesToPrice {
  readonly lines: readonly { readonly id: Uuid; readonly variantId: Uuid; readonly quantity: number }[]
  readonly couponCodes: readonly string[]
  readonly customerId?: Uuid | null
  readonly email?: string | null
  /** ISO 3166-1 alpha-2 of the delivery. Absent: the market's home country. */
  readonly country?: string | null
}

/**
 * Prices lines in the channel of the context, delivery included, in a constant number of statements. A variant that
 * does not exist becomes the problem `NOT_PRICED`, like one that the channel does not sell.
 */
export const priceLines = async (
  ctx: Context,
  { lines, couponCodes, ...asker }: LinesToPrice,
): Promise<{ readonly priced: PricedCart }> => {
  const variantIds = [...new Set(lines.map(({ variantId }) => variantId))]
  const facts = await pricingSnapshot(ctx, { variantIds, couponCodes, ...asker })
  const cart = {
    lines: lines.flatMap(({ id, variantId, quantity }) => {
      const variant = facts.variants.get(variantId)
      return variant ? [{ ...variant, id, quantity }] : []
    }),
    couponCodes,
    ...(lines.length > 0 && { delivery: facts.delivery }),
  }
  return { priced: price(cart, facts.context, facts.snapshot) }
}
