import { builder } from '@hilo/graphql'
import { encodeId } from '@hilo/kernel'
import type { MissedGift as Missed } from '../price-lines.ts'

export const MissedGift = builder.objectRef<Missed>('MissedGift').implement({
  description: 'A gift that a promotion promises but that is out of stock.',
  fields: (t) => ({
    promotionId: t.id({ resolve: ({ promotionId }) => encodeId('promotion', promotionId) }),
    sku: t.exposeString('sku'),
    quantity: t.exposeInt('quantity'),
  }),
})
