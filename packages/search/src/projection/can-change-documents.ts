import type { Executor, StoredEvent } from '@hilo/db'
import { PRICE_LIST_EVENTS } from '@hilo/prices'
import { canChangePrices } from '@hilo/promotions'

/** Events that concern documents by their prices only. */
const PRICED: ReadonlySet<string> = new Set(PRICE_LIST_EVENTS)

/** False when nothing that a document holds can follow from what an event changed. */
export const canChangeDocuments = async (db: Executor<'event'>, event: StoredEvent): Promise<boolean> =>
  !PRICED.has(event.type) || canChangePrices(db, event)
