import { MARKET_UPDATED } from '@hilo/channels'
import { changedFields, type Executor, type StoredEvent } from '@hilo/db'
import { PRICE_LIST_EVENTS } from '@hilo/prices'
import { canChangePrices } from '@hilo/promotions'

/** Events that concern documents by their prices only. */
const PRICED: ReadonlySet<string> = new Set(PRICE_LIST_EVENTS)

/**
 * Fields that documents hold something of, of events that name every field they change but places. What comes into a
 * collection by another rule, and what costs something else by other taxes, is told by events of its own.
 */
const HELD: Readonly<Record<string, ReadonlySet<string>>> = {
  'AttributeUpdated.v1': new Set(['code', 'filterable', 'internal', 'choices']),
  'CategoryUpdated.v1': new Set(['name', 'parentId']),
  'CollectionUpdated.v1': new Set(['name']),
  [MARKET_UPDATED]: new Set(['currency']),
  'ProductTypeUpdated.v1': new Set(['code', 'name', 'attributes']),
}

/** False when nothing that a document holds can follow from what an event changed. */
export const canChangeDocuments = async (db: Executor<'event'>, event: StoredEvent): Promise<boolean> => {
  if (PRICED.has(event.type)) return canChangePrices(db, event)
  const held = HELD[event.type]
  return !held || (await changedFields(db, event)).some((field) => held.has(field))
}
