import { MAX_QUANTITY } from '@hilo/kernel'
import type { ConditionKind } from '../condition.ts'
import { inLocale } from '../phrasing.ts'
import { countUnits } from '../units.ts'

/** At least so many units. */
export interface MinQuantity {
  readonly kind: 'MIN_QUANTITY'
  readonly quantity: number
  /** `ITEMS`, the default: units of the promotion's own items. `CART`: all. */
  readonly of?: 'ITEMS' | 'CART'
}

export const minQuantity: ConditionKind<MinQuantity> = {
  kind: 'MIN_QUANTITY',
  schema: {
    type: 'object',
    required: ['kind', 'quantity'],
    additionalProperties: false,
    properties: {
      kind: { const: 'MIN_QUANTITY' },
      quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
      of: { type: 'string', enum: ['ITEMS', 'CART'] },
    },
  },
  form: {
    label: { en: 'Units at least', es: 'Unidades mínimas' },
    fields: {
      quantity: { widget: 'quantity', order: 1, label: { en: 'Units', es: 'Unidades' } },
      of: {
        widget: 'choice',
        order: 2,
        label: { en: 'Counting', es: 'Contando' },
        options: {
          ITEMS: { en: 'its own items', es: 'sus artículos' },
          CART: { en: 'the whole cart', es: 'toda la cesta' },
        },
      },
    },
  },
  compile: ({ quantity: need, of }) => {
    return ({ items, eligible }) => {
      const have = Number(countUnits(of === 'CART' ? items : eligible))
      return have >= need ? undefined : { have, need, missing: need - have }
    }
  },
  phrase: ({ quantity }, say) =>
    inLocale(say, {
      en: `from ${quantity} ${quantity === 1 ? 'unit' : 'units'}`,
      es: `desde ${quantity} ${quantity === 1 ? 'unidad' : 'unidades'}`,
    }),
  message: (facts, reward, say) => {
    const missing = Number(facts['missing'])
    return inLocale(say, {
      en: `${missing} more ${missing === 1 ? 'unit' : 'units'} for ${reward}`,
      es: `${missing} ${missing === 1 ? 'unidad' : 'unidades'} más para ${reward}`,
    })
  },
}
