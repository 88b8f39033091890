import { type DB, type Executor, keyset } from '@hilo/db'
import type { CursorKey, Localized, Uuid } from '@hilo/kernel'
import { type Selectable, sql } from 'kysely'
import { isCalled } from '../is-called.ts'
import { isOpen, type Viewpoint } from '../visibility.ts'
import type { Collection } from './collection.ts'
import { toSeo } from '../seo/seo.ts'
import { idBySlug } from '../slugs/slug-queries.ts'
import type { CollectionRule } from './rule.ts'

const COLUMNS = [
  'collection.id',
  'collection.slug',
  'collection.name',
  'collection.description',
  'collection.seo',
  'collection.rule',
  'collection.version',
  'collection.created_at',
  'collection.updated_at',
] as const

type Row = Pick<
  Selectable<DB['collection']>,
  'id' | 'slug' | 'name' | 'description' | 'seo' | 'rule' | 'version' | 'created_at' | 'updated_at'
>

const toCollection = (row: Row): Collection => ({
  id: row.id,
  slug: row.slug,
  name: row.name as Localized,
  description: row.description as Localized,
  seo: toSeo(row.seo),
  rule: row.rule as CollectionRule | null,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

type Tables = 'collection' | 'collection_channel' | 'collection_product'

/** The collections that are published in the channel at this moment, or all for who sees all. */
const visibleCollections = (db: Executor<Tables>, { channelId, seesAll, now }: Viewpoint) =>
  db
    .selectFrom('collection')
    .select(COLUMNS)
    .$if(!seesAll, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('collection_channel')
            .select(sql`1`.as('one'))
            .whereRef('collection_channel.collection_id', '=', 'collection.id')
            .where('collection_channel.channel_id', '=', channelId)
            .where(isOpen('collection_channel', now)),
        ),
      ),
    )

/** The collections with these ids that may be seen from here. */
export const collectionsByIds = async (
  db: Executor<Tables>,
  view: Viewpoint,
  ids: readonly Uuid[],
): Promise<Collection[]> =>
  (await visibleCollections(db, view).where('collection.id', 'in', ids).execute()).map(toCollection)

/** The collection that has this slug, or had it before, when it may be seen from here. */
export const collectionBySlug = async (
  db: Executor<Tables | 'slug_redirect'>,
  view: Viewpoint,
  slug: string,
): Promise<Collection | undefined> => {
  const row = await visibleCollections(db, view)
    .where('collection.id', '=', idBySlug('collection', slug))
    .executeTakeFirst()
  return row && toCollection(row)
}

/** Which collections are listed. */
export interface CollectionFilter {
  /** A part of the slug or of a name. */
  readonly search?: string | null | undefined
}

/** A page of collections by slug. */
export const collectionPage = async (
  db: Executor<Tables>,
  view: Viewpoint,
  { search, ...page }: CollectionFilter & { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<Collection[]> => {
  const found = visibleCollections(db, view).where(isCalled('collection', search))
  const rows = await keyset(found, { ...page, columns: [['collection.slug', 'asc']] }).execute()
  return rows.map(toCollection)
}

/** How many collections may be seen from here. */
export const countCollections = async (
  db: Executor<Tables>,
  view: Viewpoint,
  { search }: CollectionFilter,
): Promise<number> => {
  const { count } = await visibleCollections(db, view)
    .where(isCalled('collection', search))
    .clearSelect()
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The collections of these products that may be seen from here, by slug. */
export const collectionsOfProducts = async (
  db: Executor<Tables>,
  view: Viewpoint,
  productIds: readonly Uuid[],
): Promise<(Collection & { readonly productId: Uuid })[]> => {
  const rows = await visibleCollections(db, view)
    .innerJoin('collection_product', 'collection_product.collection_id', 'collection.id')
    .select('collection_product.product_id')
    .where('collection_product.product_id', 'in', productIds)
    .orderBy('collection.slug')
    .execute()
  return rows.map((row) => ({ ...toCollection(row), productId: row.product_id }))
}
