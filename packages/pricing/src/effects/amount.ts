import type { AmountsByCurrency } from '../definition.ts'
import type { EffectKind } from '../effect.ts'
import { toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'
import { spread } from '../spread.ts'
import { CLASS_OF_TARGET, offWhat, type Target, TARGETS } from './percent.ts'

/** A fixed amount: off each unit, off each variant (`LINE`), once off the order, or off delivery. */
export interface AmountEffect {
  readonly kind: 'AMOUNT'
  readonly amounts: AmountsByCurrency
  readonly target: Target
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
      target: { type: 'string', enum: TARGETS },
    },
  },
  classOf: (effect) => CLASS_OF_TARGET[effect.target],
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
      case 'DELIVERY':
        return { on: 'DELIVERY', reduce: (delivery, currency) => atMost(amounts.get(currency)!, delivery) }
    }
  },
  phrase: (effect, say) => {
    const off = inLocale(say, { en: ' off', es: ' de descuento' })
    const each = effect.target === 'ITEM' ? inLocale(say, { en: ' each', es: ' por unidad' }) : ''
    return say.amounts(effect.amounts) + off + each + offWhat(effect.target, say)
  },
}
