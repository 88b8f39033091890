import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'

/** Where something is published, and when. */
export interface PublicationRow {
  readonly ownerId: Uuid
  readonly channelId: Uuid
  readonly publishedFrom: Date | null
  readonly publishedUntil: Date | null
}

const COLUMNS = [
  'channel_id as channelId',
  'published_from as publishedFrom',
  'published_until as publishedUntil',
] as const

/** The publications of these products, by channel; for staff. */
export const publicationsOfProducts = (
  db: Executor<'product_channel'>,
  ids: readonly Uuid[],
): Promise<PublicationRow[]> =>
  db
    .selectFrom('product_channel')
    .select(['product_id as ownerId', ...COLUMNS])
    .where('product_id', 'in', ids)
    .orderBy('channel_id')
    .execute()

/** The publications of these collections, by channel; for staff. */
export const publicationsOfCollections = (
  db: Executor<'collection_channel'>,
  ids: readonly Uuid[],
): Promise<PublicationRow[]> =>
  db
    .selectFrom('collection_channel')
    .select(['collection_id as ownerId', ...COLUMNS])
    .where('collection_id', 'in', ids)
    .orderBy('channel_id')
    .execute()

const TABLES = ['product_channel', 'collection_channel'] as const
const SIDES = ['published_from', 'published_until'] as const

/** SQL, for `readTogether`: when a publication begins or ends next after a moment, in milliseconds since 1970. */
export const nextPublicationBoundary = (after: Date): RawBuilder<{ readonly at: number | null }> => {
  const nexts = TABLES.flatMap((table) =>
    SIDES.map(
      (side) =>
        sql`select min(${sql.ref(side)}) as at from ${sql.table(table)} where ${sql.ref(side)} > ${after}::timestamptz`,
    ),
  )
  return sql`select (extract(epoch from min(at)) * 1000)::float8 as at from (${sql.join(nexts, sql` union all `)}) as next`
}
