import type { EffectKind } from '../effect.ts'
import { inLocale } from '../phrasing.ts'

/** Delivery costs nothing. */
export interface FreeDeliveryEffect {
  readonly kind: 'FREE_DELIVERY'
}

export const freeDelivery: EffectKind<FreeDeliveryEffect> = {
  kind: 'FREE_DELIVERY',
  schema: {
    type: 'object',
    required: ['kind'],
    additionalProperties: false,
    properties: { kind: { const: 'FREE_DELIVERY' } },
  },
  form: {
    label: { en: 'Free delivery', es: 'Envío gratis' },
    fields: {},
  },
  classOf: () => 'SHIPPING',
  compile: () => ({ on: 'DELIVERY', reduce: (delivery) => delivery }),
  phrase: (_, say) => inLocale(say, { en: 'free delivery', es: 'envío gratis' }),
}
