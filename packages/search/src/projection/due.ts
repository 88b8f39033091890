import type { CatalogEventPayload, CollectionEventPayload, CollectionProductsPayload } from '@hilo/catalog'
import { MARKET_UPDATED, SHOP_LANGUAGES_CHANGED } from '@hilo/channels'
import type { DB, Executor, StoredEvent } from '@hilo/db'
import { LOCATION_CHANNELS_SET } from '@hilo/inventory'
import type { Uuid } from '@hilo/kernel'
import { PRICE_CHANGED, PRICE_LIST_EVENTS, type PriceListEventPayload, variantsInLists } from '@hilo/prices'
import { SHELF_PRICE_CHANGED } from '@hilo/promotions'
import { type RawBuilder, sql } from 'kysely'
import { REBUILD_REQUESTED } from '../events.ts'
import { canChangeDocuments } from './can-change-documents.ts'

/** The events after which a document may be another. */
export const SEARCHED_EVENTS = [
  'ProductCreated.v1',
  'ProductUpdated.v1',
  'ProductDeleted.v1',
  'ProductPublicationChanged.v1',
  'VariantCreated.v1',
  'VariantUpdated.v1',
  'VariantDeleted.v1',
  'CategoryUpdated.v1',
  'CategoryDeleted.v1',
  'CollectionUpdated.v1',
  'CollectionDeleted.v1',
  'CollectionProductsChanged.v1',
  'AttributeUpdated.v1',
  'ProductTypeUpdated.v1',
  'StockChanged.v1',
  PRICE_CHANGED,
  ...PRICE_LIST_EVENTS,
  SHELF_PRICE_CHANGED,
  LOCATION_CHANNELS_SET,
  MARKET_UPDATED,
  SHOP_LANGUAGES_CHANGED,
  REBUILD_REQUESTED,
] as const

/** What an event is about, as far as it says. */
interface Told {
  readonly products: Set<Uuid>
  /** Variants whose price or stock is another; of a component its bundles too. */
  readonly variants: Set<Uuid>
  /** Price lists that are for others by now, or derive from another. */
  readonly lists: Set<Uuid>
  /** Locations that serve other channels by now. */
  readonly locations: Set<Uuid>
  /** Whatever has this tag now: what tells no product of its own, such as a category that moves or goes. */
  readonly tags: { readonly facet: string; readonly value: string }[]
  readonly attributes: Set<Uuid>
  readonly types: Set<Uuid>
  all: boolean
}

const hear = (told: Told, { type, payload }: StoredEvent): void => {
  const fact = payload as Readonly<Record<string, Uuid>>
  switch (type as (typeof SEARCHED_EVENTS)[number]) {
    case 'CategoryUpdated.v1':
    case 'CategoryDeleted.v1':
      return void told.tags.push({ facet: 'category', value: fact['categoryId']! })
    case 'CollectionUpdated.v1':
    case 'CollectionDeleted.v1': {
      const { collectionId } = payload as CollectionEventPayload
      return void told.tags.push({ facet: 'collection', value: collectionId })
    }
    case 'CollectionProductsChanged.v1': {
      const { added, removed } = payload as CollectionProductsPayload
      for (const id of [...added, ...removed]) told.products.add(id)
      return
    }
    case 'AttributeUpdated.v1':
      return void told.attributes.add(fact['attributeId']!)
    case 'ProductTypeUpdated.v1':
      return void told.types.add(fact['productTypeId']!)
    case 'StockChanged.v1':
    case PRICE_CHANGED:
    case SHELF_PRICE_CHANGED:
      return void told.variants.add(fact['variantId']!)
    case 'PriceListCreated.v1':
    case 'PriceListUpdated.v1':
    case 'PriceListArchived.v1': {
      const { priceListId, formerBaseId } = payload as PriceListEventPayload
      told.lists.add(priceListId)
      if (formerBaseId) told.lists.add(formerBaseId)
      return
    }
    case LOCATION_CHANNELS_SET:
      return void told.locations.add(fact['locationId']!)
    case MARKET_UPDATED:
    case SHOP_LANGUAGES_CHANGED:
    case REBUILD_REQUESTED:
      told.all = true
      return
    default:
      told.products.add((payload as CatalogEventPayload).productId)
  }
}

/** Marks what a query finds, in the order of ids, so that two who mark do not wait for each other in a circle. */
const mark = async (
  db: Executor<keyof DB>,
  found: RawBuilder<unknown>,
  { offersOnly, now }: { readonly offersOnly: boolean; readonly now: Date },
): Promise<void> => {
  await sql`
    insert into search_due (product_id, offers_only, marked_at)
    select distinct id, ${offersOnly}::boolean, ${now}::timestamptz from (${found}) as found (id) where id is not null order by id
    on conflict (product_id) do update set offers_only = false
    where search_due.offers_only and not excluded.offers_only`.execute(db)
}

/** SQL: the products of an array of variants, and of the bundles that these are in. */
const productsOf = (variantIds: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select product_id from variant where id = any(${variantIds})
  union all
  select product_id from bundle_component join variant on variant.id = bundle_id where component_id = any(${variantIds})`

/** Marks every product, and every document of what is none any more. */
export const markAll = (db: Executor<keyof DB>, now: Date): Promise<void> =>
  mark(db, sql`select id from product union select product_id from search_document`, {
    offersOnly: false,
    now,
  })

/** Marks the products whose documents these events may have changed. Marking twice is marking once. */
export const markDue = async (
  db: Executor<keyof DB>,
  events: readonly StoredEvent[],
  now: Date,
): Promise<void> => {
  const told: Told = {
    products: new Set(),
    variants: new Set(),
    lists: new Set(),
    locations: new Set(),
    tags: [],
    attributes: new Set(),
    types: new Set(),
    all: false,
  }
  for (const event of events) if (await canChangeDocuments(db, event)) hear(told, event)
  if (told.all) return markAll(db, now)
  const { products, variants, lists, locations, tags, attributes, types } = told
  if (products.size + tags.length + attributes.size + types.size > 0)
    await mark(
      db,
      sql`
        select unnest(${[...products]}::uuid[])
        union all
        select product_id from search_document where tags && array(
          select id from search_tag where (facet, value) in (
            select * from unnest(${tags.map(({ facet }) => facet)}::text[], ${tags.map(({ value }) => value)}::text[])))
        union all
        select product_id from attribute_value where attribute_id = any(${[...attributes]}::uuid[])
        union all
        select id from product where product_type_id = any(${[...types]}::uuid[])`,
      { offersOnly: false, now },
    )
  if (variants.size > 0) await mark(db, productsOf(sql`${[...variants]}::uuid[]`), { offersOnly: true, now })
  if (lists.size > 0)
    await mark(db, productsOf(sql`array(${variantsInLists([...lists])})`), { offersOnly: true, now })
  if (locations.size > 0) {
    const kept = sql`array(select variant_id from stock where location_id = any(${[...locations]}::uuid[]))`
    await mark(db, productsOf(kept), { offersOnly: true, now })
  }
}

/** A product to look at again. */
export interface Due {
  readonly productId: Uuid
  readonly offersOnly: boolean
}

/** Takes up to `limit` marked products for this transaction, the oldest first; others take others meanwhile. */
export const takeDue = async (db: Executor<'search_due'>, limit: number): Promise<Due[]> => {
  const { rows } = await sql<Due>`
    delete from search_due where product_id in (
      select product_id from search_due order by marked_at, product_id limit ${limit} for update skip locked
    ) returning product_id as "productId", offers_only as "offersOnly"`.execute(db)
  return rows.toSorted((a, b) => (a.productId < b.productId ? -1 : 1))
}
