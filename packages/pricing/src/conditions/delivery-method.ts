import type { ConditionKind } from '../condition.ts'
import { inLocale } from '../phrasing.ts'
import type { Facts } from '../trace.ts'

/** Delivered by one of these methods; not met while none is chosen. */
export interface DeliveryMethod {
  readonly kind: 'DELIVERY_METHOD'
  readonly methods: readonly string[]
}

export const deliveryMethod: ConditionKind<DeliveryMethod> = {
  kind: 'DELIVERY_METHOD',
  schema: {
    type: 'object',
    required: ['kind', 'methods'],
    additionalProperties: false,
    properties: { kind: { const: 'DELIVERY_METHOD' }, methods: { $ref: '#/$defs/codes' } },
  },
  form: {
    label: { en: 'Delivery method', es: 'Forma de envío' },
    fields: {
      methods: {
        widget: 'picker',
        order: 1,
        label: { en: 'One of', es: 'Una de' },
        refersTo: 'deliveryMethod',
      },
    },
  },
  compile: ({ methods }) => {
    const accepted = new Set(methods)
    return ({ cart: { delivery } }): Facts | undefined => {
      const have = delivery?.method
      return have !== undefined && accepted.has(have) ? undefined : { ...(have ? { have } : {}), methods }
    }
  },
  phrase: ({ methods }, say) =>
    inLocale(say, { en: 'when delivered by ', es: 'con envío por ' }) + say.names('deliveryMethod', methods),
  message: ({ methods }, reward, say) => {
    const names = say.names('deliveryMethod', methods as readonly string[])
    return inLocale(say, { en: `Choose ${names} for ${reward}`, es: `Elige ${names} para ${reward}` })
  },
}
