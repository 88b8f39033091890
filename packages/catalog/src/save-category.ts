import { appendEvents, changesBetween, type Context, type Json } from '@hilo/db'
import { type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import {
  categoryNotFound,
  checkParent,
  lockCategory,
  placeCategory,
  takeTurn,
  withAncestorsOf,
} from './category-tree.ts'
import { refreshRulesOfCategories } from './collections/membership.ts'
import { CATALOG_REFUSALS } from './errors.ts'
import { categoryEvent } from './events.ts'
import { checkSeo, type Seo, seoColumn, seoFields, toSeo } from './seo/seo.ts'
import { suggestSlug } from './slugs/slug-queries.ts'
import { checkLocalized, checkSlug, firstRefusal, MAX_NAME } from './text.ts'
import { onceUnique } from './unique-violation.ts'

/** A category to create; without a parent it becomes a root. */
export interface NewCategory {
  /** Made of the name when left out. */
  readonly slug?: string | null
  readonly name: Localized
  readonly seo?: Seo | null
  readonly parentId?: Uuid | null
}

/** What to change of a category: what is left out stays; a parent of null makes it a root. */
export interface CategoryChange {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly slug?: string | null
  readonly name?: Localized | null
  readonly seo?: Seo | null
  readonly parentId?: Uuid | null
  /** The sibling that it shall stand before; null makes it the last. Left out: its place, or the last of another parent. */
  readonly beforeId?: Uuid | null
}

const { refuse } = CATALOG_REFUSALS

const checkTexts = ({ slug, name, seo }: Pick<CategoryChange, 'slug' | 'name' | 'seo'>) =>
  firstRefusal([
    ...(slug == null ? [] : [checkSlug(slug)]),
    ...(name ? [checkLocalized(name, { max: MAX_NAME, path: ['name'] })] : []),
    ...(seo ? [checkSeo(seo)] : []),
  ])

/** Creates a category as the last below its parent. */
export const createCategory = async (
  ctx: Context,
  input: NewCategory,
): Promise<Result<{ categoryId: Uuid }>> => {
  const { name, parentId = null } = input
  const refused = checkTexts(input)
  if (refused) return refused
  await takeTurn(ctx)
  const fits = await checkParent(ctx, parentId)
  if (!fits.ok) return fits
  const id = newId()
  const slug = input.slug ?? (await suggestSlug(ctx.db, 'category', name))
  const inserted = await ctx.db
    .insertInto('category')
    .values({
      id,
      slug,
      name: JSON.stringify(name),
      ...(input.seo && { seo: seoColumn(input.seo) }),
      parent_id: parentId,
      position: sql`(select coalesce(max(position) + 1, 0) from category where parent_id is not distinct from ${parentId}::uuid)`,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return refuse('SLUG_TAKEN', { slug }, ['slug'])
  await appendEvents(ctx, [categoryEvent('CategoryCreated.v1', { id, slug, parentId })])
  return ok({ categoryId: id })
}

const checkSibling = async (
  ctx: Context,
  {
    id,
    parentId,
    beforeId,
  }: { readonly id: Uuid; readonly parentId: Uuid | null; readonly beforeId: Uuid | null },
): Promise<Result<null>> => {
  if (!beforeId) return ok(null)
  const sibling = await ctx.db
    .selectFrom('category')
    .select(['slug', 'parent_id'])
    .where('id', '=', beforeId)
    .executeTakeFirst()
  if (!sibling) return categoryNotFound(beforeId, 'beforeId')
  return sibling.parent_id === parentId && beforeId !== id
    ? ok(null)
    : refuse('CATEGORY_SIBLING', { slug: sibling.slug }, ['beforeId'])
}

/** Those above before the move or after it, but not both: below them something has changed. */
const aboveOnce = (before: readonly Uuid[], after: readonly Uuid[]): Uuid[] => [
  ...new Set(before).symmetricDifference(new Set(after)),
]

/** Renames or moves a category with all that is below it; refuses to put it inside itself. */
export const updateCategory = async (
  ctx: Context,
  change: CategoryChange,
): Promise<Result<{ categoryId: Uuid }>> => {
  const refused = checkTexts(change)
  if (refused) return refused
  const locked = await lockCategory(ctx, change)
  if (!locked.ok) return locked
  const row = locked.value
  const { id } = row
  const parentId = change.parentId === undefined ? row.parent_id : change.parentId
  const isElsewhere = parentId !== row.parent_id
  const fits = isElsewhere ? await checkParent(ctx, parentId, { id, slug: row.slug }) : ok([])
  if (!fits.ok) return fits
  const beforeId = change.beforeId ?? null
  const stands = await checkSibling(ctx, { id, parentId, beforeId })
  if (!stands.ok) return stands
  const above = isElsewhere ? await withAncestorsOf(ctx, row.parent_id) : []
  const saved = await onceUnique('category_slug_key', async () => {
    await ctx.db
      .updateTable('category')
      .set((eb) => ({
        ...(change.slug != null && { slug: change.slug }),
        ...(change.name && { name: JSON.stringify(change.name) }),
        ...(change.seo && { seo: seoColumn(change.seo) }),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
  })
  if (!saved) return refuse('SLUG_TAKEN', { slug: change.slug! }, ['slug'])
  if (isElsewhere || change.beforeId !== undefined) await placeCategory(ctx, { id, parentId, beforeId })
  const slug = change.slug ?? row.slug
  const changed = changesBetween(
    { slug: row.slug, name: row.name as Json, parentId: row.parent_id, ...seoFields(toSeo(row.seo)) },
    { slug, name: change.name ?? undefined, parentId, ...(change.seo && seoFields(change.seo)) },
  )
  const event = categoryEvent('CategoryUpdated.v1', { id, slug, parentId })
  const followed = await refreshRulesOfCategories(ctx, aboveOnce(above, fits.value))
  await appendEvents(ctx, [{ ...event, changed }, ...followed])
  return ok({ categoryId: id })
}
