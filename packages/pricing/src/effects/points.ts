import type { AmountsByCurrency } from '../definition.ts'
import type { EffectKind } from '../effect.ts'
import { toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'
import { eitherOf, onlyWith } from '../problem.ts'
import { sumLeft } from '../spread.ts'
import type { Miss } from '../trace.ts'

/**
 * Points that the customer earns, and no money: so many at once, so many for each full amount that the promotion's
 * items cost in the end, or a factor on the points that promotions before it gave.
 */
export interface PointsEffect {
  readonly kind: 'POINTS'
  readonly points?: number
  readonly per?: AmountsByCurrency
  /** 2000000 doubles. */
  readonly factorPpm?: number
}

/** Keeps any sum of points well within what JSON counts exactly. */
const MOST_POINTS = 1_000_000_000

export const points: EffectKind<PointsEffect> = {
  kind: 'POINTS',
  schema: {
    type: 'object',
    required: ['kind'],
    additionalProperties: false,
    properties: {
      kind: { const: 'POINTS' },
      points: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      per: { $ref: '#/$defs/amounts' },
      factorPpm: { type: 'integer', minimum: 1_000_001, maximum: 100_000_000 },
    },
  },
  form: {
    label: { en: 'Points', es: 'Puntos' },
    fields: {
      points: { widget: 'number', order: 1, label: { en: 'Points', es: 'Puntos' } },
      per: { widget: 'money-by-currency', order: 2, label: { en: 'For each', es: 'Por cada' } },
      factorPpm: {
        widget: 'factor',
        order: 3,
        label: { en: 'Or times all points before', es: 'O por todos los puntos anteriores' },
      },
    },
  },
  classOf: () => 'POINTS',
  amounts: ({ per }) => (per ? [per] : []),
  impossible: (effect) => {
    if ((effect.points === undefined) === (effect.factorPpm === undefined))
      return { path: ['points'], reason: eitherOf('points', 'factorPpm') }
    return effect.per && effect.points === undefined
      ? { path: ['per'], reason: onlyWith('points') }
      : undefined
  },
  compile: (effect) => {
    const { factorPpm, points: each = 0 } = effect
    const per = effect.per && toMinor(effect.per)
    const most = (earned: bigint) => Number(earned < MOST_POINTS ? earned : MOST_POINTS)
    return {
      on: 'POINTS',
      earn: (items, currency, before): number | Miss => {
        if (factorPpm !== undefined) {
          if (before === 0) return { code: 'NO_POINTS', facts: {} }
          return most((BigInt(before) * BigInt(factorPpm - 1_000_000)) / 1_000_000n)
        }
        if (!per) return each
        const [have, need] = [sumLeft(items), per.get(currency)!]
        const fact = (amount: bigint) => ({ amountMinor: Number(amount), currency })
        if (have < need)
          return {
            code: 'MIN_SUBTOTAL',
            facts: { have: fact(have), need: fact(need), missing: fact(need - have) },
          }
        return most((have / need) * BigInt(each))
      },
    }
  },
  phrase: ({ factorPpm, per, points: each = 0 }, say) => {
    if (factorPpm !== undefined) {
      const factor = say.number(factorPpm / 1_000_000)
      return inLocale(say, { en: `${factor} times the points`, es: `${factor} veces los puntos` })
    }
    const number = say.number(each)
    const some = inLocale(say, {
      en: `${number} ${each === 1 ? 'point' : 'points'}`,
      es: `${number} ${each === 1 ? 'punto' : 'puntos'}`,
    })
    if (!per) return some
    const amount = say.amounts(per)
    return some + inLocale(say, { en: ` for every ${amount}`, es: ` por cada ${amount}` })
  },
}
