import type { ChannelKind } from '@hilo/kernel'
import type { Condition } from './conditions.ts'
import type { Effect } from './effects.ts'
import type { ItemPredicate } from './item-predicate.ts'

/** What starts a promotion: itself, or a code that the customer enters. */
export type PromotionTrigger = 'AUTOMATIC' | 'COUPON'

/** What a promotion reduces, in the order of evaluation: the unit on the shelf, lines, the order, delivery. */
export const PROMOTION_CLASSES = ['CATALOG', 'LINE', 'ORDER', 'SHIPPING'] as const

/** What a promotion reduces. Derived from its effect, never written by an author. */
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
  /** Where it holds: a channel of one of these kinds, or with one of these codes. Absent: everywhere. */
  readonly channels?: { readonly kinds?: readonly ChannelKind[]; readonly codes?: readonly string[] }
  /** Market codes. Absent: every market whose currency it has amounts for. */
  readonly markets?: readonly string[]
  readonly audience?: Audience
  /** The items it counts and reduces. Absent: all. */
  readonly items?: ItemPredicate
  /** All must hold, against the cart as earlier promotions left it. */
  readonly conditions?: readonly Condition[]
  readonly effect: Effect
  /** The most it takes off: of one unit for the class CATALOG, of the whole cart for the others. */
  readonly cap?: { readonly amountMinor: number; readonly currency: string }
  /** Within a class the smaller is evaluated first; default 0. */
  readonly priority?: number
  /** Of the promotions that share this name only the one best for the customer applies. */
  readonly exclusivityGroup?: string
  /** Classes that may reduce the same item (for SHIPPING: the same cart). Absent: all; empty: it stands alone. */
  readonly combinesWith?: readonly PromotionClass[]
}

/** Who a promotion is for; everything stated must hold. */
export interface Audience {
  /** Codes of customer groups; one is enough. */
  readonly customerGroups?: readonly string[]
  readonly loggedIn?: boolean
  /** Kinds of the device that asks, e.g. `APPLIANCE`; no device, no promotion. */
  readonly deviceKinds?: readonly string[]
}
