import { atRate, MAX_QUANTITY } from '@hilo/kernel'
import type { AmountsByCurrency } from '../definition.ts'
import type { EffectKind, Item } from '../effect.ts'
import { toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'
import { spread, sumLeft } from '../spread.ts'
import type { Miss } from '../trace.ts'
import { countUnits } from '../units.ts'

/** A rate from a quantity, or from amounts, on. */
interface Tier {
  readonly quantity?: number
  readonly amounts?: AmountsByCurrency
  readonly ratePpm: number
}

/** The more, the more off. `LINE`: each variant by itself; `ORDER`: all of the promotion's items together. */
export interface TieredEffect {
  readonly kind: 'TIERED'
  /** From the smallest on, either all by quantity or all by amounts. */
  readonly tiers: readonly Tier[]
  readonly target: 'LINE' | 'ORDER'
}

export const tiered: EffectKind<TieredEffect> = {
  kind: 'TIERED',
  schema: {
    type: 'object',
    required: ['kind', 'tiers', 'target'],
    additionalProperties: false,
    properties: {
      kind: { const: 'TIERED' },
      tiers: {
        type: 'array',
        minItems: 1,
        maxItems: 50,
        items: {
          type: 'object',
          required: ['ratePpm'],
          additionalProperties: false,
          properties: {
            quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
            amounts: { $ref: '#/$defs/amounts' },
            ratePpm: { type: 'integer', minimum: 1, maximum: 1_000_000 },
          },
        },
      },
      target: { type: 'string', enum: ['LINE', 'ORDER'] },
    },
  },
  classOf: (effect) => effect.target,
  amounts: ({ tiers }) => tiers.flatMap((tier) => (tier.amounts ? [tier.amounts] : [])),
  impossible: ({ tiers }) => {
    for (const [index, tier] of tiers.entries()) {
      const path = ['tiers', String(index)]
      if ((tier.quantity === undefined) === (tier.amounts === undefined)) {
        return { path, reason: 'must have either quantity or amounts' }
      }
      const before = tiers[index - 1]
      if (before && !isAfter(before, tier)) {
        return { path, reason: 'must be larger than the tier before, and of the same sort' }
      }
    }
    return undefined
  },
  compile: ({ target, tiers }) => {
    const steps = tiers.map(({ amounts = {}, quantity, ratePpm }) => {
      const minor = toMinor(amounts)
      return {
        from: (currency: string) => (quantity === undefined ? minor.get(currency)! : BigInt(quantity)),
        rate: BigInt(ratePpm),
      }
    })
    const measure = tiers[0]!.quantity === undefined ? sumLeft : countUnits
    const rateFor = (items: readonly Item[], currency: string): bigint =>
      steps.findLast((step) => measure(items) >= step.from(currency))?.rate ?? 0n
    return {
      on: 'ITEMS',
      reduce: (items, currency) => {
        if (target === 'LINE') {
          const amounts = items.map((item) => atRate(item.left, rateFor([item], currency)))
          const best = items.reduce((a, b) => (measure([b]) > measure([a]) ? b : a))
          return amounts.some((amount) => amount > 0n) ? amounts : belowFirst([best], tiers[0]!, currency)
        }
        const rate = rateFor(items, currency)
        if (rate === 0n) return belowFirst(items, tiers[0]!, currency)
        return spread(atRate(sumLeft(items), rate), items)
      },
    }
  },
  phrase: ({ tiers }, say) => {
    const items =
      say.eligible === undefined ? '' : inLocale(say, { en: ` ${say.eligible}`, es: ` en ${say.eligible}` })
    const highest = say.percent(tiers.at(-1)!.ratePpm)
    return inLocale(say, { en: `up to ${highest} off`, es: `hasta ${highest} de descuento` }) + items
  },
}

const isAfter = (before: Tier, tier: Tier): boolean => {
  if (tier.ratePpm <= before.ratePpm) return false
  if (tier.quantity !== undefined) return before.quantity !== undefined && tier.quantity > before.quantity
  return (
    before.amounts !== undefined &&
    Object.entries(before.amounts).every(([code, amount]) => (tier.amounts?.[code] ?? Infinity) > amount)
  )
}

const belowFirst = (items: readonly Item[], first: Tier, currency: string): Miss => {
  if (first.quantity !== undefined) {
    const have = Number(countUnits(items))
    return { code: 'MIN_QUANTITY', facts: { have, need: first.quantity, missing: first.quantity - have } }
  }
  const [have, need] = [Number(sumLeft(items)), first.amounts![currency]!]
  const fact = (amountMinor: number) => ({ amountMinor, currency })
  return { code: 'MIN_SUBTOTAL', facts: { have: fact(have), need: fact(need), missing: fact(need - have) } }
}
