import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LocatedStock, planReservation } from './plan-reservation.ts'
import { availableOf } from './stock.ts'

const VARIANTS = ['a', 'b', 'c']
const PLACES = ['p', 'q', 'r', 's']

const stock = fc
  .uniqueArray(
    fc.record({
      locationId: fc.constantFrom(...PLACES),
      variantId: fc.constantFrom(...VARIANTS),
      onHand: fc.nat(50),
      reserved: fc.nat(50),
      safety: fc.nat(5),
      priority: fc.nat(3),
    }),
    { selector: ({ locationId, variantId }) => `${locationId} ${variantId}` },
  )
  .map((rows): LocatedStock[] =>
    rows.map((row) => ({ ...row, sku: row.variantId, reserved: Math.min(row.reserved, row.onHand) })),
  )

const demand = fc
  .dictionary(fc.constantFrom(...VARIANTS), fc.integer({ min: 1, max: 60 }))
  .map((wanted) => new Map(Object.entries(wanted)))

const rowOf = (rows: readonly LocatedStock[], at: { locationId: string; variantId: string }) =>
  rows.find((row) => row.locationId === at.locationId && row.variantId === at.variantId)!

describe('planReservation', () => {
  it('never takes more from a location than can be sold there', () => {
    fc.assert(
      fc.property(demand, stock, (wanted, rows) => {
        for (const take of planReservation(wanted, rows).takes) {
          expect(take.quantity).toBeGreaterThan(0)
          expect(take.quantity).toBeLessThanOrEqual(availableOf(rowOf(rows, take)))
        }
      }),
    )
  })

  it('takes exactly what is wanted of each variant, or nothing at all', () => {
    fc.assert(
      fc.property(demand, stock, (wanted, rows) => {
        const { takes, shortage } = planReservation(wanted, rows)
        for (const [variantId, requested] of wanted) {
          const sum = (list: readonly { variantId: string }[], of: (row: never) => number) =>
            list
              .filter((row) => row.variantId === variantId)
              .reduce((total, row) => total + of(row as never), 0)
          const taken = sum(takes, ({ quantity }: { quantity: number }) => quantity)
          expect(taken).toBe(shortage ? 0 : requested)
          if (!shortage) expect(sum(rows, availableOf)).toBeGreaterThanOrEqual(requested)
        }
      }),
    )
  })

  it('says how many there are of the variant that falls short', () => {
    fc.assert(
      fc.property(demand, stock, (wanted, rows) => {
        const { shortage } = planReservation(wanted, rows)
        if (!shortage) return
        const of = rows.filter(({ variantId }) => variantId === shortage.variantId)
        expect(shortage.available).toBe(of.reduce((sum, row) => sum + availableOf(row), 0))
        expect(shortage.available).toBeLessThan(shortage.requested)
      }),
    )
  })

  it('does not depend on the order in which rows are read', () => {
    fc.assert(
      fc.property(demand, stock, (wanted, rows) => {
        expect(planReservation(wanted, rows.toReversed())).toEqual(planReservation(wanted, rows))
      }),
    )
  })
})

describe('planReservation chooses places', () => {
  const at = (locationId: string, onHand: number, priority: number): LocatedStock => ({
    locationId,
    variantId: 'a',
    sku: 'A',
    onHand,
    reserved: 0,
    safety: 0,
    priority,
  })
  const places = [at('far', 120, 2), at('near', 100, 1)]
  const take = (quantity: number) =>
    planReservation(new Map([['a', quantity]]), places).takes.map((part) => [part.locationId, part.quantity])

  it('takes from the first by priority that has it all', () => {
    expect(take(100)).toEqual([['near', 100]])
    expect(take(110)).toEqual([['far', 110]])
  })

  it('splits over places only when no one of them has it all', () => {
    expect(take(220)).toEqual([
      ['near', 100],
      ['far', 120],
    ])
    expect(planReservation(new Map([['a', 221]]), places).shortage).toEqual({
      variantId: 'a',
      requested: 221,
      available: 220,
    })
  })
})
