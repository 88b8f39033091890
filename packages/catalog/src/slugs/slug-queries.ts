import type { DB, Executor } from '@hilo/db'
import { type Localized, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { freeSlug, slugOfName } from './slugify.ts'

/** What has slugs that redirect when they change. */
export const SLUG_KINDS = ['product', 'category', 'collection'] as const

/** What has slugs that redirect when they change. */
export type SlugKind = (typeof SLUG_KINDS)[number]

/** SQL: the id of what has this slug, or had it before; a slug in use redirects nowhere. */
export const idBySlug = (kind: SlugKind, slug: string): RawBuilder<Uuid> => sql`(
  select id from ${sql.table(kind)} where slug = ${storable(slug)}
  union all
  select target_id from slug_redirect where kind = ${kind} and slug = ${storable(slug)}
  limit 1)`

/** The id of what had this slug before, or nothing: also when something has it now. */
export const redirectOf = async (
  db: Executor<'slug_redirect'>,
  kind: SlugKind,
  slug: string,
): Promise<Uuid | undefined> => {
  const row = await db
    .selectFrom('slug_redirect')
    .select('target_id')
    .where('kind', '=', kind)
    .where('slug', '=', storable(slug))
    .executeTakeFirst()
  return row?.target_id
}

/** The slugs that these had before, the newest first; at most 100 of each are kept. */
export const formerSlugs = (
  db: Executor<'slug_redirect'>,
  kind: SlugKind,
  ids: readonly Uuid[],
): Promise<{ id: Uuid; slug: string }[]> =>
  db
    .selectFrom('slug_redirect')
    .select(['target_id as id', 'slug'])
    .where('kind', '=', sql.lit(kind))
    .where('target_id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .orderBy('created_at', 'desc')
    .orderBy('slug')
    .execute()

/** A free slug made of a name: accents off, a number behind it when it is taken. */
export const suggestSlug = async (
  db: Executor<keyof Pick<DB, SlugKind>>,
  kind: SlugKind,
  name: Localized,
): Promise<string> => {
  const slug = slugOfName(name, kind)
  const { rows } = await sql<{ slug: string }>`
    select slug from ${sql.table(kind)} where slug = ${slug} or slug like ${`${slug}-%`}`.execute(db)
  return freeSlug(slug, new Set(rows.map((row) => row.slug)))
}
