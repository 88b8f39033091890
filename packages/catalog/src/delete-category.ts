import { appendEvents, type Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { lockCategory } from './category-tree.ts'
import { refreshRulesOfCategories } from './collections/membership.ts'
import { CATALOG_REFUSALS } from './errors.ts'
import { categoryEvent } from './events.ts'

/** What becomes of the categories and products in a category that is deleted. */
export const CATEGORY_CONTENTS = ['REFUSE', 'MOVE_UP'] as const

/** Which category to delete, and what becomes of what is in it. */
export interface CategoryDeletion {
  readonly id: Uuid
  readonly ifVersion?: number | null
  /** Default `REFUSE`: only an empty one is deleted. `MOVE_UP` gives all to its parent; of a root, products lose it. */
  readonly content?: (typeof CATEGORY_CONTENTS)[number] | null
}

const countIn = async (ctx: Context, id: Uuid) => {
  const { rows } = await sql<{ children: number; products: number }>`
    select (select count(*)::int from category where parent_id = ${id}) as children,
      (select count(*)::int from product_category where category_id = ${id}) as products`.execute(ctx.db)
  return rows[0]!
}

/** Gives categories and products of a category to its parent, in their order behind those that are there. */
const moveUp = async (ctx: Context, id: Uuid, parentId: Uuid | null): Promise<void> => {
  await sql`
    update category set parent_id = ${parentId}::uuid, position = category.position + 1 + coalesce(
      (select max(position) from category as there where there.parent_id is not distinct from ${parentId}::uuid), 0)
    where parent_id = ${id}`.execute(ctx.db)
  if (parentId)
    await sql`
      insert into product_category (product_id, category_id)
      select product_id, ${parentId}::uuid from product_category where category_id = ${id}
      on conflict do nothing`.execute(ctx.db)
  await ctx.db.deleteFrom('product_category').where('category_id', '=', id).execute()
}

/** Deletes a category; what is in it is moved up when that is asked for, and refuses the deletion otherwise. */
export const deleteCategory = async (
  ctx: Context,
  { id, ifVersion, content }: CategoryDeletion,
): Promise<Result<{ categoryId: Uuid }>> => {
  const locked = await lockCategory(ctx, { id, ...(ifVersion != null && { ifVersion }) })
  if (!locked.ok) return locked
  const { slug, parent_id: parentId } = locked.value
  // A product that comes in meanwhile waits for this row, and is refused then.
  await sql`select from category where id = ${id} for update`.execute(ctx.db)
  const { children, products } = await countIn(ctx, id)
  if (children + products > 0) {
    if (content !== 'MOVE_UP')
      return CATALOG_REFUSALS.refuse('CATEGORY_NOT_EMPTY', { slug, children, products }, ['id'])
    await moveUp(ctx, id, parentId)
  }
  await ctx.db.deleteFrom('category').where('id', '=', id).execute()
  const followed = await refreshRulesOfCategories(ctx, [id])
  await appendEvents(ctx, [categoryEvent('CategoryDeleted.v1', { id, slug, parentId }), ...followed])
  return ok({ categoryId: id })
}
