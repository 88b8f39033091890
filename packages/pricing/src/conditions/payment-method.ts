import type { ConditionKind } from '../condition.ts'
import { inLocale } from '../phrasing.ts'
import type { Facts } from '../trace.ts'

/** Paid with one of these methods; not met while none is chosen. */
export interface PaymentMethod {
  readonly kind: 'PAYMENT_METHOD'
  readonly methods: readonly string[]
}

export const paymentMethod: ConditionKind<PaymentMethod> = {
  kind: 'PAYMENT_METHOD',
  schema: {
    type: 'object',
    required: ['kind', 'methods'],
    additionalProperties: false,
    properties: { kind: { const: 'PAYMENT_METHOD' }, methods: { $ref: '#/$defs/codes' } },
  },
  form: {
    label: { en: 'Payment method', es: 'Forma de pago' },
    fields: {
      methods: {
        widget: 'picker',
        order: 1,
        label: { en: 'One of', es: 'Una de' },
        refersTo: 'paymentMethod',
      },
    },
  },
  compile: ({ methods }) => {
    const accepted = new Set(methods)
    return ({ cart: { paymentMethod: have } }): Facts | undefined =>
      have !== undefined && accepted.has(have) ? undefined : { ...(have ? { have } : {}), methods }
  },
  phrase: ({ methods }, say) =>
    inLocale(say, { en: 'when paid with ', es: 'al pagar con ' }) + say.names('paymentMethod', methods),
  message: ({ methods }, reward, say) => {
    const names = say.names('paymentMethod', methods as readonly string[])
    return inLocale(say, { en: `Pay with ${names} for ${reward}`, es: `Paga con ${names} para ${reward}` })
  },
}
