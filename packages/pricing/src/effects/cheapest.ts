import { MAX_QUANTITY } from '@hilo/kernel'
import type { EffectKind } from '../effect.ts'
import { inLocale } from '../phrasing.ts'
import { alignTo, cheapestFirst, countUnits, rateOfUnits, takeUnits } from '../units.ts'

/** A rate off the cheapest units: of all, or of every so many ("3 for 2" is every 3, rate 1000000). */
export interface CheapestEffect {
  readonly kind: 'CHEAPEST'
  /** 1000000 is free. */
  readonly ratePpm: number
  /** How many of them; default 1. */
  readonly quantity?: number
  readonly every?: number
}

export const cheapest: EffectKind<CheapestEffect> = {
  kind: 'CHEAPEST',
  schema: {
    type: 'object',
    required: ['kind', 'ratePpm'],
    additionalProperties: false,
    properties: {
      kind: { const: 'CHEAPEST' },
      ratePpm: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
      every: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
    },
  },
  form: {
    label: { en: 'The cheapest free or reduced', es: 'Los más baratos gratis o rebajados' },
    fields: {
      ratePpm: { widget: 'percent', order: 3, label: { en: 'Percentage', es: 'Porcentaje' } },
      quantity: {
        widget: 'quantity',
        order: 1,
        label: { en: 'How many are reduced', es: 'Cuántos se rebajan' },
      },
      every: { widget: 'quantity', order: 2, label: { en: 'Of every', es: 'De cada' } },
    },
  },
  classOf: () => 'LINE',
  impossible: ({ every, quantity = 1 }) =>
    every !== undefined && every < quantity
      ? {
          path: ['every'],
          reason: {
            en: 'must not be less than the number of units it reduces',
            es: 'no debe ser menos que las unidades que rebaja',
          },
        }
      : undefined,
  compile: ({ every, quantity = 1, ratePpm }) => ({
    on: 'ITEMS',
    reduce: (items) => {
      const have = countUnits(items)
      if (every !== undefined && have < BigInt(every)) {
        return {
          code: 'MIN_QUANTITY',
          facts: { have: Number(have), need: every, missing: every - Number(have) },
        }
      }
      const sets = every === undefined ? 1n : have / BigInt(every)
      const taken = takeUnits(cheapestFirst(items), sets * BigInt(quantity))
      return alignTo(items, new Map(taken.map((units) => [units.item, rateOfUnits(units, BigInt(ratePpm))])))
    },
  }),
  phrase: ({ every, quantity = 1, ratePpm }, say) => {
    const free = ratePpm === 1_000_000
    const which = {
      en: quantity === 1 ? 'the cheapest' : `the ${quantity} cheapest`,
      es: quantity === 1 ? 'el más barato' : `los ${quantity} más baratos`,
    }
    const of =
      every === undefined ? { en: '', es: '' } : { en: ` of every ${every}`, es: ` de cada ${every}` }
    const items =
      say.eligible === undefined ? { en: '', es: '' } : { en: ` ${say.eligible}`, es: ` en ${say.eligible}` }
    const rate = say.percent(ratePpm)
    return inLocale(say, {
      en: free ? `${which.en}${of.en}${items.en} free` : `${rate} off ${which.en}${of.en}${items.en}`,
      es: free
        ? `${which.es}${of.es} gratis${items.es}`
        : `${rate} de descuento en ${which.es}${of.es}${items.es}`,
    })
  },
}
