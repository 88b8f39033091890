import type { NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** What a variant's stock at a location became: listeners read the availability of their channel afterwards. */
export interface StockChanged {
  readonly variantId: Uuid
  readonly sku: string
  readonly locationId: Uuid
}

/** The event of a change of stock; everybody may hear of it, since it names no number. */
export const stockChanged = ({ variantId, sku, locationId }: StockChanged): NewEvent => ({
  aggregate: 'variant',
  aggregateId: variantId,
  type: 'StockChanged.v1',
  payload: { variantId, sku, locationId },
  scope: { public: true },
})
