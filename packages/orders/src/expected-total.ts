import { CARTS } from '@hilo/carts'
import { COMMON, type Money, ok, type Result } from '@hilo/kernel'

const sameCurrency = (expected: Money, actual: Money, path: readonly string[]): Result<void> =>
  expected.currency === actual.currency
    ? ok(undefined)
    : COMMON.refuse('WRONG_CURRENCY', { currency: expected.currency, expected: actual.currency }, path)

/** Refuses a total that is not the one the customer has seen. Without an expectation any is fine. */
export const expectExactly =
  (expected: Money | undefined) =>
  (actual: Money): Result<void> => {
    if (!expected) return ok(undefined)
    const same = sameCurrency(expected, actual, ['expectedTotal'])
    if (!same.ok || expected.amountMinor === actual.amountMinor) return same
    return CARTS.refuse('PRICE_CHANGED', { expected, actual }, ['expectedTotal'])
  }

/** Refuses a total above what the customer agreed to. */
export const expectAtMost =
  (expected: Money | undefined) =>
  (actual: Money): Result<void> => {
    if (!expected) return ok(undefined)
    const same = sameCurrency(expected, actual, ['expect', 'currency'])
    if (!same.ok || actual.amountMinor <= expected.amountMinor) return same
    return CARTS.refuse('PRICE_CHANGED', { expected, actual }, ['expect', 'max'])
  }
