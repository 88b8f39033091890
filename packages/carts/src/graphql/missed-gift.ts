import { builder } from '@hilo/graphql'
import { encodeId, type Uuid } from '@hilo/kernel'

/** A gift that could not be given. */
export interface Missed {
  readonly promotionId: Uuid
  readonly sku: string
  readonly quantity: number
}

export const MissedGift = builder.objectRef<Missed>('MissedGift').implement({
  description: 'A gift that a promotion promises but that is out of stock.',
  fields: (t) => ({
    promotionId: t.id({ resolve: ({ promotionId }) => encodeId('promotion', promotionId) }),
    sku: t.exposeString('sku'),
    quantity: t.exposeInt('quantity'),
  }),
})
