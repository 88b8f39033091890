import {
  compilePromotion,
  type CartInput,
  price,
  type PricingContext,
  type PricingSnapshot,
  type PromotionInput,
} from '@hilo/pricing'
import { atMost, type Figures, type MeasuredRung, type Scenario } from '../scenario.ts'

const LINES = 50
const PROMOTIONS = 100
const RUNS = 2_000

const CATEGORIES = ['coffee', 'tea', 'cups', 'pots', 'food', 'gifts', 'books', 'music']

/** Fifty variants with categories, collections and attributes; many prices tie. */
const cart: CartInput = {
  lines: Array.from({ length: LINES }, (_, index) => ({
    id: `line-${index}`,
    variantId: `variant-${index}`,
    productId: `product-${index >> 1}`,
    sku: `SKU-${index}`,
    categorySlugs: [CATEGORIES[index % 8]!, 'all'],
    collectionSlugs: [`collection-${index % 5}`],
    attributes: { colour: [['red', 'green', 'blue'][index % 3]!], size: [index % 7] },
    taxClass: index % 3 ? 'STANDARD' : 'REDUCED',
    quantity: 1 + (index % 4),
    unitPrice: { id: `price-${index}`, amountMinor: BigInt(500 + (index % 10) * 137) },
  })),
  delivery: { amountMinor: 495n, taxClass: 'STANDARD' },
}

const EFFECTS = [
  { kind: 'PERCENT', ratePpm: 50_000, target: 'ITEM' },
  { kind: 'PERCENT', ratePpm: 10_000, target: 'LINE' },
  { kind: 'AMOUNT', amounts: { EUR: 100 }, target: 'ORDER' },
  { kind: 'BUY_X_GET_Y', buy: { quantity: 2 }, get: { quantity: 1 } },
  { kind: 'FREE_DELIVERY' },
  { kind: 'CHEAPEST', ratePpm: 1_000_000, every: 3 },
  { kind: 'POINTS', points: 1, per: { EUR: 100 } },
  { kind: 'TIERED', target: 'ORDER', tiers: [{ quantity: 3, ratePpm: 10_000 }] },
  { kind: 'FIXED_PRICE', target: 'ITEM', amounts: { EUR: 900 } },
  { kind: 'AMOUNT', amounts: { EUR: 10 }, target: 'LINE' },
]

const itemsOf = (index: number): object =>
  [
    { category: [CATEGORIES[index % 8]!] },
    { attribute: { code: 'size', atLeast: index % 7 } },
    { collection: [`collection-${index % 5}`] },
    { any: [{ sku: [`SKU-${index % LINES}`] }, { attribute: { code: 'colour', in: ['red'] } }] },
  ][index % 4]!

const WEEKDAYS = { weekly: [{ days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '08:00', until: '22:00' }] }

/** A third has weekly hours, a quarter a condition, a sixth an exclusivity group; two in three come to apply. */
const promotionAt = (index: number): PromotionInput => {
  const compiled = compilePromotion({
    v: 1,
    trigger: 'AUTOMATIC',
    effect: EFFECTS[index % EFFECTS.length],
    items: itemsOf(index),
    priority: index % 5,
    ...(index % 3 === 0 ? { schedule: WEEKDAYS } : {}),
    ...(index % 4 === 0 ? { conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 1000 } }] } : {}),
    ...(index % 6 === 0 ? { exclusivityGroup: `group-${index % 5}` } : {}),
  })
  if (!compiled.ok) throw new Error(compiled.error.data.reason.en)
  return { id: `promotion-${index}`, version: 1, name: { en: `Bench ${index}` }, compiled: compiled.value }
}

const snapshotOf = (promotions: number): PricingSnapshot => ({
  promotions: Array.from({ length: promotions }, (_, index) => promotionAt(index)),
  prices: new Map(),
  taxRates: { STANDARD: 210_000, REDUCED: 100_000 },
})

const contextOf = (stacking: 'STACK' | 'BEST_DEAL'): PricingContext => ({
  now: '2026-06-15T12:00:00Z',
  channel: { id: 'web', code: 'web', kind: 'WEB' },
  market: {
    id: 'eu',
    code: 'eu',
    currency: 'EUR',
    pricesIncludeTax: true,
    timeZone: 'Europe/Madrid',
    stacking,
  },
})

/** Milliseconds of one call, in this process: no server and no database. */
const rung = (
  label: string,
  promotions: number,
  stacking: 'STACK' | 'BEST_DEAL' = 'STACK',
): MeasuredRung => ({
  label,
  measure: async ({ isQuick }): Promise<Figures> => {
    const [context, snapshot] = [contextOf(stacking), snapshotOf(promotions)]
    const times: number[] = []
    const runs = isQuick ? RUNS / 50 : RUNS
    for (let run = -runs / 2; run < runs; run += 1) {
      const startedAt = performance.now()
      price(cart, context, snapshot)
      if (run >= 0) times.push(performance.now() - startedAt)
    }
    times.sort((a, b) => a - b)
    return { p50: times[Math.floor(runs * 0.5)]!, p95: times[Math.floor(runs * 0.95)]! }
  },
})

export const scenarios: readonly Scenario[] = [
  {
    name: 'pricing',
    title: `The price function on ${LINES} lines`,
    figure: 'p50',
    rungs: {
      none: rung('without promotions', 0),
      ours: rung(`${PROMOTIONS} promotions`, PROMOTIONS),
      'best-deal': rung(`${PROMOTIONS} promotions, the best deal`, PROMOTIONS, 'BEST_DEAL'),
    },
    goals: ({ ours, 'best-deal': bestDeal }) => [
      atMost(`ms for ${PROMOTIONS} promotions, at the median`, { value: ours?.['p50'], limit: 2 }),
      atMost(`ms of the slowest in twenty, for ${PROMOTIONS} promotions`, {
        value: ours?.['p95'],
        limit: 2,
        cause: 'one call in twenty meets the collector of garbage, or another process on its core',
      }),
      atMost(`ms for the best deal out of ${PROMOTIONS} promotions, at the median`, {
        value: bestDeal?.['p50'],
        limit: 2,
        cause:
          'each group of exclusive promotions is tried with each of its members, on a core that others share',
      }),
    ],
  },
]
