import { atRate, divideRounded, PPM } from '@hilo/kernel'
import type { PromotionClass } from '../definition.ts'
import type { EffectKind } from '../effect.ts'
import { inLocale } from '../phrasing.ts'
import { spread, sumLeft } from '../spread.ts'

/** What a rate or an amount is taken off: each unit, each line, the order or delivery. */
export const TARGETS = ['ITEM', 'LINE', 'ORDER', 'DELIVERY'] as const

/** What people call them. */
export const TARGET_OPTIONS = {
  ITEM: { en: 'each unit, on the shelf', es: 'cada unidad, en el escaparate' },
  LINE: { en: 'each variant', es: 'cada variante' },
  ORDER: { en: 'all items together', es: 'todos los artículos juntos' },
  DELIVERY: { en: 'delivery', es: 'el envío' },
} as const

/** What a rate or an amount is taken off. */
export type Target = (typeof TARGETS)[number]

/** The class that a target makes. */
export const CLASS_OF_TARGET: Readonly<Record<Target, PromotionClass>> = {
  ITEM: 'CATALOG',
  LINE: 'LINE',
  ORDER: 'ORDER',
  DELIVERY: 'SHIPPING',
}

/** A share of the price: 10 % is 100000 ppm. `LINE` rounds per variant, `ORDER` once. */
export interface PercentEffect {
  readonly kind: 'PERCENT'
  readonly ratePpm: number
  readonly target: Target
}

export const percent: EffectKind<PercentEffect> = {
  kind: 'PERCENT',
  schema: {
    type: 'object',
    required: ['kind', 'ratePpm', 'target'],
    additionalProperties: false,
    properties: {
      kind: { const: 'PERCENT' },
      ratePpm: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      target: { type: 'string', enum: TARGETS },
    },
  },
  form: {
    label: { en: 'Percentage off', es: 'Porcentaje de descuento' },
    fields: {
      ratePpm: { widget: 'percent', order: 1, label: { en: 'Percentage', es: 'Porcentaje' } },
      target: { widget: 'choice', order: 2, label: { en: 'Off', es: 'Sobre' }, options: TARGET_OPTIONS },
    },
  },
  classOf: (effect) => CLASS_OF_TARGET[effect.target],
  compile: (effect) => {
    const rate = BigInt(effect.ratePpm)
    switch (effect.target) {
      case 'ITEM':
        return { on: 'UNIT', price: (unit) => divideRounded(unit * (PPM - rate), PPM) }
      case 'LINE':
        return { on: 'ITEMS', reduce: (items) => items.map((item) => atRate(item.left, rate)) }
      case 'ORDER':
        return { on: 'ITEMS', reduce: (items) => spread(atRate(sumLeft(items), rate), items) }
      case 'DELIVERY':
        return { on: 'DELIVERY', reduce: (delivery) => atRate(delivery, rate) }
    }
  },
  phrase: (effect, say) => {
    const off = inLocale(say, { en: ' off', es: ' de descuento' })
    return say.percent(effect.ratePpm) + off + offWhat(effect.target, say)
  },
}

/** " coffee", " the order", " delivery": what follows "10 % off". */
export const offWhat = (target: Target, say: Parameters<typeof percent.phrase>[1]): string => {
  if (target === 'DELIVERY') return inLocale(say, { en: ' delivery', es: ' en el envío' })
  if (say.eligible !== undefined) return inLocale(say, { en: ` ${say.eligible}`, es: ` en ${say.eligible}` })
  return target === 'ORDER' ? inLocale(say, { en: ' the order', es: ' en el pedido' }) : ''
}
