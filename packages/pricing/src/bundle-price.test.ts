import { describe, expect, it } from 'vitest'
import { bundlePrice, unitPrice } from './index.ts'

const REQUEST = { currency: 'EUR', now: '2026-05-01T00:00:00Z' }

const row = (
  amountMinor: bigint,
  more: { minQuantity?: number; kind?: 'BASE' | 'SALE'; rank?: number } = {},
) => ({
  id: `row ${amountMinor}`,
  currency: 'EUR',
  minQuantity: 1,
  rank: 0,
  amountMinor,
  ...more,
})

const part = (candidates: readonly ReturnType<typeof row>[], quantity = 1, scale = 0) => ({
  candidates,
  quantity,
  scale,
})

describe('a bundle that costs the sum of its components less a rate', () => {
  it('adds what each costs in its quantity, and takes the rate off the sum', () => {
    const parts = [part([row(1_000n)], 2), part([row(500n)])]
    expect(bundlePrice(parts, 0, REQUEST)).toEqual({ amountMinor: 2_500n, listMinor: 2_500n })
    expect(bundlePrice(parts, 100_000, REQUEST)).toMatchObject({ amountMinor: 2_250n })
    expect(bundlePrice([part([row(5n)])], 100_000, REQUEST)).toMatchObject({ amountMinor: 5n })
    expect(bundlePrice(parts, 1_000_000, REQUEST)).toMatchObject({ amountMinor: 0n })
  })

  it('takes the tier of the quantity that is in one bundle', () => {
    const tiers = [row(1_000n), row(900n, { minQuantity: 3 })]
    expect(bundlePrice([part(tiers, 3)], 0, REQUEST)).toMatchObject({ amountMinor: 2_700n })
  })

  it('has a component by measure in the part of a whole one', () => {
    expect(bundlePrice([part([row(1_299n)], 250, 3)], 0, REQUEST)).toMatchObject({ amountMinor: 325n })
  })

  it('is reduced while a component is in a sale', () => {
    const sale = [row(1_000n, { kind: 'BASE' }), row(800n, { kind: 'SALE', rank: 1 })]
    expect(bundlePrice([part(sale)], 500_000, REQUEST)).toEqual({ amountMinor: 400n, listMinor: 500n })
  })

  it('has no price while a component has none', () => {
    expect(bundlePrice([part([row(100n)]), part([])], 0, REQUEST)).toBeUndefined()
  })
})

it('a unit price is that of the reference amount, rounded half away from zero', () => {
  expect(unitPrice(310n, { multiply: 1_000n, divide: 250n })).toBe(1_240n)
  expect(unitPrice(100n, { multiply: 1_000n, divide: 330n })).toBe(303n)
  expect(unitPrice(1n, { multiply: 1n, divide: 2n })).toBe(1n)
})
