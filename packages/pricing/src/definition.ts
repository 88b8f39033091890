import type { ChannelKind } from '@hilo/kernel'
import type { Condition } from './conditions.ts'
import type { Effect } from './effects.ts'
import type { ItemPredicate } from './item-predicate.ts'
import type { Schedule } from './schedule.ts'

/** What can start a promotion. */
export const TRIGGERS = ['AUTOMATIC', 'COUPON', 'OFFER'] as const

/** What starts a promotion: itself, a code that the customer enters, or an offer made to a customer or a device. */
export type PromotionTrigger = (typeof TRIGGERS)[number]

/** The classes that take something off: the unit on the shelf, lines, the order, delivery. */
export const REDUCING_CLASSES = ['CATALOG', 'LINE', 'ORDER', 'SHIPPING'] as const

/** A class that takes something off. */
export type ReducingClass = (typeof REDUCING_CLASSES)[number]

/** What a promotion changes, in the order of evaluation; gifts and points come last and reduce nothing. */
export const PROMOTION_CLASSES = [...REDUCING_CLASSES, 'GIFT', 'POINTS'] as const

/** What a promotion changes. Derived from its effect, never written by an author. */
export type PromotionClass = (typeof PROMOTION_CLASSES)[number]

/** Amounts in whole minor units by currency: `{ "EUR": 5000, "JPY": 8000 }`. JSON, so numbers up to 2^53 − 1. */
export type AmountsByCurrency = Readonly<Record<string, number>>

/**
 * A promotion as data, written by staff and stored as versioned JSON. `compilePromotion` checks it against
 * `PROMOTION_SCHEMA` and for rules that can never hold.
 */
export interface PromotionDefinition {
  readonly v: 1
  readonly trigger: PromotionTrigger
  /** ISO 8601 with offset; from this instant. */
  readonly startsAt?: string
  /** ISO 8601 with offset; until just before this instant. */
  readonly endsAt?: string
  /** Weekly hours within that window. Absent: always. */
  readonly schedule?: Schedule
  /** Where it holds: a channel of one of these kinds, or with one of these codes. Absent: everywhere. */
  readonly channels?: { readonly kinds?: readonly ChannelKind[]; readonly codes?: readonly string[] }
  /** Market codes. Absent: every market whose currency it has amounts for. */
  readonly markets?: readonly string[]
  /** ISO 3166-1 alpha-2 of the delivery. Absent: all. */
  readonly countries?: readonly string[]
  readonly audience?: Audience
  /** The items it counts and reduces. Absent: all. */
  readonly items?: ItemPredicate
  /** All must hold, against the cart as earlier promotions left it. */
  readonly conditions?: readonly Condition[]
  readonly effect: Effect
  /** The most it takes off: of one unit for the class CATALOG, of the whole cart for the others. */
  readonly cap?: { readonly amountMinor: number; readonly currency: string }
  /** The same by currency, in place of `cap`: the promotion holds in each of them. */
  readonly caps?: AmountsByCurrency
  /** Within a class the smaller is evaluated first; default 0. */
  readonly priority?: number
  /** Of the promotions that share this name only the one best for the customer applies. */
  readonly exclusivityGroup?: string
  /**
   * Classes that may reduce the same item (for SHIPPING, GIFT and POINTS: the same cart). Absent: all; empty: it stands
   * alone. Gifts and points reduce nothing, so no other promotion is kept from anything by them.
   */
  readonly combinesWith?: readonly ReducingClass[]
}

/** Who a promotion is for; everything stated must hold. */
export interface Audience {
  /** Codes of customer groups; one is enough. */
  readonly customerGroups?: readonly string[]
  /** Codes of segments; one is enough. */
  readonly segments?: readonly string[]
  /** Loyalty tiers; one is enough. */
  readonly loyaltyTiers?: readonly string[]
  /** True: only customers who have not ordered yet; false: only those who have. */
  readonly firstOrder?: boolean
  readonly loggedIn?: boolean
  /** Kinds of the device that asks, e.g. `APPLIANCE`; no device, no promotion. */
  readonly deviceKinds?: readonly string[]
  /** Around a place; nobody knows where, no promotion. */
  readonly near?: Circle
}

/** All points not farther than this from one. JSON has WGS 84 degrees as numbers here: they are no money. */
export interface Circle {
  readonly latitude: number
  readonly longitude: number
  readonly radiusMetres: number
}
