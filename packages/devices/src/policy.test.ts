import { currency } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { decideAsked, decideTotal, type PurchaseAsked } from './policy.ts'

const policy = { maxOrderMinor: 5_000n, maxDayMinor: 10_000n, maxQuantity: 3, cancelWindowMinutes: 60 }
const now = new Date('2026-03-02T10:00:00Z')
const EUR = currency('EUR')

const asked = (overrides: Partial<PurchaseAsked> = {}) =>
  decideAsked({ policy, consent: true, quantity: 1, currency: EUR, now, ...overrides })

const refused = (code: string, data: object = {}) => ({ ok: false, error: { code, data } })

test('what the owner allows is allowed', () => {
  expect(asked()).toEqual({ ok: true, value: undefined })
  expect(asked({ quantity: 3, expect: { max: 1, currency: 'EUR' }, sentAt: now }).ok).toBe(true)
})

test('without consent a device buys nothing', () => {
  expect(asked({ consent: false })).toMatchObject(refused('CONSENT_MISSING', { purpose: 'DEVICE_PURCHASE' }))
})

test('without both limits a device buys nothing', () => {
  expect(asked({ policy: { ...policy, maxOrderMinor: null } })).toMatchObject(refused('PURCHASES_OFF'))
  expect(asked({ policy: { ...policy, maxDayMinor: null } })).toMatchObject(refused('PURCHASES_OFF'))
})

test('a quantity must be possible and within the policy', () => {
  for (const quantity of [0, -1, 1.5, Number.NaN, 1_000_001]) {
    expect(asked({ quantity })).toMatchObject(refused('QUANTITY_INVALID'))
  }
  expect(asked({ quantity: 4 })).toMatchObject(refused('QUANTITY_ABOVE_POLICY', { quantity: 4, max: 3 }))
})

test('a device that reckons in another currency is told which one it is', () => {
  expect(asked({ expect: { max: 100, currency: 'USD' } })).toMatchObject(
    refused('WRONG_CURRENCY', { currency: 'USD', expected: 'EUR' }),
  )
})

test('a request is good for a day, and a clock that runs ahead does no harm', () => {
  const sent = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
  expect(asked({ sentAt: sent(-24) }).ok).toBe(true)
  expect(asked({ sentAt: sent(-24.01) })).toMatchObject(refused('PURCHASE_TOO_OLD', { maxHours: 24 }))
  expect(asked({ sentAt: sent(100) }).ok).toBe(true)
})

const total = (totalMinor: bigint, max?: number) =>
  decideTotal({
    policy,
    currency: EUR,
    totalMinor,
    expect: max === undefined ? null : { max, currency: 'EUR' },
  })

test('an order may come to the limit and not a cent more', () => {
  expect(total(5_000n).ok).toBe(true)
  expect(total(5_001n)).toMatchObject(
    refused('ABOVE_POLICY', { limit: { amountMinor: 5_000n }, amount: { amountMinor: 5_001n } }),
  )
})

test('an order may cost what the device expects and not a cent more', () => {
  expect(total(4_000n, 4_000).ok).toBe(true)
  expect(total(4_001n, 4_000)).toMatchObject(
    refused('PRICE_ABOVE_EXPECTED', { max: { amountMinor: 4_000n }, total: { amountMinor: 4_001n } }),
  )
})
