import type { ConditionKind } from '../condition.ts'
import type { AmountsByCurrency } from '../definition.ts'
import { toMinor } from '../item-predicate.ts'
import { inLocale } from '../phrasing.ts'
import { sumLeft } from '../spread.ts'
import type { MoneyFact } from '../trace.ts'

/** Items worth at least this, as the market enters prices and after earlier promotions. */
export interface MinSubtotal {
  readonly kind: 'MIN_SUBTOTAL'
  readonly amounts: AmountsByCurrency
  /** `ITEMS`, the default: the promotion's own items. `CART`: everything. */
  readonly of?: 'ITEMS' | 'CART'
}

export const minSubtotal: ConditionKind<MinSubtotal> = {
  kind: 'MIN_SUBTOTAL',
  schema: {
    type: 'object',
    required: ['kind', 'amounts'],
    additionalProperties: false,
    properties: {
      kind: { const: 'MIN_SUBTOTAL' },
      amounts: { $ref: '#/$defs/amounts' },
      of: { type: 'string', enum: ['ITEMS', 'CART'] },
    },
  },
  form: {
    label: { en: 'Subtotal at least', es: 'Subtotal mínimo' },
    fields: {
      amounts: { widget: 'money-by-currency', order: 1, label: { en: 'Amount', es: 'Importe' } },
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
  amounts: (condition) => [condition.amounts],
  compile: ({ amounts, of }) => {
    const minimum = toMinor(amounts)
    return ({ items, eligible, context }) => {
      const currency = context.market.currency
      const need = minimum.get(currency)!
      const have = sumLeft(of === 'CART' ? items : eligible)
      if (have >= need) return undefined
      const fact = (amount: bigint): MoneyFact => ({ amountMinor: Number(amount), currency })
      return { have: fact(have), need: fact(need), missing: fact(need - have) }
    }
  },
  phrase: ({ amounts }, say) =>
    inLocale(say, { en: `from ${say.amounts(amounts)}`, es: `desde ${say.amounts(amounts)}` }),
  message: (facts, reward, say) => {
    const missing = say.money(facts['missing'] as MoneyFact)
    return inLocale(say, { en: `${missing} more for ${reward}`, es: `${missing} más para ${reward}` })
  },
}
