import type { Localized, Uuid } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import type { Budget } from './budget.ts'

/** The life of a promotion: a paused one is published but withheld, an archived one is over for good. */
export const PROMOTION_STATUSES = ['DRAFT', 'PUBLISHED', 'PAUSED', 'ARCHIVED'] as const

/** A stage in the life of a promotion. */
export type PromotionStatus = (typeof PROMOTION_STATUSES)[number]

/** A promotion as staff edit it: its newest version, which may be later than the published one. */
export interface Promotion {
  readonly id: Uuid
  readonly name: Localized
  readonly status: PromotionStatus
  readonly version: number
  readonly publishedVersion: number | null
  readonly definition: PromotionDefinition
  readonly usageLimit: number | null
  readonly perCustomerLimit: number | null
  /** What it may take off in all, by currency; none for any amount. */
  readonly budgets: readonly Budget[]
  readonly used: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A code that starts a promotion. */
export interface Coupon {
  readonly id: Uuid
  readonly promotionId: Uuid
  readonly code: string
  /** The batch it was made in; null for one that was typed in. */
  readonly batchId: Uuid | null
  readonly usageLimit: number | null
  readonly perCustomerLimit: number | null
  readonly expiresAt: Date | null
  readonly disabledAt: Date | null
  readonly used: number
}
