import type { ConditionKind } from '../condition.ts'
import { inLocale } from '../phrasing.ts'
import { MORE_THAN_MOST } from '../problem.ts'
import type { Facts } from '../trace.ts'

/** How many orders the customer placed before: `atMost: 0` is the first order. A guest is never counted. */
export interface OrderCount {
  readonly kind: 'ORDER_COUNT'
  readonly atLeast?: number
  readonly atMost?: number
}

const COUNT = { type: 'integer', minimum: 0, maximum: 1_000_000 } as const

const orders = (count: number) => ({
  en: `${count} ${count === 1 ? 'order' : 'orders'}`,
  es: `${count} ${count === 1 ? 'pedido' : 'pedidos'}`,
})

export const orderCount: ConditionKind<OrderCount> = {
  kind: 'ORDER_COUNT',
  schema: {
    type: 'object',
    required: ['kind'],
    minProperties: 2,
    additionalProperties: false,
    properties: { kind: { const: 'ORDER_COUNT' }, atLeast: COUNT, atMost: COUNT },
  },
  form: {
    label: { en: 'Orders placed before', es: 'Pedidos anteriores' },
    fields: {
      atLeast: { widget: 'number', order: 1, label: { en: 'At least', es: 'Al menos' } },
      atMost: {
        widget: 'number',
        order: 2,
        label: { en: 'At most', es: 'Como mucho' },
        help: { en: '0 is the first order', es: '0 es el primer pedido' },
      },
    },
  },
  impossible: ({ atLeast = 0, atMost = Infinity }) =>
    atLeast > atMost ? { path: ['atLeast'], reason: MORE_THAN_MOST } : undefined,
  compile: ({ atLeast = 0, atMost = Infinity }) => {
    return ({ context: { customer } }): Facts | undefined => {
      if (!customer) return { loginRequired: true }
      const have = customer.orderCount
      return have >= atLeast && have <= atMost ? undefined : { have, missing: Math.max(0, atLeast - have) }
    }
  },
  phrase: ({ atLeast = 0, atMost }, say) => {
    if (atMost === 0) return inLocale(say, { en: 'on the first order', es: 'en el primer pedido' })
    if (atMost === undefined)
      return inLocale(say, { en: `after ${orders(atLeast).en}`, es: `a partir de ${orders(atLeast).es}` })
    const { en, es } = orders(atMost)
    return atLeast > 0
      ? inLocale(say, { en: `after ${atLeast} to ${en}`, es: `de ${atLeast} a ${es}` })
      : inLocale(say, { en: `up to ${en}`, es: `hasta ${es}` })
  },
  message: (facts, reward, say) => {
    const missing = Number(facts['missing'])
    if (facts['loginRequired']) {
      return inLocale(say, { en: `Sign in for ${reward}`, es: `Inicia sesión para ${reward}` })
    }
    if (missing === 0)
      return inLocale(say, { en: 'Only with your first orders', es: 'Solo en tus primeros pedidos' })
    return inLocale(say, {
      en: `${missing} more ${missing === 1 ? 'order' : 'orders'} for ${reward}`,
      es: `${missing} ${missing === 1 ? 'pedido' : 'pedidos'} más para ${reward}`,
    })
  },
}
