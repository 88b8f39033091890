import * as fc from 'fast-check'
import type {
  CartInput,
  LineInput,
  PricingContext,
  PricingSnapshot,
  PromotionInput,
  VariantFacts,
} from '../cart.ts'
import type { PriceCandidate } from '../choose-price.ts'
import type { Condition } from '../conditions.ts'
import { type PromotionDefinition, REDUCING_CLASSES } from '../definition.ts'
import type { Effect } from '../effects.ts'
import type { ItemPredicate } from '../item-predicate.ts'
import { context, promotion, snapshot } from './shop.ts'

const VARIANTS = ['v1', 'v2', 'v3', 'v4', 'v5', 'kilos']
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
  fc.record({ collection: fc.constantFrom(['new'], ['old', 'new']) }),
  fc.record({ attribute: fc.record({ code: fc.constant('size'), atLeast: fc.integer({ min: 1, max: 5 }) }) }),
)

const side = fc.record({ quantity: few, items }, { requiredKeys: ['quantity'] })

const effect = fc.oneof(
  fc.record({ kind: fc.constant('PERCENT'), ratePpm: rate, target }),
  fc.record({ kind: fc.constant('AMOUNT'), amounts, target }),
  fc.record({ kind: fc.constant('FIXED_PRICE'), amounts, target: fc.constantFrom('ITEM', 'DELIVERY') }),
  fc.record({ kind: fc.constant('AMOUNT'), amounts, target: fc.constant('ONCE') }),
  fc.record({ kind: fc.constant('FREE_DELIVERY') }),
  fc.record(
    { kind: fc.constant('GIFT'), variant: fc.constantFrom(...VARIANTS), quantity: few, every: few },
    { requiredKeys: ['kind', 'variant'] },
  ),
  fc.record({ kind: fc.constant('POINTS'), points: few, per: amounts }, { requiredKeys: ['kind', 'points'] }),
  fc.record({ kind: fc.constant('POINTS'), factorPpm: fc.integer({ min: 1_000_001, max: 5_000_000 }) }),
  fc.record({ kind: fc.constant('CHEAPEST'), ratePpm: rate, quantity: few }),
  fc.record({ kind: fc.constant('BUY_X_GET_Y'), buy: side, get: side, ratePpm: rate }),
  fc.record({
    kind: fc.constant('BUNDLE'),
    parts: fc.array(fc.record({ quantity: few, items }), { minLength: 1, maxLength: 2 }),
    amounts,
  }),
  fc.record({
    kind: fc.constant('TIERED'),
    tiers: fc.tuple(
      fc.oneof(fc.record({ quantity: few, ratePpm: rate }), fc.record({ amounts, off: amounts })),
    ),
    target: fc.constantFrom('LINE', 'ORDER'),
  }),
) as fc.Arbitrary<Effect>

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('MIN_SUBTOTAL' as const), amounts }),
  fc.record({ kind: fc.constant('MIN_QUANTITY' as const), quantity: few }),
)

const most = fc.integer({ min: 1, max: 2000 })
/** In either form, or not at all. */
const capped: fc.Arbitrary<Pick<PromotionDefinition, 'cap' | 'caps'>> = fc.oneof(
  fc.constant({}),
  fc.record({ cap: fc.record({ amountMinor: most, currency: fc.constant('EUR') }) }),
  fc.record({ caps: fc.record({ EUR: most, JPY: most }) }),
)

const uncapped: fc.Arbitrary<Omit<PromotionDefinition, 'v' | 'cap' | 'caps'>> = fc.record(
  {
    trigger: fc.constantFrom('AUTOMATIC', 'AUTOMATIC', 'COUPON', 'OFFER'),
    effect,
    items,
    conditions: fc.array(condition, { maxLength: 1 }),
    priority: fc.integer({ min: 0, max: 2 }),
    exclusivityGroup: fc.constantFrom('x', 'y'),
    combinesWith: fc.subarray([...REDUCING_CLASSES]),
  },
  { requiredKeys: ['trigger', 'effect'] },
)

/** Any definition that compiles, but for its version. */
export const definition: fc.Arbitrary<Omit<PromotionDefinition, 'v'>> = fc
  .tuple(uncapped, capped)
  .map(([one, cap]) => ({ ...one, ...cap }))

const promotions: fc.Arbitrary<PromotionInput[]> = fc
  .array(fc.tuple(definition, fc.boolean(), fc.option(fc.bigInt({ min: 0n, max: 3000n }))), { maxLength: 8 })
  .map((all) =>
    all.map(([{ cap, caps, ...one }, limitReached, left], index) => {
      const isBeside = one.effect.kind === 'GIFT' || one.effect.kind === 'POINTS'
      return promotion(`p${index}`, isBeside ? one : { ...one, ...(cap && { cap }), ...(caps && { caps }) }, {
        limitReached,
        ...(left === null ? {} : { budgetLeft: { amountMinor: left, currency: 'EUR' } }),
      })
    }),
  )

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
  kilos: 'REDUCED',
}

/** `kilos` is sold by the gram. */
const factsOf = (variantId: string): VariantFacts => ({
  variantId,
  productId: variantId,
  sku: variantId,
  taxClass: CLASSES[variantId]!,
  collectionSlugs: variantId === 'v1' || variantId === 'kilos' ? ['new'] : [],
  attributes: { size: [VARIANTS.indexOf(variantId)] },
  ...(variantId === 'kilos' ? { measure: { scale: 3 } } : {}),
})

/** Any cart, with lines of one variant on several lines. */
export const cart: fc.Arbitrary<CartInput> = fc.record(
  {
    lines: fc
      .array(fc.tuple(fc.constantFrom(...VARIANTS), fc.integer({ min: 1, max: 9 })), { maxLength: 7 })
      .map((all) =>
        all.map(([variantId, quantity], index): LineInput => ({
          id: `l${index}`,
          ...factsOf(variantId),
          // Grams, many of them no whole number of kilograms.
          quantity: variantId === 'kilos' ? quantity * 777 : quantity,
        })),
      ),
    couponCodes: fc.array(fc.constantFrom('C0', 'C1', 'C2', 'none'), { maxLength: 3 }),
    offerIds: fc.array(fc.constantFrom('O3', 'O4', 'none'), { maxLength: 2 }),
    delivery: fc.record({
      amountMinor: fc.bigInt({ min: 0n, max: 1000n }),
      taxClass: fc.constantFrom('STANDARD', 'ZERO'),
    }),
  },
  { requiredKeys: ['lines'] },
)

/** Any market, at noon. */
export const asked: fc.Arbitrary<PricingContext> = fc
  .record({
    pricesIncludeTax: fc.boolean(),
    stacking: fc.constantFrom('STACK', 'BEST_DEAL'),
    taxPer: fc.constantFrom('LINE', 'UNIT', 'ORDER'),
  })
  .map((market) => context(market))

/** Any promotions and prices. */
export const shop: fc.Arbitrary<PricingSnapshot> = fc.tuple(promotions, prices).map(([all, rows]) => ({
  ...snapshot(all, {
    prices: rows,
    coupons: [0, 1, 2].map((index) => ({ code: `C${index}`, promotionId: `p${index}` })),
    taxRates: { STANDARD: 210_000, REDUCED: 100_000, ODD: 107_500 },
  }),
  offers: [3, 4].map((index) => ({ id: `O${index}`, promotionId: `p${index}` })),
  // One of them cannot be given away.
  gifts: new Map(VARIANTS.slice(1).map((id) => [id, factsOf(id)])),
}))
