import type { Context, Executor } from '@hilo/db'
import { COMMON, encodeId, type IdKind, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkCount } from './text.ts'

/** Most categories of one product. */
export const MAX_PLACES = 200

/** Most channels of one product. */
export const MAX_CHANNELS = 2_000

const anyOf = (ids: readonly Uuid[]) => sql<Uuid>`any(${ids}::uuid[])`

/** Where a product stands: in which categories, and in which channels it is sold. */
export interface Places {
  readonly categoryIds?: readonly Uuid[] | null
  readonly channelIds?: readonly Uuid[] | null
}

const firstMissing = (
  wanted: readonly Uuid[],
  found: readonly { id: Uuid }[],
  { kind, field }: { kind: IdKind; field: string },
): Result<readonly Uuid[]> => {
  const known = new Set(found.map(({ id }) => id))
  const missing = wanted.findIndex((id) => !known.has(id))
  if (missing === -1) return ok([...known])
  return COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, wanted[missing]!) }, [field, String(missing)])
}

/** The categories and channels asked for, without repetition; refuses one that does not exist. */
export const checkPlaces = async (ctx: Context, places: Places): Promise<Result<Places>> => {
  const { categoryIds, channelIds } = places
  const counted = checkCount(categoryIds ?? [], MAX_PLACES, ['categoryIds'])
  if (!counted.ok) return counted
  const limited = checkCount(channelIds ?? [], MAX_CHANNELS, ['channelIds'])
  if (!limited.ok) return limited
  const found: { categoryIds?: readonly Uuid[]; channelIds?: readonly Uuid[] } = {}
  if (categoryIds) {
    const rows = await ctx.db
      .selectFrom('category')
      .select('id')
      .where('id', '=', anyOf(categoryIds))
      .execute()
    const known = firstMissing(categoryIds, rows, { kind: 'category', field: 'categoryIds' })
    if (!known.ok) return known
    found.categoryIds = known.value
  }
  if (channelIds) {
    const rows = await ctx.db.selectFrom('channel').select('id').where('id', '=', anyOf(channelIds)).execute()
    const known = firstMissing(channelIds, rows, { kind: 'channel', field: 'channelIds' })
    if (!known.ok) return known
    found.channelIds = known.value
  }
  return ok(found)
}

/** The categories that a product is in. */
export const categoryIdsOf = async (db: Executor<'product_category'>, productId: Uuid): Promise<Uuid[]> => {
  const rows = await db
    .selectFrom('product_category')
    .select('category_id')
    .where('product_id', '=', productId)
    .execute()
  return rows.map(({ category_id }) => category_id)
}

/**
 * Puts a product into exactly these categories and channels; a list left out changes nothing. Where it was published
 * before, its schedule stays.
 */
export const setPlaces = async (ctx: Context, productId: Uuid, places: Places): Promise<void> => {
  if (places.categoryIds) {
    await ctx.db.deleteFrom('product_category').where('product_id', '=', productId).execute()
    if (places.categoryIds.length > 0) {
      const rows = places.categoryIds.map((id) => ({ product_id: productId, category_id: id }))
      await ctx.db.insertInto('product_category').values(rows).execute()
    }
  }
  if (places.channelIds) {
    const { channelIds } = places
    await Promise.all([
      sql`
        delete from product_channel
        where product_id = ${productId} and channel_id <> all(${channelIds}::uuid[])`.execute(ctx.db),
      sql`
        insert into product_channel (product_id, channel_id)
        select ${productId}, id from unnest(${channelIds}::uuid[]) as id on conflict do nothing`.execute(
        ctx.db,
      ),
    ])
  }
}
