import { decodeId, MAX_QUANTITY } from '@hilo/kernel'
import type { EffectKind } from '../effect.ts'
import { inLocale } from '../phrasing.ts'
import { onlyWith } from '../problem.ts'
import { countUnits } from '../units.ts'

/** Units of a variant for nothing, added to the cart as a line of their own: once, or for every so many units. */
export interface GiftEffect {
  readonly kind: 'GIFT'
  /** A database id or a public one. */
  readonly variant: string
  /** Default 1; of a measured variant in units of 10^-scale. */
  readonly quantity?: number
  /** For each so many units of the promotion's items. Absent: once. */
  readonly every?: number
  /** At most so often in one cart. */
  readonly times?: number
}

const COUNT = { type: 'integer', minimum: 1, maximum: MAX_QUANTITY } as const

export const gift: EffectKind<GiftEffect> = {
  kind: 'GIFT',
  schema: {
    type: 'object',
    required: ['kind', 'variant'],
    additionalProperties: false,
    properties: {
      kind: { const: 'GIFT' },
      variant: { type: 'string', minLength: 1, maxLength: 128 },
      quantity: COUNT,
      every: COUNT,
      times: COUNT,
    },
  },
  form: {
    label: { en: 'A gift', es: 'Un regalo' },
    fields: {
      variant: { widget: 'picker', order: 1, label: { en: 'Variant', es: 'Variante' }, refersTo: 'variant' },
      quantity: { widget: 'quantity', order: 2, label: { en: 'Units', es: 'Unidades' } },
      every: {
        widget: 'quantity',
        order: 3,
        label: { en: 'For every so many units bought', es: 'Por cada tantas unidades compradas' },
      },
      times: {
        widget: 'quantity',
        order: 4,
        label: { en: 'At most so often', es: 'Como mucho tantas veces' },
      },
    },
  },
  classOf: () => 'GIFT',
  impossible: ({ every, times }) =>
    times !== undefined && every === undefined ? { path: ['times'], reason: onlyWith('every') } : undefined,
  compile: ({ every, quantity = 1, times = MAX_QUANTITY, variant }) => ({
    on: 'GIFT',
    variantId: decodeId('variant', variant) ?? variant,
    quantity: (items) => {
      if (every === undefined) return quantity
      const have = Number(countUnits(items))
      const sets = Math.min(times, Math.floor(have / every))
      if (sets === 0) return { code: 'MIN_QUANTITY', facts: { have, need: every, missing: every - have } }
      return Math.min(MAX_QUANTITY, sets * quantity)
    },
  }),
  phrase: ({ every, variant }, say) => {
    const name = say.names('variant', [variant])
    const what = name === '' ? inLocale(say, { en: 'a gift', es: 'un regalo' }) : name
    const free = inLocale(say, { en: `${what} as a gift`, es: `${what} de regalo` })
    const each = inLocale(say, { en: ` for every ${every} units`, es: ` por cada ${every} unidades` })
    return (name === '' ? what : free) + (every === undefined ? '' : each)
  },
}
