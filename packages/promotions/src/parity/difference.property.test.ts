import { unwrap } from '@hilo/kernel'
import {
  compilePromotion,
  type PriceCandidate,
  type PricingContext,
  type PromotionInput,
} from '@hilo/pricing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { faceOf, type ParityCell, priceCell } from './cell.ts'
import { explainDifference } from './difference.ts'
import { differenceMessage } from './difference-message.ts'
import { reportRow } from './report.ts'

const VARIANT = { variantId: 'v', productId: 'p', sku: 'V', taxClass: 'STANDARD' }
const CHANNELS = ['web', 'store', 'device']
const SEGMENTS = ['vip', 'new']
const TIMES = ['2026-03-02T10:00:00.000Z', '2026-03-09T10:00:00.000Z']

const some = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

/** At most one thing narrows a row, so that rows often compete. */
const anyAudience: fc.Arbitrary<Partial<PriceCandidate>> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 2 },
  fc.record({ channelId: fc.constantFrom(...CHANNELS) }),
  fc.record({ marketId: fc.constantFrom('eu', 'jp') }),
  fc.record({ segmentId: fc.constantFrom(...SEGMENTS) }),
  fc.record({ validFrom: fc.constantFrom(...TIMES) }),
)

const anyRow: fc.Arbitrary<Omit<PriceCandidate, 'id'>> = fc
  .tuple(
    fc.record({
      amountMinor: fc.bigInt({ min: 0n, max: 5_000n }),
      currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
      rank: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('BASE', 'SALE', 'CONTRACT'),
      priceListId: fc.constantFrom('l1', 'l2', 'l3'),
    }),
    anyAudience,
  )
  .map(([row, audience]) => ({ ...row, ...audience, minQuantity: 1 }))

const anyPromotion = fc
  .record({
    effect: fc.oneof(
      fc.record({
        kind: fc.constant('PERCENT'),
        ratePpm: fc.integer({ min: 1, max: 1_000_000 }),
        target: fc.constantFrom('ITEM', 'ORDER'),
      }),
      fc.record({
        kind: fc.constant('AMOUNT'),
        amounts: fc.constant({ EUR: 300 }),
        target: fc.constant('ITEM'),
      }),
    ),
    channel: some(CHANNELS),
    startsAt: some(TIMES),
    exclusivityGroup: some(['g']),
    priority: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ channel, ...definition }) =>
    JSON.parse(
      JSON.stringify({
        v: 1,
        trigger: 'AUTOMATIC',
        ...definition,
        ...(channel && { channels: { codes: [channel] } }),
      }),
    ),
  )

const anyShop = fc.record({
  rows: fc.array(anyRow, { maxLength: 8 }),
  promotions: fc.array(anyPromotion, { maxLength: 4 }),
  stacking: fc.constantFrom('STACK', 'BEST_DEAL'),
})

const anyViewer = fc.record({
  channel: fc.constantFrom(...CHANNELS),
  jp: fc.boolean(),
  segment: some(SEGMENTS),
  now: fc.constantFrom(...TIMES),
  sold: fc.boolean(),
})

type Shop = typeof anyShop extends fc.Arbitrary<infer Value> ? Value : never
type Viewer = typeof anyViewer extends fc.Arbitrary<infer Value> ? Value : never

const contextFor = ({ channel, jp, segment, now }: Viewer, { stacking }: Shop): PricingContext => ({
  now,
  channel: { id: channel, code: channel, kind: 'WEB' },
  market: jp
    ? { id: 'jp', code: 'jp', currency: 'JPY', pricesIncludeTax: false }
    : { id: 'eu', code: 'eu', currency: 'EUR', pricesIncludeTax: true, stacking: stacking as 'STACK' },
  ...(segment && {
    customer: { id: 'c', groups: [], segments: [{ id: segment, code: segment }], orderCount: 0 },
  }),
})

const cellFor = (shop: Shop, viewer: Viewer): ParityCell => {
  const rows = shop.rows.map((row, index): PriceCandidate => ({ ...row, id: `r${index}` }))
  const promotions = shop.promotions.map((definition, index): PromotionInput => ({
    id: `p${index}`,
    version: 1,
    name: { en: `P${index}`, es: `P${index}` },
    compiled: unwrap(compilePromotion(definition)),
  }))
  const prices = new Map([['v', rows]])
  const facts = { ...VARIANT, sold: viewer.sold }
  return priceCell(facts, contextFor(viewer, shop), { prices, promotions, taxRates: { STANDARD: 210_000 } })
}

const NAMES = { listName: (id: string) => id, promotionName: () => 'P' }

test('every difference of any two cells has a reason, in both languages, and cells that are alike have none', () => {
  fc.assert(
    fc.property(anyShop, anyViewer, anyViewer, (shop, one, other) => {
      const [here, there] = [cellFor(shop, one), cellFor(shop, other)]
      const reasons = explainDifference(here, there)
      expect(reasons.length > 0).toBe(faceOf(here) !== faceOf(there))
      expect(explainDifference(there, here)).toHaveLength(reasons.length)
      for (const reason of reasons) {
        for (const locale of ['en', 'es'] as const) {
          const message = differenceMessage(reason, NAMES, locale)
          expect(message).not.toMatch(/[{}]|undefined/)
          expect(message.length).toBeGreaterThan(10)
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a row has no cell unlike its baseline that is left without an explanation', () => {
  fc.assert(
    fc.property(anyShop, fc.array(anyViewer, { minLength: 1, maxLength: 12 }), (shop, viewers) => {
      const row = reportRow({ variantId: 'v', cells: viewers.map((viewer) => cellFor(shop, viewer)) })
      const face = faceOf(row.cells[row.baseline]!)
      const unlike = row.cells.flatMap((cell, column) => (faceOf(cell) === face ? [] : [column]))
      expect(row.deviations.map(({ column }) => column)).toEqual(unlike)
      expect(row.deviations.every(({ reasons }) => reasons.length > 0)).toBe(true)
    }),
  )
})
