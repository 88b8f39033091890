import { appendEvents, changesBetween, type Context, type Json } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { CATALOG_REFUSALS } from './errors.ts'
import { categoryEvent } from './events.ts'
import { checkLocalized, checkSlug, firstRefusal, MAX_NAME } from './text.ts'
import { onceUnique } from './unique-violation.ts'

const MAX_DEPTH = 20

/** A category to create; without a parent it becomes a root. */
export interface NewCategory {
  readonly slug: string
  readonly name: Localized
  readonly parentId?: Uuid | null
}

/** What to change of a category: what is left out stays; a parent of null makes it a root. */
export interface CategoryChange {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly slug?: string | null
  readonly name?: Localized | null
  readonly parentId?: Uuid | null
}

const { refuse } = CATALOG_REFUSALS

const notFound = (id: Uuid, field: string) =>
  COMMON.refuse('NOT_FOUND', { kind: 'category', id: encodeId('category', id) }, [field])

/** Changes of the tree take turns, so that two moves at once cannot close a circle. Readers do not wait. */
const takeTurn = (ctx: Context) => sql`lock table category in share row exclusive mode`.execute(ctx.db)

/** The categories from this one up to its root, and how many levels stand below a moved one. */
const checkParent = async (
  ctx: Context,
  {
    parentId,
    moved,
  }: { readonly parentId: Uuid; readonly moved?: { readonly id: Uuid; readonly slug: string } },
): Promise<Result<null>> => {
  const { rows } = await sql<{ above: Uuid[]; below: number }>`
    with recursive up as (
      select id, parent_id from category where id = ${parentId}
      union select category.id, category.parent_id from category join up on category.id = up.parent_id
    ), down as (
      select id, 1 as level from category where id = ${moved?.id ?? null}::uuid
      union all select category.id, down.level + 1 from category join down on category.parent_id = down.id
    )
    select array(select id from up) as above, coalesce((select max(level) from down), 1) as below
  `.execute(ctx.db)
  const { above, below } = rows[0]!
  if (above.length === 0) return notFound(parentId, 'parentId')
  if (moved && above.includes(moved.id)) return refuse('CATEGORY_CYCLE', { slug: moved.slug }, ['parentId'])
  return above.length + below <= MAX_DEPTH
    ? ok(null)
    : refuse('CATEGORY_TOO_DEEP', { max: MAX_DEPTH }, ['parentId'])
}

/** Creates a category as the last below its parent. */
export const createCategory = async (
  ctx: Context,
  input: NewCategory,
): Promise<Result<{ categoryId: Uuid }>> => {
  const { slug, name, parentId = null } = input
  const refused = firstRefusal([checkSlug(slug), checkLocalized(name, { max: MAX_NAME, path: ['name'] })])
  if (refused) return refused
  await takeTurn(ctx)
  const fits = parentId ? await checkParent(ctx, { parentId }) : ok(null)
  if (!fits.ok) return fits
  const id = newId()
  const inserted = await ctx.db
    .insertInto('category')
    .values({
      id,
      slug,
      name: JSON.stringify(name),
      parent_id: parentId,
      position: sql`(select count(*) from category where parent_id is not distinct from ${parentId}::uuid)`,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return refuse('SLUG_TAKEN', { slug }, ['slug'])
  await appendEvents(ctx, [categoryEvent('CategoryCreated.v1', { id, slug, parentId })])
  return ok({ categoryId: id })
}

/** Renames or moves a category with all that is below it; refuses to put it inside itself. */
export const updateCategory = async (
  ctx: Context,
  change: CategoryChange,
): Promise<Result<{ categoryId: Uuid }>> => {
  const refused = firstRefusal([
    ...(change.slug == null ? [] : [checkSlug(change.slug)]),
    ...(change.name ? [checkLocalized(change.name, { max: MAX_NAME, path: ['name'] })] : []),
  ])
  if (refused) return refused
  await takeTurn(ctx)
  const row = await ctx.db
    .selectFrom('category')
    .select(['slug', 'name', 'version', 'parent_id'])
    .where('id', '=', change.id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return notFound(change.id, 'id')
  if (change.ifVersion != null && change.ifVersion !== row.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
  }
  const parentId = change.parentId === undefined ? row.parent_id : change.parentId
  const moved = { id: change.id, slug: row.slug }
  const fits = parentId && parentId !== row.parent_id ? await checkParent(ctx, { parentId, moved }) : ok(null)
  if (!fits.ok) return fits
  const saved = await onceUnique('category_slug_key', async () => {
    await ctx.db
      .updateTable('category')
      .set((eb) => ({
        ...(change.slug != null && { slug: change.slug }),
        ...(change.name && { name: JSON.stringify(change.name) }),
        parent_id: parentId,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', change.id)
      .execute()
  })
  if (!saved) return refuse('SLUG_TAKEN', { slug: change.slug! }, ['slug'])
  const slug = change.slug ?? row.slug
  const changed = changesBetween(
    { slug: row.slug, name: row.name as Json, parentId: row.parent_id },
    { slug, name: change.name ?? undefined, parentId },
  )
  const event = categoryEvent('CategoryUpdated.v1', { id: change.id, slug, parentId })
  await appendEvents(ctx, [{ ...event, changed }])
  return ok({ categoryId: change.id })
}
