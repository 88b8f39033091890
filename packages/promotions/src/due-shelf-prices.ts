import type { CatalogEventPayload, CollectionEventPayload, CollectionProductsPayload } from '@hilo/catalog'
import { MARKET_UPDATED } from '@hilo/channels'
import type { Executor, StoredEvent, FullExecutor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import {
  PRICE_CHANGED,
  PRICE_LIST_EVENTS,
  type PriceChangedPayload,
  type PriceListEventPayload,
  variantsInLists,
  variantsWithPriceBoundary,
} from '@hilo/prices'
import { type RawBuilder, sql } from 'kysely'
import type { PromotionTables } from './active-promotions.ts'
import { canChangePrices } from './can-change-prices.ts'
import { changesShelf } from './check-promotion.ts'
import { nextPromotionChange } from './next-promotion-change.ts'
import { PROMOTION_EVENTS, type PromotionEventPayload } from './events.ts'

/** The events after which a price on a shelf may be another, when `canChangePrices` says so too. */
export const SHELF_EVENTS = [
  PRICE_CHANGED,
  ...PRICE_LIST_EVENTS,
  ...PROMOTION_EVENTS,
  MARKET_UPDATED,
  'ProductCreated.v1',
  'ProductUpdated.v1',
  'ProductPublicationChanged.v1',
  'VariantCreated.v1',
  'VariantUpdated.v1',
  'AttributeUpdated.v1',
  'ProductTypeUpdated.v1',
  'CategoryUpdated.v1',
  'CategoryDeleted.v1',
  'CollectionUpdated.v1',
  'CollectionDeleted.v1',
  'CollectionProductsChanged.v1',
] as const

type DueTable = 'shelf_price_due'

/**
 * Marks the variants that a query finds, by the one column that it selects, and the bundles they are components of: what
 * these cost may follow from them. In the order of ids, so that two who mark at once do not wait for each other.
 */
const mark = async (
  db: Executor<DueTable | 'bundle_component'>,
  found: RawBuilder<unknown>,
): Promise<void> => {
  await sql`
    with found (id) as materialized (${found})
    insert into shelf_price_due
    select id from found union select bundle_id from bundle_component where component_id in (select id from found)
    order by 1
    on conflict do nothing`.execute(db)
}

const markVariants = async (
  db: Executor<DueTable | 'variant' | 'bundle_component'>,
  ids: readonly Uuid[],
): Promise<void> => {
  if (ids.length > 0) await mark(db, sql`select id from variant where id = any(${ids}::uuid[])`)
}

const markAll = async (db: Executor<DueTable | 'variant'>): Promise<void> => {
  await sql`insert into shelf_price_due select id from variant order by id on conflict do nothing`.execute(db)
}

const markProducts = (
  db: Executor<DueTable | 'variant' | 'bundle_component'>,
  ids: readonly Uuid[],
): Promise<void> => mark(db, sql`select id from variant where product_id = any(${ids}::uuid[])`)

/** Promotions may name a collection by its slug, which may be another now. */
const markCollection = (
  db: Executor<DueTable | 'variant' | 'bundle_component' | 'collection_product'>,
  id: Uuid,
): Promise<void> =>
  mark(
    db,
    sql`select variant.id from collection_product
      join variant on variant.product_id = collection_product.product_id
      where collection_id = ${id}`,
  )

/** Marks the variants whose shelf prices an event may have changed. Marking twice is marking once. */
export const markDue = async (
  db: Executor<
    DueTable | 'variant' | 'bundle_component' | 'collection_product' | 'price' | 'price_list' | 'event'
  >,
  event: StoredEvent,
): Promise<void> => {
  if (!(await canChangePrices(db, event))) return
  switch (event.type) {
    case PRICE_CHANGED:
      return markVariants(db, [(event.payload as PriceChangedPayload).variantId])
    case 'PriceListCreated.v1':
    case 'PriceListUpdated.v1':
    case 'PriceListArchived.v1': {
      const { priceListId, formerBaseId } = event.payload as PriceListEventPayload
      return mark(db, variantsInLists([priceListId, ...(formerBaseId ? [formerBaseId] : [])]))
    }
    case 'ProductCreated.v1':
    case 'ProductUpdated.v1':
    case 'ProductPublicationChanged.v1':
      return markProducts(db, [(event.payload as CatalogEventPayload).productId])
    case 'VariantCreated.v1':
    case 'VariantUpdated.v1':
      return markVariants(db, [(event.payload as CatalogEventPayload).variantId!])
    case 'CollectionProductsChanged.v1': {
      const { added, removed } = event.payload as CollectionProductsPayload
      return markProducts(db, [...added, ...removed])
    }
    case 'CollectionUpdated.v1':
      return markCollection(db, (event.payload as CollectionEventPayload).collectionId)
    case MARKET_UPDATED:
    // Which attributes promotions see, and by which code; which values went with a type.
    case 'AttributeUpdated.v1':
    case 'ProductTypeUpdated.v1':
    case 'CategoryUpdated.v1':
    case 'CategoryDeleted.v1':
    case 'CollectionDeleted.v1':
      return markAll(db)
    default:
      return (event.payload as PromotionEventPayload).shelf ? markAll(db) : undefined
  }
}

interface Window {
  readonly after: Date
  readonly until: Date
}

const promotionStartedOrEnded = async (
  db: Executor<PromotionTables | 'market'>,
  { after, until }: Window,
): Promise<boolean> => {
  const next = await nextPromotionChange(db, after, changesShelf)
  return next !== undefined && next <= until.getTime()
}

/**
 * Marks what changes by the clock: variants with a price, a list or a promotion that started or ended since this ran
 * last, in any process. The first run only notes the time.
 */
export const projectDueShelfPrices = async (db: FullExecutor, now: Date): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await tx
      .insertInto('shelf_price_clock')
      .values({ done_until: now })
      .onConflict((conflict) => conflict.column('singleton').doNothing())
      .execute()
    const { done_until: after } = await tx
      .selectFrom('shelf_price_clock')
      .select('done_until')
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (after >= now) return
    const window = { after, until: now }
    if (await promotionStartedOrEnded(tx, window)) await markAll(tx)
    else await markVariants(tx, await variantsWithPriceBoundary(tx, window))
    await tx.updateTable('shelf_price_clock').set({ done_until: now }).execute()
  })
