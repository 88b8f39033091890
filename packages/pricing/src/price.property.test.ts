import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LineInput, PricingContext, PricingSnapshot } from './cart.ts'
import type { PricedCart } from './priced-cart.ts'
import { price } from './price.ts'
import { refundable } from './refundable.ts'
import { asked, cart, shop } from './testing/any-shop.ts'

const RUNS = { numRuns: 400 }

/** What goes wrong here goes wrong rarely: only when items tie. */
const MANY_RUNS = { numRuns: 3000 }

const holds = (check: (priced: PricedCart, snapshot: PricingSnapshot, asked: PricingContext) => void) =>
  fc.assert(
    fc.property(cart, asked, shop, (given, context, snapshot) => {
      check(price(given, context, snapshot), snapshot, context)
    }),
    RUNS,
  )

const sum = <T>(rows: readonly T[], amountOf: (row: T) => bigint): bigint =>
  rows.reduce((total, row) => total + amountOf(row), 0n)

describe('a priced cart', () => {
  it('allocates exactly what each promotion took off', () => {
    holds(({ applications, lines, delivery }) => {
      for (const { amount, allocations, class: name, points } of applications) {
        if (name === 'POINTS') expect(points).toBeGreaterThan(0)
        else if (name !== 'GIFT') expect(amount).toBeGreaterThan(0n)
        expect(sum(allocations, (allocation) => allocation.amount)).toBe(amount)
      }
      for (const line of lines) {
        const of = (isShelf: boolean) =>
          sum(line.allocations, (one) => ((one.class === 'CATALOG') === isShelf ? one.amount : 0n))
        expect(of(false)).toBe(line.discount)
        if (line.variantId !== 'kilos')
          expect(of(true)).toBe((line.unitList - line.unit) * BigInt(line.quantity))
        const named = applications.flatMap(({ allocations }) =>
          allocations.filter(({ lineId }) => lineId === line.id),
        )
        expect(sum(named, ({ amount }) => amount)).toBe(sum(line.allocations, ({ amount }) => amount))
      }
      const off = applications.flatMap(({ allocations }) =>
        allocations.filter(({ lineId }) => lineId === null),
      )
      expect(sum(off, ({ amount }) => amount)).toBe(delivery?.discount ?? 0n)
    })
  })

  it('has totals that are sums of its parts', () => {
    holds(({ lines, delivery, totals, taxes, pricesIncludeTax }) => {
      expect(totals.subtotal).toBe(sum(lines, (line) => line.subtotal))
      expect(totals.discount).toBe(sum(lines, (line) => line.discount))
      expect(totals.net).toBe(sum(lines, (line) => line.net) + (delivery?.net ?? 0n))
      expect(totals.tax).toBe(sum(taxes, ({ tax }) => tax))
      expect(totals.net).toBe(sum(taxes, ({ net }) => net))
      expect(totals.total).toBe(totals.net + totals.tax)
      expect(totals.subtotal - totals.discount + totals.delivery).toBe(
        pricesIncludeTax ? totals.total : totals.net,
      )
    })
  })

  it('has nothing below zero, and no line that adds up wrong', () => {
    holds(({ lines, delivery, pricesIncludeTax }) => {
      for (const line of lines) {
        const exact = line.unit * BigInt(line.quantity)
        // A measure on several lines is rounded once for all of them.
        if (line.variantId === 'kilos')
          expect(Math.abs(Number(line.subtotal) - Number(exact) / 1000)).toBeLessThan(1)
        else expect(line.subtotal).toBe(exact)
        expect(line.gross).toBe(line.net + line.tax)
        expect(pricesIncludeTax ? line.gross : line.net).toBe(line.subtotal - line.discount)
        if (line.gift) expect([line.gross, line.discount]).toEqual([0n, line.subtotal])
        for (const amount of [line.unit, line.discount, line.net, line.tax])
          expect(amount).toBeGreaterThanOrEqual(0n)
      }
      if (delivery) expect(delivery.net).toBeGreaterThanOrEqual(0n)
    })
  })

  it('explains each promotion exactly once, and each line', () => {
    fc.assert(
      fc.property(cart, asked, shop, (given, asks, snapshot) => {
        const { trace, applications, codes, offers, lines, problems } = price(given, asks, snapshot)
        const ids = trace.map(({ promotionId }) => promotionId)
        expect(ids.toSorted()).toEqual(snapshot.promotions.map(({ id }) => id).sort())
        const applied = trace
          .filter(({ outcome }) => outcome === 'APPLIED')
          .map(({ promotionId }) => promotionId)
        expect(applied.toSorted()).toEqual(applications.map(({ promotionId }) => promotionId).sort())
        for (const { code, facts } of trace) {
          if (code === 'LOST_TO') expect(applied).toContain(facts['promotionId'])
          if (code === 'NOT_COMBINABLE') expect(ids).toContain(facts['with'])
        }
        expect(codes.map(({ code }) => code)).toEqual(given.couponCodes ?? [])
        expect(offers.map(({ offerId }) => offerId)).toEqual(given.offerIds ?? [])
        const bought = lines.filter(({ gift }) => !gift)
        const answered = [...bought.map(({ id }) => id), ...problems.map(({ lineId }) => lineId ?? '')]
        expect(answered.toSorted()).toEqual(given.lines.map(({ id }) => id).sort())
      }),
      RUNS,
    )
  })

  it('is the same for the same question', () => {
    fc.assert(
      fc.property(cart, asked, shop, (given, asks, snapshot) => {
        const reversed = { ...snapshot, promotions: snapshot.promotions.toReversed() }
        expect(price(given, asks, snapshot)).toEqual(price(given, asks, snapshot))
        expect(price(given, asks, reversed)).toEqual(price(given, asks, snapshot))
      }),
      RUNS,
    )
  })

  it('costs the same whatever the order of its lines', () => {
    fc.assert(
      fc.property(cart, asked, shop, fc.func(fc.integer()), (given, asks, snapshot, key) => {
        const shuffled = { ...given, lines: given.lines.toSorted((a, b) => key(a.id) - key(b.id)) }
        const [one, other] = [price(shuffled, asks, snapshot), price(given, asks, snapshot)]
        expect([one.totals, one.points, one.gifts]).toEqual([other.totals, other.points, other.gifts])
      }),
      MANY_RUNS,
    )
  })

  it('costs the same, to one minor unit, when a line is split in two', () => {
    const split = (lines: readonly LineInput[], at: number) =>
      lines.flatMap((line, index) =>
        index === at && line.quantity > 1
          ? [
              { ...line, quantity: 1 },
              { ...line, id: 'rest', quantity: line.quantity - 1 },
            ]
          : [line],
      )
    fc.assert(
      fc.property(cart, asked, shop, fc.nat(6), (given, asks, snapshot, at) => {
        const one = price(given, asks, snapshot)
        const two = price({ ...given, lines: split(given.lines, at) }, asks, snapshot)
        expect([two.points, two.gifts]).toEqual([one.points, one.gifts])
        const [whole, parts] = [one.totals, two.totals]
        expect({ ...parts, net: 0n, tax: 0n, total: 0n }).toEqual({ ...whole, net: 0n, tax: 0n, total: 0n })
        const difference = parts.total - whole.total
        expect(difference >= -1n && difference <= 1n).toBe(true)
      }),
      MANY_RUNS,
    )
  })

  it('gives gifts as lines, and points as the sum of what each promotion gave', () => {
    holds(({ applications, gifts, lines, points, trace }) => {
      const given = applications.filter(({ class: name }) => name === 'GIFT')
      expect(gifts.map(({ promotionId }) => promotionId)).toEqual(given.map(({ promotionId }) => promotionId))
      expect(lines.filter(({ gift }) => gift).map(({ id }) => id)).toEqual(gifts.map(({ lineId }) => lineId))
      expect(applications.reduce((total, one) => total + one.points, 0)).toBe(points)
      expect(trace.length).toBeGreaterThanOrEqual(applications.length)
    })
  })

  it('never spends more than what is left of a budget', () => {
    holds(({ applications }, { promotions }) => {
      for (const { amount, promotionId } of applications) {
        const { budgetLeft } = promotions.find(({ id }) => id === promotionId)!
        expect(amount).toBeLessThanOrEqual(budgetLeft?.amountMinor ?? amount)
      }
    })
  })

  it('is paid back to the last minor unit, however its units are returned', () => {
    fc.assert(
      fc.property(cart, asked, shop, fc.integer({ min: 1, max: 500 }), (given, asks, snapshot, step) => {
        const paid = price(given, asks, snapshot)
        let back = paid.delivery?.gross ?? 0n
        for (const line of paid.lines) {
          for (let before = 0; before < line.quantity; before += step) {
            const part = refundable(line, Math.min(step, line.quantity - before), before)
            expect(part.net + part.tax).toBe(part.gross)
            expect(part.net >= 0n && part.tax >= 0n).toBe(true)
            back += part.gross
          }
        }
        expect(back).toBe(paid.totals.total)
      }),
      RUNS,
    )
  })
})
