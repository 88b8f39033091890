import type { Localized } from '@hilo/kernel'
import type { PromotionClass } from './definition.ts'
import type { CodeOutcome, OfferOutcome, TraceEntry } from './trace.ts'

/** What `price` answers. Every amount is in minor units of `currency`; everything below is a sum of rounded parts. */
export interface PricedCart {
  readonly currency: string
  readonly pricesIncludeTax: boolean
  /** In the order of the cart, then the gifts; a line with a problem is absent. */
  readonly lines: readonly PricedLine[]
  /** `undefined` when the cart has no delivery. */
  readonly delivery: PricedDelivery | undefined
  readonly applications: readonly Application[]
  /** What promotions give for free; each also stands among `lines`, after those of the cart. */
  readonly gifts: readonly PricedGift[]
  /** Points that the customer earns with this cart: the sum of those of the applications. Never money. */
  readonly points: number
  /** Each promotion of the snapshot exactly once, in the order of evaluation. */
  readonly trace: readonly TraceEntry[]
  /** Each coupon code as entered, in that order, with what became of it. */
  readonly codes: readonly CodeOutcome[]
  /** Each offer likewise. */
  readonly offers: readonly OfferOutcome[]
  readonly problems: readonly PricingProblem[]
  readonly totals: Totals
  /** One row per rate, the highest first, delivery included. */
  readonly taxes: readonly TaxSum[]
}

/** The amounts of one line. net + tax = gross; gross (or net, without tax included) = subtotal − discount. */
export interface PricedLine {
  readonly id: string
  readonly variantId: string
  readonly sku: string
  readonly quantity: number
  /** True for what a promotion added for free. */
  readonly gift: boolean
  /** The price row that was chosen. */
  readonly priceId: string | undefined
  /** The list that it was chosen from; of a derived list itself, whose rows are those of another. */
  readonly priceListId: string | undefined
  /** One unit before every reduction: what is struck through. */
  readonly unitList: bigint
  /** One unit on the shelf: after the price list and promotions of the class CATALOG. */
  readonly unit: bigint
  /** unit × quantity; of a measured variant divided by 10^scale and rounded. */
  readonly subtotal: bigint
  /** What promotions of the classes LINE, ORDER and GIFT take off. */
  readonly discount: bigint
  readonly net: bigint
  readonly tax: bigint
  readonly gross: bigint
  readonly taxRatePpm: number
  /** CATALOG included, although `unit` has it already. */
  readonly allocations: readonly LineAllocation[]
}

/** What one promotion takes off a line. */
export interface LineAllocation {
  readonly promotionId: string
  readonly class: PromotionClass
  readonly amount: bigint
}

/** The amounts of delivery. net + tax = gross; gross (or net) = list − discount. */
export interface PricedDelivery {
  readonly list: bigint
  readonly discount: bigint
  readonly net: bigint
  readonly tax: bigint
  readonly gross: bigint
  readonly taxRatePpm: number
}

/** What a promotion did: its intent, and the amounts that sum to it exactly. */
export interface Application {
  readonly promotionId: string
  readonly version: number
  readonly name: Localized
  readonly class: PromotionClass
  readonly couponCode: string | undefined
  /** The offer that started it. */
  readonly offerId: string | undefined
  readonly amount: bigint
  /** `lineId` is `null` for delivery. */
  readonly allocations: readonly { readonly lineId: string | null; readonly amount: bigint }[]
  /** What the customer earns by it; 0 but for effects that give points, whose amount is 0. */
  readonly points: number
}

/** Units of a variant that a promotion adds to the cart for nothing. */
export interface PricedGift {
  readonly promotionId: string
  /** Of its line in `lines`; made from the promotion's id, so it is the same each time. */
  readonly lineId: string
  readonly variantId: string
  readonly sku: string
  readonly quantity: number
}

/**
 * Sums of rounded parts. Prices with tax: total = subtotal − discount + delivery; without: that + tax.
 * Always net + tax = total.
 */
export interface Totals {
  /** Lines on the shelf, gifts included: after CATALOG promotions. */
  readonly subtotal: bigint
  /** LINE and ORDER promotions, and the whole of each gift. */
  readonly discount: bigint
  /** After SHIPPING promotions. */
  readonly delivery: bigint
  readonly net: bigint
  readonly tax: bigint
  readonly total: bigint
}

/** What is taxed at one rate. */
export interface TaxSum {
  readonly ratePpm: number
  readonly net: bigint
  readonly tax: bigint
}

/**
 * What keeps a line (or, without `lineId`, the cart) from being priced: no price here, a quantity that is not a whole
 * number from 1 to `MAX_QUANTITY`, or an amount beyond `MAX_AMOUNT_MINOR`.
 */
export interface PricingProblem {
  readonly code: 'NOT_PRICED' | 'INVALID_QUANTITY' | 'AMOUNT_TOO_LARGE'
  readonly lineId?: string
  readonly sku?: string
}
