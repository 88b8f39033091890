import { atRate, MAX_QUANTITY } from '@hilo/kernel'
import type { AmountsByCurrency } from '../definition.ts'
import type { EffectKind, Item } from '../effect.ts'
import { toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'
import { eitherOf } from '../problem.ts'
import { spread, sumLeft } from '../spread.ts'
import type { Miss } from '../trace.ts'
import { countUnits } from '../units.ts'

/** A rate, or amounts, off from a quantity, or from amounts, on. */
interface Tier {
  readonly quantity?: number
  readonly amounts?: AmountsByCurrency
  readonly ratePpm?: number
  readonly off?: AmountsByCurrency
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
          additionalProperties: false,
          properties: {
            quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
            amounts: { $ref: '#/$defs/amounts' },
            ratePpm: { type: 'integer', minimum: 1, maximum: 1_000_000 },
            off: { $ref: '#/$defs/amounts' },
          },
        },
      },
      target: { type: 'string', enum: ['LINE', 'ORDER'] },
    },
  },
  form: {
    label: { en: 'The more, the more off', es: 'Cuanto más, más descuento' },
    fields: {
      tiers: {
        widget: 'rows',
        order: 1,
        label: { en: 'Steps', es: 'Escalones' },
        fields: {
          quantity: { widget: 'quantity', order: 1, label: { en: 'From units', es: 'Desde unidades' } },
          amounts: {
            widget: 'money-by-currency',
            order: 2,
            label: { en: 'From an amount', es: 'Desde un importe' },
          },
          ratePpm: { widget: 'percent', order: 3, label: { en: 'Percentage', es: 'Porcentaje' } },
          off: {
            widget: 'money-by-currency',
            order: 4,
            label: { en: 'Or an amount off', es: 'O un importe' },
          },
        },
      },
      target: {
        widget: 'choice',
        order: 2,
        label: { en: 'Counted by', es: 'Contado por' },
        options: {
          LINE: { en: 'each variant by itself', es: 'cada variante por sí' },
          ORDER: { en: 'all items together', es: 'todos los artículos juntos' },
        },
      },
    },
  },
  classOf: (effect) => effect.target,
  amounts: ({ tiers }) =>
    tiers.flatMap(({ amounts: from, off }) => [from, off].filter((map) => map !== undefined)),
  impossible: ({ tiers }) => {
    for (const [index, tier] of tiers.entries()) {
      const path = ['tiers', String(index)]
      if ((tier.quantity === undefined) === (tier.amounts === undefined)) {
        return { path, reason: eitherOf('quantity', 'amounts') }
      }
      if ((tier.ratePpm === undefined) === (tier.off === undefined)) {
        return { path, reason: eitherOf('ratePpm', 'off') }
      }
      const before = tiers[index - 1]
      if (before && !isAfter(before, tier)) {
        const es = 'debe ser mayor que el tramo anterior y del mismo tipo'
        return { path, reason: { en: 'must be larger than the tier before, and of the same sort', es } }
      }
    }
    return undefined
  },
  compile: ({ target, tiers }) => {
    const steps = tiers.map(compileTier)
    const measure = tiers[0]!.quantity === undefined ? sumLeft : countUnits
    const offOf = (items: readonly Item[], currency: string): bigint => {
      const [reached, left] = [measure(items), sumLeft(items)]
      const off = steps.findLast((step) => reached >= step.from(currency))?.off(left, currency) ?? 0n
      return off < left ? off : left
    }
    const isReached = (items: readonly Item[], currency: string) => measure(items) >= steps[0]!.from(currency)
    return {
      on: 'ITEMS',
      reduce: (items, currency) => {
        if (target === 'LINE') {
          const amounts = items.map((item) => offOf([item], currency))
          const best = items.reduce((a, b) => (measure([b]) > measure([a]) ? b : a))
          return isReached([best], currency) ? amounts : belowFirst([best], tiers[0]!, currency)
        }
        if (!isReached(items, currency)) return belowFirst(items, tiers[0]!, currency)
        return spread(offOf(items, currency), items)
      },
    }
  },
  phrase: ({ tiers }, say) => {
    const items =
      say.eligible === undefined ? '' : inLocale(say, { en: ` ${say.eligible}`, es: ` en ${say.eligible}` })
    // The first too: whoever is told what is missing for it gets no more than it gives.
    const [first, last] = [tiers[0]!, tiers.at(-1)!].map(({ off, ratePpm = 0 }) =>
      off ? say.amounts(off) : say.percent(ratePpm),
    )
    const reduction =
      tiers.length === 1
        ? { en: `${first} off`, es: `${first} de descuento` }
        : { en: `${first} to ${last} off`, es: `de ${first} a ${last} de descuento` }
    return inLocale(say, reduction) + items
  },
}

const compileTier = ({ amounts = {}, off, quantity, ratePpm = 0 }: Tier) => {
  const [from, fixed] = [toMinor(amounts), off && toMinor(off)]
  return {
    from: (currency: string) => (quantity === undefined ? from.get(currency)! : BigInt(quantity)),
    off: (left: bigint, currency: string) => fixed?.get(currency) ?? atRate(left, BigInt(ratePpm)),
  }
}

/** Larger in each currency that both have. */
const isMore = (before: AmountsByCurrency | undefined, after: AmountsByCurrency | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  Object.entries(before).every(([code, amount]) => (after[code] ?? Infinity) > amount)

const isAfter = (before: Tier, tier: Tier): boolean => {
  const gives =
    tier.ratePpm === undefined ? isMore(before.off, tier.off) : tier.ratePpm > (before.ratePpm ?? Infinity)
  if (!gives) return false
  if (tier.quantity !== undefined) return before.quantity !== undefined && tier.quantity > before.quantity
  return isMore(before.amounts, tier.amounts)
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
