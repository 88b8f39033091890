import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CartInput, LineInput, PricingContext, PricingSnapshot, PromotionInput } from './cart.ts'
import type { PriceCandidate } from './choose-price.ts'
import type { Condition } from './conditions.ts'
import { REDUCING_CLASSES, type PromotionDefinition } from './definition.ts'
import type { Effect } from './effects.ts'
import type { ItemPredicate } from './item-predicate.ts'
import type { PricedCart } from './priced-cart.ts'
import { price } from './price.ts'
import { context, promotion, snapshot } from './testing/shop.ts'

const VARIANTS = ['v1', 'v2', 'v3', 'v4', 'v5']
const rate = fc.integer({ min: 1, max: 1_000_000 })
const few = fc.integer({ min: 1, max: 4 })
// Small amounts tie often; large ones round often.
const minor = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5000 }))
const amounts = fc.record({ EUR: minor })
const target = fc.constantFrom('ITEM', 'LINE', 'ORDER', 'DELIVERY')

const items: fc.Arbitrary<ItemPredicate> = fc.oneof(
  fc.record({ variant: fc.subarray(VARIANTS, { minLength: 1 }) }),
  fc.record({ not: fc.record({ variant: fc.subarray(VARIANTS, { minLength: 1 }) }) }),
  fc.record({ priceAtLeast: amounts }),
)

const side = fc.record({ quantity: few, items }, { requiredKeys: ['quantity'] })

const effect = fc.oneof(
  fc.record({ kind: fc.constant('PERCENT'), ratePpm: rate, target }),
  fc.record({ kind: fc.constant('AMOUNT'), amounts, target }),
  fc.record({ kind: fc.constant('FIXED_PRICE'), amounts, target: fc.constantFrom('ITEM', 'DELIVERY') }),
  fc.record({ kind: fc.constant('FREE_DELIVERY') }),
  fc.record({ kind: fc.constant('CHEAPEST'), ratePpm: rate, quantity: few }),
  fc.record({ kind: fc.constant('BUY_X_GET_Y'), buy: side, get: side, ratePpm: rate }),
  fc.record({
    kind: fc.constant('BUNDLE'),
    parts: fc.array(fc.record({ quantity: few, items }), { minLength: 1, maxLength: 2 }),
    amounts,
  }),
  fc.record({
    kind: fc.constant('TIERED'),
    tiers: fc.tuple(fc.record({ quantity: few, ratePpm: rate })),
    target: fc.constantFrom('LINE', 'ORDER'),
  }),
) as fc.Arbitrary<Effect>

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('MIN_SUBTOTAL' as const), amounts }),
  fc.record({ kind: fc.constant('MIN_QUANTITY' as const), quantity: few }),
)

const definition: fc.Arbitrary<Omit<PromotionDefinition, 'v'>> = fc.record(
  {
    trigger: fc.constantFrom('AUTOMATIC', 'AUTOMATIC', 'COUPON'),
    effect,
    items,
    conditions: fc.array(condition, { maxLength: 1 }),
    cap: fc.record({ amountMinor: fc.integer({ min: 1, max: 2000 }), currency: fc.constant('EUR') }),
    priority: fc.integer({ min: 0, max: 2 }),
    exclusivityGroup: fc.constantFrom('x', 'y'),
    combinesWith: fc.subarray([...REDUCING_CLASSES]),
  },
  { requiredKeys: ['trigger', 'effect'] },
)

const promotions: fc.Arbitrary<PromotionInput[]> = fc
  .array(fc.tuple(definition, fc.boolean()), { maxLength: 8 })
  .map((all) => all.map(([one, limitReached], index) => promotion(`p${index}`, one, { limitReached })))

