import { unwrap } from '@hilo/kernel'
import type { CouponInput, LineInput, PricingContext, PricingSnapshot, PromotionInput } from '../cart.ts'
import type { PriceCandidate } from '../choose-price.ts'
import { compilePromotion } from '../compile-promotion.ts'
import type { PromotionDefinition } from '../definition.ts'

/** A line as a test states it: what matters, the rest is filled in. The price is fixed unless it is left out. */
export type LineSketch = Partial<LineInput> & { readonly price?: number }

/** The lines `a`, `b`, `c`… of variants with the same letters. */
export const lines = (...sketches: LineSketch[]): LineInput[] =>
  sketches.map(({ price: amount, ...sketch }, index) => {
    const letter = String.fromCodePoint(97 + index)
    return {
      id: letter,
      variantId: letter,
      productId: `product-${letter}`,
      sku: letter.toUpperCase(),
      quantity: 1,
      taxClass: 'STANDARD',
      ...(amount === undefined ? {} : { unitPrice: { id: `price-${letter}`, amountMinor: BigInt(amount) } }),
      ...sketch,
    }
  })

/** A guest on the web of an EUR market without tax in its prices, at noon of 15 June 2026. */
export const context = (
  market: Partial<PricingContext['market']> = {},
  rest: Partial<PricingContext> = {},
): PricingContext => ({
  now: '2026-06-15T12:00:00Z',
  channel: { id: 'channel-web', code: 'web', kind: 'WEB' },
  market: { id: 'market-eu', code: 'eu', currency: 'EUR', pricesIncludeTax: false, ...market },
  ...rest,
})

/** A promotion with id and name, automatic unless stated. Throws for a definition that does not compile. */
export const promotion = (
  id: string,
  definition: Pick<PromotionDefinition, 'effect'> & Partial<PromotionDefinition>,
  facts: Partial<PromotionInput> = {},
): PromotionInput => ({
  id,
  version: 1,
  name: { en: id },
  compiled: unwrap(compilePromotion({ v: 1, trigger: 'AUTOMATIC', ...definition })),
  ...facts,
})

/** Everything read before pricing: standard tax 20 %, reduced 10 %, zero 0 %. */
export const snapshot = (
  promotions: readonly PromotionInput[] = [],
  rest: {
    readonly prices?: Readonly<Record<string, readonly PriceCandidate[]>>
    readonly coupons?: readonly CouponInput[]
    readonly taxRates?: Readonly<Record<string, number>>
  } = {},
): PricingSnapshot => ({
  promotions,
  prices: new Map(Object.entries(rest.prices ?? {})),
  coupons: rest.coupons,
  taxRates: rest.taxRates ?? { STANDARD: 200_000, REDUCED: 100_000, ZERO: 0 },
})
