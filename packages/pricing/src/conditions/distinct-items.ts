import type { ConditionKind } from '../condition.ts'
import { inLocale } from '../phrasing.ts'

/** At least so many different variants among the promotion's items. */
export interface DistinctItems {
  readonly kind: 'DISTINCT_ITEMS'
  readonly quantity: number
}

export const distinctItems: ConditionKind<DistinctItems> = {
  kind: 'DISTINCT_ITEMS',
  schema: {
    type: 'object',
    required: ['kind', 'quantity'],
    additionalProperties: false,
    properties: {
      kind: { const: 'DISTINCT_ITEMS' },
      quantity: { type: 'integer', minimum: 2, maximum: 1_000 },
    },
  },
  form: {
    label: { en: 'Different items at least', es: 'Artículos distintos mínimos' },
    fields: {
      quantity: { widget: 'quantity', order: 1, label: { en: 'Different items', es: 'Artículos distintos' } },
    },
  },
  compile: ({ quantity: need }) => {
    return ({ eligible }) => {
      const have = new Set(eligible.map((item) => item.facts.variantId)).size
      return have >= need ? undefined : { have, need, missing: need - have }
    }
  },
  phrase: ({ quantity }, say) =>
    inLocale(say, { en: `from ${quantity} different items`, es: `desde ${quantity} artículos distintos` }),
  message: (facts, reward, say) => {
    const missing = Number(facts['missing'])
    return inLocale(say, {
      en: `${missing} more different ${missing === 1 ? 'item' : 'items'} for ${reward}`,
      es: `${missing} ${missing === 1 ? 'artículo distinto' : 'artículos distintos'} más para ${reward}`,
    })
  },
}
