import { type Executor, keyset } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { type ListedProduct, roots } from '../product-list.ts'
import { PRODUCT_COLUMNS, toProduct } from '../product-queries.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from '../visibility.ts'

/** A product in a collection, with its place in the order given by hand. */
export interface PlacedProduct extends ListedProduct {
  readonly ownerId: Uuid
}

interface Page {
  readonly ownerIds: readonly Uuid[]
  readonly view: Viewpoint
  readonly after: CursorKey | undefined
  readonly limit: number
}

/** The page of each of several collections, pinned products first and then as they were put, in one statement. */
export const productsInOrder = async (
  db: Executor<VisibilityTables | 'product_category' | 'category' | 'collection_product' | 'variant'>,
  { ownerIds, view, after, limit }: Page,
): Promise<PlacedProduct[]> => {
  const page = keyset(
    db
      .selectFrom('collection_product as member')
      .innerJoin('product', 'product.id', 'member.product_id')
      .select([...PRODUCT_COLUMNS, 'member.tier', 'member.position'])
      .where('member.collection_id', '=', sql.ref<Uuid>('root.id'))
      .where(isVisible(view)),
    {
      columns: [
        ['member.tier', 'asc', 'integer'],
        ['member.position', 'asc', 'integer'],
        ['member.product_id', 'asc'],
      ],
      after,
      limit,
    },
  )
  const rows = await roots(db, ownerIds)
    .innerJoinLateral(page.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .select('root.id as owner_id')
    .execute()
  return rows.map((row) => ({
    ...toProduct(row),
    ownerId: row.owner_id,
    sortKey: [row.tier, String(row.position), row.id],
  }))
}

/** How many products are pinned in each of these collections; those without any are left out. */
export const countPinned = async (
  db: Executor<'collection_product'>,
  collectionIds: readonly Uuid[],
): Promise<{ collectionId: Uuid; pinned: number }[]> => {
  const rows = await db
    .selectFrom('collection_product')
    .select(['collection_id', (eb) => eb.fn.countAll<bigint>().as('pinned')])
    .where('collection_id', 'in', collectionIds)
    .where('tier', '=', 0)
    .groupBy('collection_id')
    .execute()
  return rows.map((row) => ({ collectionId: row.collection_id, pinned: Number(row.pinned) }))
}
