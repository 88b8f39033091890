import { containing, type DB, type Executor, keyset, type Keyset } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Asset, AssetKind, Visibility } from './asset.ts'

/** Which assets; all when nothing is said. */
export interface AssetFilter {
  readonly kind?: AssetKind | null | undefined
  readonly visibility?: Visibility | null | undefined
  /** In the name of the file and the alternative texts. */
  readonly search?: string | null | undefined
}

const toAsset = (row: Selectable<DB['asset']>): Asset => ({
  id: row.id,
  kind: row.kind as AssetKind,
  visibility: row.visibility as Visibility,
  fileName: row.file_name,
  mediaType: row.media_type,
  bytes: row.bytes,
  width: row.width,
  height: row.height,
  placeholder: row.placeholder,
  alt: row.alt as Localized,
  focal: { x: row.focal_x, y: row.focal_y },
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** The assets with these ids; only public ones unless everything may be seen. */
export const assetsByIds = async (
  db: Executor<'asset'>,
  ids: readonly Uuid[],
  { seesAll }: { readonly seesAll: boolean },
): Promise<Asset[]> => {
  const rows = await db
    .selectFrom('asset')
    .selectAll()
    .where('id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .$if(!seesAll, (query) => query.where('visibility', '=', 'PUBLIC'))
    .execute()
  return rows.map(toAsset)
}

/** The asset that has these bytes already. */
export const assetByContent = async (
  db: Executor<'asset'>,
  { sha256, visibility }: { readonly sha256: Buffer; readonly visibility: Visibility },
): Promise<Asset | undefined> => {
  const row = await db
    .selectFrom('asset')
    .selectAll()
    .where('sha256', '=', sha256)
    .where('visibility', '=', visibility)
    .executeTakeFirst()
  return row && toAsset(row)
}

const filtered = <O>(
  query: SelectQueryBuilder<DB, 'asset', O>,
  { kind, visibility, search }: AssetFilter,
): SelectQueryBuilder<DB, 'asset', O> => {
  let found = query
  if (kind) found = found.where('kind', '=', kind)
  if (visibility) found = found.where('visibility', '=', visibility)
  if (search) found = found.where(sql<boolean>`(file_name || ' ' || alt::text) ilike ${containing(search)}`)
  return found
}

/** A page of assets, the newest first. */
export const assetPage = async (
  db: Executor<'asset'>,
  filter: AssetFilter,
  page: Pick<Keyset, 'after' | 'limit'>,
): Promise<Asset[]> => {
  const query = filtered(db.selectFrom('asset').selectAll() as never, filter)
  const rows = await keyset(query, { columns: [['asset.id', 'desc']], ...page }).execute()
  return (rows as Selectable<DB['asset']>[]).map(toAsset)
}

/** How many assets there are. */
export const countAssets = async (db: Executor<'asset'>, filter: AssetFilter): Promise<number> => {
  const query = db.selectFrom('asset').select(sql<number>`count(*)::int4`.as('count'))
  const { count } = (await filtered(query as never, filter).executeTakeFirstOrThrow()) as { count: number }
  return count
}
