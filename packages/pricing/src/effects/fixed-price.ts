import type { AmountsByCurrency } from '../definition.ts'
import type { EffectKind } from '../effect.ts'
import { toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'

/** One unit, or delivery, at a price; never more than it costs without the promotion. */
export interface FixedPriceEffect {
  readonly kind: 'FIXED_PRICE'
  readonly amounts: AmountsByCurrency
  readonly target: 'ITEM' | 'DELIVERY'
}

export const fixedPrice: EffectKind<FixedPriceEffect> = {
  kind: 'FIXED_PRICE',
  schema: {
    type: 'object',
    required: ['kind', 'amounts', 'target'],
    additionalProperties: false,
    properties: {
      kind: { const: 'FIXED_PRICE' },
      amounts: { $ref: '#/$defs/amounts' },
      target: { type: 'string', enum: ['ITEM', 'DELIVERY'] },
    },
  },
  form: {
    label: { en: 'Fixed price', es: 'Precio fijo' },
    fields: {
      amounts: { widget: 'money-by-currency', order: 1, label: { en: 'Price', es: 'Precio' } },
      target: {
        widget: 'choice',
        order: 2,
        label: { en: 'Of', es: 'De' },
        options: {
          ITEM: { en: 'each unit', es: 'cada unidad' },
          DELIVERY: { en: 'delivery', es: 'el envío' },
        },
      },
    },
  },
  classOf: ({ target }) => (target === 'ITEM' ? 'CATALOG' : 'SHIPPING'),
  amounts: (effect) => [effect.amounts],
  compile: (effect) => {
    const amounts = toMinor(effect.amounts)
    if (effect.target === 'ITEM')
      return { on: 'UNIT', price: (unit, currency) => lower(unit, amounts.get(currency)!) }
    return {
      on: 'DELIVERY',
      reduce: (delivery, currency) => delivery - lower(delivery, amounts.get(currency)!),
    }
  },
  phrase: ({ amounts, target }, say) => {
    const price = say.amounts(amounts)
    if (target === 'DELIVERY') return inLocale(say, { en: `delivery for ${price}`, es: `envío por ${price}` })
    const what = say.eligible ?? inLocale(say, { en: 'each', es: 'cada unidad' })
    return inLocale(say, { en: `${what} for ${price}`, es: `${what} por ${price}` })
  },
}

const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b)
