import type { Uuid } from '@hilo/kernel'
import type { CouponAlphabet } from './coupon-pattern.ts'

/** Codes made together: how they look, what holds for each, and how far the making is. */
export interface CouponBatch {
  readonly id: Uuid
  readonly promotionId: Uuid
  readonly name: string
  readonly prefix: string
  readonly pattern: string
  readonly alphabet: CouponAlphabet
  readonly count: number
  /** Codes that are there by now. */
  readonly made: number
  readonly usageLimit: number | null
  readonly perCustomerLimit: number | null
  readonly expiresAt: Date | null
  readonly disabledAt: Date | null
  readonly createdAt: Date
  /** Null while codes are being made. */
  readonly finishedAt: Date | null
}