const prices: fc.Arbitrary<Record<string, PriceCandidate[]>> = fc.record(
  Object.fromEntries(
    VARIANTS.map((id) => [
      id,
      fc.array(fc.tuple(fc.oneof(fc.constant(0), minor), few), { maxLength: 2 }).map((rows) =>
        rows.map(([amount, minQuantity], index) => ({
          id: `${id}-${index}`,
          amountMinor: BigInt(amount),
          currency: 'EUR',
          minQuantity,
          rank: index,
        })),
      ),
    ]),
  ),
)

const CLASSES: Readonly<Record<string, string>> = {
  v1: 'STANDARD',
  v2: 'STANDARD',
  v3: 'REDUCED',
  v4: 'ZERO',
  v5: 'ODD',
}

const cart: fc.Arbitrary<CartInput> = fc.record(
  {
    lines: fc
      .array(fc.tuple(fc.constantFrom(...VARIANTS), fc.integer({ min: 1, max: 9 })), { maxLength: 7 })
      .map((all) =>
        all.map(([variantId, quantity], index): LineInput => ({
          id: `l${index}`,
          variantId,
          productId: variantId,
          sku: variantId,
          taxClass: CLASSES[variantId]!,
          quantity,
        })),
      ),
    couponCodes: fc.array(fc.constantFrom('C0', 'C1', 'C2', 'none'), { maxLength: 3 }),
    delivery: fc.record({
      amountMinor: fc.bigInt({ min: 0n, max: 1000n }),
      taxClass: fc.constantFrom('STANDARD', 'ZERO'),
    }),
  },
  { requiredKeys: ['lines'] },
)

const asked: fc.Arbitrary<PricingContext> = fc
  .record({
    pricesIncludeTax: fc.boolean(),
    stacking: fc.constantFrom('STACK', 'BEST_DEAL'),
    taxPer: fc.constantFrom('LINE', 'UNIT', 'ORDER'),
  })
  .map((market) => context(market))

const shop: fc.Arbitrary<PricingSnapshot> = fc.tuple(promotions, prices).map(([all, rows]) =>
  snapshot(all, {
    prices: rows,
    coupons: [0, 1, 2].map((index) => ({ code: `C${index}`, promotionId: `p${index}` })),
    taxRates: { STANDARD: 210_000, REDUCED: 100_000, ODD: 107_500 },
  }),
)

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
      for (const { amount, allocations } of applications) {
        expect(amount).toBeGreaterThan(0n)
        expect(sum(allocations, (allocation) => allocation.amount)).toBe(amount)
      }
      for (const line of lines) {
        const of = (isShelf: boolean) =>
          sum(line.allocations, (one) => ((one.class === 'CATALOG') === isShelf ? one.amount : 0n))
        expect(of(false)).toBe(line.discount)
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
        expect(line.subtotal).toBe(line.unit * BigInt(line.quantity))
        expect(line.gross).toBe(line.net + line.tax)
        expect(pricesIncludeTax ? line.gross : line.net).toBe(line.subtotal - line.discount)
        for (const amount of [line.unit, line.discount, line.net, line.tax])
          expect(amount).toBeGreaterThanOrEqual(0n)
      }
      if (delivery) expect(delivery.net).toBeGreaterThanOrEqual(0n)
    })
  })

  it('explains each promotion exactly once, and each line', () => {
    fc.assert(
      fc.property(cart, asked, shop, (given, asks, snapshot) => {
        const { trace, applications, codes, lines, problems } = price(given, asks, snapshot)
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
        const answered = [...lines.map(({ id }) => id), ...problems.map(({ lineId }) => lineId ?? '')]
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
        expect(price(shuffled, asks, snapshot).totals).toEqual(price(given, asks, snapshot).totals)
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
        const whole = price(given, asks, snapshot).totals
        const parts = price({ ...given, lines: split(given.lines, at) }, asks, snapshot).totals
        expect({ ...parts, net: 0n, tax: 0n, total: 0n }).toEqual({ ...whole, net: 0n, tax: 0n, total: 0n })
        const difference = parts.total - whole.total
        expect(difference >= -1n && difference <= 1n).toBe(true)
      }),
      MANY_RUNS,
    )
  })
})
