import { changedFields, type Executor, type StoredEvent } from '@hilo/db'

/**
 * Fields that a price can follow from, of events that name every field they change but places: promotions know
 * collections and categories by slug, and see attributes that are filterable by their code; values go with a type.
 */
const PRICED_BY: Readonly<Record<string, ReadonlySet<string>>> = {
  'AttributeUpdated.v1': new Set(['code', 'filterable']),
  'CategoryUpdated.v1': new Set(['slug', 'parentId']),
  'CollectionUpdated.v1': new Set(['slug']),
  'MarketUpdated.v1': new Set([
    'currency',
    'pricesIncludeTax',
    'countries',
    'taxRates',
    'timeZone',
    'stacking',
    'taxPer',
  ]),
  'ProductTypeUpdated.v1': new Set(['attributes']),
}

/** Events that may name nothing of what they change; what they do name is all of it. */
const NAMES_SOME: ReadonlySet<string> = new Set([
  'ProductUpdated.v1',
  'VariantUpdated.v1',
  'PriceListUpdated.v1',
])

/** Fields that no price follows from; texts of what belongs to a product stand behind its id and a point. */
const PRICELESS = /(?:^|\.)(?:name|description|seoTitle|seoDescription|alt|images|barcodes)$|^related\./

/** False when a shelf price cannot follow from what an event changed: only texts, or only places in an order. */
export const canChangePrices = async (db: Executor<'event'>, event: StoredEvent): Promise<boolean> => {
  const priced = PRICED_BY[event.type]
  if (!priced && !NAMES_SOME.has(event.type)) return true
  const fields = await changedFields(db, event)
  return priced
    ? fields.some((field) => priced.has(field))
    : fields.length === 0 || fields.some((field) => !PRICELESS.test(field))
}
