import type { ChannelKind, Localized } from '@hilo/kernel'
import type { PriceCandidate } from './choose-price.ts'
import type { CompiledPromotion } from './compile-promotion.ts'

/** What the customer wants: the first argument of `price`. Amounts are minor units of the market's currency. */
export interface CartInput {
  readonly lines: readonly LineInput[]
  /** As the customer typed them; codes are case-sensitive. */
  readonly couponCodes?: readonly string[]
  /** Ids of offers made to this customer or device, as they were handed out. */
  readonly offerIds?: readonly string[]
  /** The code of the payment method chosen; absent while none is. */
  readonly paymentMethod?: string
  /** Absent when nothing is delivered or the method is not known yet. */
  readonly delivery?: DeliveryInput
}

/** What is sold: the facts of a variant that prices, promotions and taxes look at. */
export interface VariantFacts {
  readonly variantId: string
  readonly productId: string
  readonly sku: string
  /** The product's categories and all their ancestors. */
  readonly categoryIds?: readonly string[]
  /** Slugs of the same categories. */
  readonly categorySlugs?: readonly string[]
  /** The collections that hold the product. */
  readonly collectionIds?: readonly string[]
  /** Slugs of the same collections. */
  readonly collectionSlugs?: readonly string[]
  /** Values by attribute code, a choice by its code; what the variant says goes before what the product says. */
  readonly attributes?: Readonly<Record<string, readonly AttributeValue[]>>
  readonly taxClass: string
  /** Sold by measure: quantities are in units of 10^-scale of it (grams of a kilogram: 3), prices per whole measure. */
  readonly measure?: { readonly scale: number }
}

/** A value of an attribute that predicates can ask for. */
export type AttributeValue = string | number | boolean

/** One line of the cart. Lines of one variant count together for tiers and conditions. */
export interface LineInput extends VariantFacts {
  readonly id: string
  /** A whole number from 1 to `MAX_QUANTITY`; of a measured variant in units of 10^-scale. */
  readonly quantity: number
  /** A price fixed before (quoted, ordered): used instead of the candidates of the snapshot. */
  readonly unitPrice?: FixedPrice
}

/** A unit price that was chosen before. */
export interface FixedPrice {
  readonly id?: string
  readonly priceListId?: string
  readonly amountMinor: bigint
  /** The price it is compared with, when it was reduced. */
  readonly listMinor?: bigint
  /** True when promotions of the shelf are in it already, so that none of the class CATALOG applies again. */
  readonly settled?: boolean
}

/** What delivery costs before promotions. */
export interface DeliveryInput {
  /** The code of the delivery method chosen. */
  readonly method?: string
  readonly amountMinor: bigint
  readonly taxClass: string
}

/** Who asks, from where and when: the second argument of `price`. A `Channel` and its `Market` of the kernel fit. */
export interface PricingContext {
  /** ISO 8601; nothing in this package reads a clock. */
  readonly now: string
  readonly channel: { readonly id: string; readonly code: string; readonly kind: ChannelKind }
  readonly market: PricingMarket
  /** ISO 3166-1 alpha-2 of the delivery; chooses prices. Tax rates come already chosen, in the snapshot. */
  readonly country?: string
  /** Absent for a guest. */
  readonly customer?: {
    readonly id: string
    readonly groups: readonly { readonly id: string; readonly code: string }[]
    readonly segments?: readonly { readonly id: string; readonly code: string }[]
    readonly loyaltyTier?: string
    /** Orders placed before and not cancelled. */
    readonly orderCount: number
  }
  readonly device?: { readonly kind: string }
  /** Where the customer is, WGS 84 degrees; absent when nobody said. */
  readonly place?: Place
}

/** A point on Earth, WGS 84 degrees. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** How a market counts. */
export interface PricingMarket {
  readonly id: string
  readonly code: string
  readonly currency: string
  readonly pricesIncludeTax: boolean
  /** IANA; weekly hours of promotions that name no time zone are in it. Default UTC. */
  readonly timeZone?: string
  /** `STACK`, the default: promotions add up. `BEST_DEAL`: one promotion per item, whichever is best. */
  readonly stacking?: 'STACK' | 'BEST_DEAL'
  /** Where tax is rounded; default `LINE`. */
  readonly taxPer?: 'LINE' | 'UNIT' | 'ORDER'
}

/** Everything read from the database before pricing: the third argument of `price`. */
export interface PricingSnapshot {
  /** Price rows by variant id; rows that do not fit the context are ignored. */
  readonly prices: ReadonlyMap<string, readonly PriceCandidate[]>
  /** Each of them gets exactly one entry in the trace. */
  readonly promotions: readonly PromotionInput[]
  /** Parts per million by tax class; a class without a rate is not taxed. */
  readonly taxRates: Readonly<Record<string, number>>
  /** What is known of the cart's coupon codes; a code absent here is unknown. */
  readonly coupons?: readonly CouponInput[]
  /** What is known of the cart's offers; an id absent here is unknown. */
  readonly offers?: readonly OfferInput[]
  /**
   * Facts of the variants that gifts of the promotions name, by variant id: those that this channel can give away now.
   * Their prices are among `prices`.
   */
  readonly gifts?: ReadonlyMap<string, VariantFacts>
  /**
   * Units of a gift that can be given beside what the cart itself takes, by variant id: promotions take of them in the
   * order of evaluation, and one that wants more than is left gives none. Absent: as many as are wanted.
   */
  readonly giftStock?: ReadonlyMap<string, number>
}

/** A published version of a promotion, and what is known of its use at this moment. */
export interface PromotionInput {
  readonly id: string
  readonly version: number
  readonly name: Localized
  readonly compiled: CompiledPromotion
  /** True of one that is withheld for a while, whatever else is known of it. */
  readonly paused?: boolean
  readonly limitReached?: boolean
  /** ISO 8601: the limit is reached only while carts of others keep a use, the first of them until then at the latest. */
  readonly heldUntil?: string
  readonly customerLimitReached?: boolean
  readonly budgetSpent?: boolean
  /** What is left of its budget: what does not fit into it is not given, not even in part. Absent: no budget. */
  readonly budgetLeft?: { readonly amountMinor: bigint; readonly currency: string }
}

/** A coupon code and the promotion that it starts. */
export interface CouponInput {
  readonly code: string
  readonly promotionId: string
  /** ISO 8601; until just before this instant. */
  readonly expiresAt?: string
  /** True of a code that was switched off. */
  readonly withdrawn?: boolean
  readonly limitReached?: boolean
  /** As of the promotion. */
  readonly heldUntil?: string
  readonly customerLimitReached?: boolean
}

/** An offer made to one customer or device, and the promotion that it starts. */
export interface OfferInput {
  readonly id: string
  readonly promotionId: string
  /** ISO 8601; until just before this instant. */
  readonly expiresAt?: string
  /** True once it was used. */
  readonly limitReached?: boolean
}
