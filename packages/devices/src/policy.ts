import { COMMON, MAX_QUANTITY, money, ok, type CurrencyCode, type Result } from '@hilo/kernel'
import type { DevicePolicy } from './device.ts'
import { DEVICES } from './errors.ts'

/**
 * A request older than this is refused: answers are kept for replays for a day, and beyond it a message that a queue
 * delivers again would buy again.
 */
const MAX_AGE_HOURS = 24

/** What is known of a purchase before it is priced. */
export interface PurchaseAsked {
  readonly policy: DevicePolicy
  /** Whether the owner allows purchases by devices. */
  readonly consent: boolean
  readonly quantity: number
  /** The currency of the device's channel. */
  readonly currency: CurrencyCode
  /** The most the device is ready to pay, in minor units of the currency it reckons with. */
  readonly expect?: { readonly max: number; readonly currency: string } | null
  /** When the device sent it; null when it has no clock. */
  readonly sentAt?: Date | null
  readonly now: Date
}

/** Whether a device may ask for this at all, before it is known what it costs. */
export const decideAsked = (asked: PurchaseAsked): Result<undefined> => {
  const { policy, quantity, expect, sentAt, now } = asked
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) {
    return COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, ['quantity'])
  }
  if (sentAt && now.getTime() - sentAt.getTime() > MAX_AGE_HOURS * 3_600_000) {
    const facts = { sentAt: sentAt.toISOString(), maxHours: MAX_AGE_HOURS }
    return DEVICES.refuse('PURCHASE_TOO_OLD', facts, ['sentAt'])
  }
  if (!asked.consent) return DEVICES.refuse('CONSENT_MISSING', { purpose: 'DEVICE_PURCHASE' })
  if (policy.maxOrderMinor === null || policy.maxDayMinor === null) return DEVICES.refuse('PURCHASES_OFF', {})
  if (quantity > policy.maxQuantity) {
    return DEVICES.refuse('QUANTITY_ABOVE_POLICY', { quantity, max: policy.maxQuantity }, ['quantity'])
  }
  if (expect && expect.currency !== asked.currency) {
    const facts = { currency: expect.currency, expected: asked.currency }
    return COMMON.refuse('WRONG_CURRENCY', facts, ['expect', 'currency'])
  }
  return ok(undefined)
}

/** Whether a device may spend this much on one order. */
export const decideTotal = ({
  policy,
  expect,
  currency,
  totalMinor,
}: Pick<PurchaseAsked, 'policy' | 'expect' | 'currency'> & {
  readonly totalMinor: bigint
}): Result<undefined> => {
  const amount = money(totalMinor, currency)
  if (expect && totalMinor > BigInt(expect.max)) {
    const max = money(BigInt(expect.max), currency)
    return DEVICES.refuse('PRICE_ABOVE_EXPECTED', { max, total: amount }, ['expect', 'max'])
  }
  if (policy.maxOrderMinor === null) return DEVICES.refuse('PURCHASES_OFF', {})
  if (totalMinor > policy.maxOrderMinor) {
    return DEVICES.refuse('ABOVE_POLICY', { limit: money(policy.maxOrderMinor, currency), amount })
  }
  return ok(undefined)
}
