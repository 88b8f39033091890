import { PPM } from '@hilo/kernel'
import type { AmountsByCurrency } from '../definition.ts'
import type { EffectKind, Item } from '../effect.ts'
import { toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'
import { spread } from '../spread.ts'
import { alignTo, cheapestFirst, rateOfUnits, takeUnits } from '../units.ts'
import { CLASS_OF_TARGET, offWhat, type Target, TARGET_OPTIONS, TARGETS } from './percent.ts'

/** A fixed amount: off each unit, each variant (`LINE`), across the order, off one unit (`ONCE`), or off delivery. */
export interface AmountEffect {
  readonly kind: 'AMOUNT'
  readonly amounts: AmountsByCurrency
  readonly target: Target | 'ONCE'
}

const atMost = (amount: bigint, limit: bigint): bigint => (amount < limit ? amount : limit)

export const amount: EffectKind<AmountEffect> = {
  kind: 'AMOUNT',
  schema: {
    type: 'object',
    required: ['kind', 'amounts', 'target'],
    additionalProperties: false,
    properties: {
      kind: { const: 'AMOUNT' },
      amounts: { $ref: '#/$defs/amounts' },
      target: { type: 'string', enum: [...TARGETS, 'ONCE'] },
    },
  },
  form: {
    label: { en: 'Amount off', es: 'Importe de descuento' },
    fields: {
      amounts: { widget: 'money-by-currency', order: 1, label: { en: 'Amount', es: 'Importe' } },
      target: {
        widget: 'choice',
        order: 2,
        label: { en: 'Off', es: 'Sobre' },
        options: {
          ...TARGET_OPTIONS,
          ONCE: { en: 'one unit, the dearest', es: 'una unidad, la más cara' },
        },
      },
    },
  },
  classOf: ({ target }) => (target === 'ONCE' ? 'LINE' : CLASS_OF_TARGET[target]),
  amounts: (effect) => [effect.amounts],
  compile: (effect) => {
    const amounts = toMinor(effect.amounts)
    switch (effect.target) {
      case 'ITEM':
        return { on: 'UNIT', price: (unit, currency) => unit - atMost(amounts.get(currency)!, unit) }
      case 'LINE':
        return {
          on: 'ITEMS',
          reduce: (items, currency) => items.map((item) => atMost(amounts.get(currency)!, item.left)),
        }
      case 'ORDER':
        return { on: 'ITEMS', reduce: (items, currency) => spread(amounts.get(currency)!, items) }
      case 'ONCE':
        return { on: 'ITEMS', reduce: (items, currency) => offDearest(items, amounts.get(currency)!) }
      case 'DELIVERY':
        return { on: 'DELIVERY', reduce: (delivery, currency) => atMost(amounts.get(currency)!, delivery) }
    }
  },
  phrase: (effect, say) => {
    const off = inLocale(say, { en: ' off', es: ' de descuento' })
    const { amounts, target } = effect
    if (target === 'ONCE')
      return say.amounts(amounts) + off + inLocale(say, { en: ' one unit', es: ' en una unidad' })
    const each = target === 'ITEM' ? inLocale(say, { en: ' each', es: ' por unidad' }) : ''
    return say.amounts(amounts) + off + each + offWhat(target, say)
  },
}

const offDearest = (items: readonly Item[], amount: bigint): bigint[] => {
  const [units] = takeUnits(cheapestFirst(items).reverse(), 1n)
  if (!units) return items.map(() => 0n)
  return alignTo(items, new Map([[units.item, atMost(amount, rateOfUnits(units, PPM))]]))
}
