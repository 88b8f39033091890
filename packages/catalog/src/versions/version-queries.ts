import { type Executor, keyset } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { ProductContent } from './content.ts'
import { contentOfProduct } from './content-sql.ts'

/** The content of a product after a change. */
export interface ProductVersion {
  readonly productId: Uuid
  /** Counts from 1; the oldest are forgotten beyond 200. */
  readonly number: number
  readonly content: ProductContent
  /** Who made the change, such as `staff:…`. */
  readonly actor: string
  readonly at: Date
}

type Row = Omit<ProductVersion, 'productId' | 'content'> & {
  readonly product_id: Uuid
  readonly content: unknown
}

const toVersion = ({ product_id, content, ...row }: Row): ProductVersion => ({
  ...row,
  productId: product_id,
  content: content as ProductContent,
})

const versions = (db: Executor<'product_version'>) =>
  db.selectFrom('product_version').select(['product_id', 'number', 'content', 'actor', 'at'])

/** A page of the versions of each of several products, the newest first, in one statement. */
export const versionPages = async (
  db: Executor<'product_version'>,
  {
    ownerIds,
    after,
    limit,
  }: { readonly ownerIds: readonly Uuid[]; readonly after: CursorKey | undefined; readonly limit: number },
): Promise<ProductVersion[]> => {
  const page = keyset(
    db
      .selectFrom('product_version')
      .select(['product_id', 'number', 'content', 'actor', 'at'])
      .where('product_version.product_id', '=', sql.ref<Uuid>('owner.id')),
    { columns: [['product_version.number', 'desc']], after, limit },
  )
  const rows = await db
    .selectFrom(sql<{ id: Uuid }>`unnest(${ownerIds}::uuid[])`.as<'owner'>(sql`owner(id)`))
    .innerJoinLateral(page.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .execute()
  return rows.map((row) => toVersion(row))
}

/** How many versions these products have. */
export const countVersions = async (
  db: Executor<'product_version'>,
  productIds: readonly Uuid[],
): Promise<{ productId: Uuid; count: number }[]> => {
  const rows = await db
    .selectFrom('product_version')
    .select(['product_id', sql<number>`count(*)::int`.as('count')])
    .where('product_id', '=', sql<Uuid>`any(${productIds}::uuid[])`)
    .groupBy('product_id')
    .execute()
  return rows.map(({ product_id, count }) => ({ productId: product_id, count }))
}

/** The numbers of the newest versions of these products. */
export const newestVersions = (
  db: Executor<'product'>,
  productIds: readonly Uuid[],
): Promise<{ id: Uuid; number: number }[]> =>
  db
    .selectFrom('product')
    .select(['id', 'content_version as number'])
    .where('id', '=', sql<Uuid>`any(${productIds}::uuid[])`)
    .execute()

/** Versions of several products in one statement, by `product number`. */
export const versionsByKeys = async (
  db: Executor<'product_version'>,
  keys: readonly { readonly productId: Uuid; readonly number: number }[],
): Promise<ReadonlyMap<string, ProductVersion>> => {
  const rows = await versions(db)
    .where(
      sql<boolean>`(product_id, number) in (select * from unnest(
        ${keys.map(({ productId }) => productId)}::uuid[], ${keys.map(({ number }) => number)}::int[]))`,
    )
    .execute()
  return new Map(rows.map((row) => [`${row.product_id} ${row.number}`, toVersion(row)]))
}

/** What a product's content is now, and the number of its newest version. */
export const currentContent = async (
  db: Executor<'product'>,
  productIds: readonly Uuid[],
): Promise<{ id: Uuid; number: number; content: ProductContent }[]> => {
  const rows = await db
    .selectFrom('product')
    .select(['product.id', 'product.content_version as number', contentOfProduct.as('content')])
    .where('product.id', '=', sql<Uuid>`any(${productIds}::uuid[])`)
    .execute()
  return rows
}
