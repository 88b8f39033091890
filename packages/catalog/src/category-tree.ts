import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { CATALOG_REFUSALS } from './errors.ts'

const MAX_DEPTH = 20

/** Changes of the tree take turns, so that two moves at once cannot close a circle. Readers do not wait. */
export const takeTurn = (ctx: Context) => sql`lock table category in share row exclusive mode`.execute(ctx.db)

/** Lets turns of the tree wait for who changes rows of it otherwise; before those are held, since a turn waits for them. */
export const shareTree = (ctx: Context) => sql`lock table category in row exclusive mode`.execute(ctx.db)

/** There is no such category. */
export const categoryNotFound = (id: Uuid, field: string) =>
  COMMON.refuse('NOT_FOUND', { kind: 'category', id: encodeId('category', id) }, [field])

/** A category under a turn of the tree; refuses with `NOT_FOUND`, or `VERSION_CONFLICT` for another version. */
export const lockCategory = async (
  ctx: Context,
  { id, ifVersion }: { readonly id: Uuid; readonly ifVersion?: number | null },
) => {
  await takeTurn(ctx)
  const row = await ctx.db
    .selectFrom('category')
    .select(['id', 'slug', 'name', 'seo', 'version', 'parent_id', 'position'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return categoryNotFound(id, 'id')
  return ifVersion != null && ifVersion !== row.version
    ? COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
    : ok(row)
}

/** A category with all its ancestors, and how many levels stand from another down. */
const readBranch = async (ctx: Context, id: Uuid | null, downFrom: Uuid | null) => {
  const { rows } = await sql<{ above: Uuid[]; below: number }>`
    with recursive up as (
      select id, parent_id from category where id = ${id}::uuid
      union select category.id, category.parent_id from category join up on category.id = up.parent_id
    ), down as (
      select id, 1 as level from category where id = ${downFrom}::uuid
      union all select category.id, down.level + 1 from category join down on category.parent_id = down.id
    )
    select array(select id from up)::text[] as above, coalesce((select max(level) from down), 1) as below
  `.execute(ctx.db)
  return rows[0]!
}

/** A category with all its ancestors; none for null. */
export const withAncestorsOf = async (ctx: Context, id: Uuid | null): Promise<readonly Uuid[]> =>
  id ? (await readBranch(ctx, id, null)).above : []

/**
 * The parent with all its ancestors, when a category may stand below it: refuses one that is not there, a circle, and a
 * tree that would be too deep.
 */
export const checkParent = async (
  ctx: Context,
  parentId: Uuid | null,
  moved?: { readonly id: Uuid; readonly slug: string },
): Promise<Result<readonly Uuid[]>> => {
  if (!parentId) return ok([])
  const { above, below } = await readBranch(ctx, parentId, moved?.id ?? null)
  if (above.length === 0) return categoryNotFound(parentId, 'parentId')
  if (moved && above.includes(moved.id))
    return CATALOG_REFUSALS.refuse('CATEGORY_CYCLE', { slug: moved.slug }, ['parentId'])
  return above.length + below <= MAX_DEPTH
    ? ok(above)
    : CATALOG_REFUSALS.refuse('CATEGORY_TOO_DEEP', { max: MAX_DEPTH }, ['parentId'])
}

/** Puts a category below its parent before a sibling, or as the last, and numbers the siblings anew. */
export const placeCategory = async (
  ctx: Context,
  {
    id,
    parentId,
    beforeId,
  }: { readonly id: Uuid; readonly parentId: Uuid | null; readonly beforeId: Uuid | null },
): Promise<void> => {
  await sql`
    with sibling as (
      select id, row_number() over (order by position, slug)::numeric as place
      from category where parent_id is not distinct from ${parentId}::uuid and id <> ${id}
    ), placed as (
      select id, place from sibling
      union all
      select ${id}::uuid, coalesce(
        (select place - 0.5 from sibling where id = ${beforeId}::uuid), (select count(*) + 1 from sibling))
    ), numbered as (
      select id, row_number() over (order by place) - 1 as position from placed
    )
    update category set position = numbered.position, parent_id = ${parentId}::uuid
    from numbered
    where category.id = numbered.id
      and (category.position <> numbered.position or category.parent_id is distinct from ${parentId}::uuid)
  `.execute(ctx.db)
}
