import type { Localized } from '@hilo/kernel'
import type { ConditionKindName } from './conditions.ts'
import type { PromotionClass } from './definition.ts'
import type { Effect } from './effects.ts'

/** Why a promotion did not apply, apart from its conditions, whose code is their kind. */
export const SKIP_CODES = [
  'CODE_REQUIRED',
  'OFFER_REQUIRED',
  'NOT_STARTED',
  'EXPIRED',
  'WITHDRAWN',
  'PAUSED',
  'NOT_NOW',
  'CHANNEL',
  'MARKET',
  'COUNTRY',
  'CURRENCY',
  'LOGIN_REQUIRED',
  'AUDIENCE',
  'NOT_NEAR',
  'LIMIT_REACHED',
  'HELD',
  'CUSTOMER_LIMIT',
  'BUDGET_SPENT',
  'NO_ELIGIBLE_ITEMS',
  'NO_DELIVERY',
  'GIFT_UNAVAILABLE',
  'NOT_COMBINABLE',
  'LOST_TO',
  'NOTHING_TO_DISCOUNT',
  'NO_POINTS',
  'UNREADABLE',
] as const

/** Why a promotion did not apply. */
export type SkipCode = (typeof SKIP_CODES)[number] | ConditionKindName

/** The code of a trace entry. */
export type TraceCode = 'APPLIED' | SkipCode

/** An amount among facts: a JSON number of minor units. */
export interface MoneyFact {
  readonly amountMinor: number
  readonly currency: string
}

/** JSON values that a code is explained with: `MIN_SUBTOTAL {have, need, missing}`, `LOST_TO {promotionId}`. */
export type Facts = Readonly<Record<string, string | number | boolean | MoneyFact | readonly string[]>>

/** A reason not to apply, with its facts. */
export interface Miss {
  readonly code: SkipCode
  readonly facts: Facts
}

/** What became of one promotion, with all that a sentence about it needs. */
export interface TraceEntry {
  readonly promotionId: string
  readonly version: number
  readonly name: Localized
  readonly class: PromotionClass
  readonly outcome: 'APPLIED' | 'SKIPPED'
  readonly code: TraceCode
  readonly facts: Facts
  /** What the promotion gives, for "12.40 € more for free delivery". */
  readonly effect: Effect
  readonly currency: string
}

/** What became of one coupon code of the cart. */
export interface CodeOutcome extends StartOutcome {
  readonly code: string
}

/** What became of one offer of the cart. */
export interface OfferOutcome extends StartOutcome {
  readonly offerId: string
}

/** What became of something that was to start a promotion. */
export interface StartOutcome {
  /** `IGNORED`: a repetition, which changes nothing. */
  readonly outcome: 'APPLIED' | 'REFUSED' | 'IGNORED'
  readonly reason: TraceCode | 'UNKNOWN_CODE' | 'UNKNOWN_OFFER' | 'ALREADY_APPLIED'
  readonly facts: Facts
  readonly promotionId?: string
}
