import type { DB, Executor } from '@hilo/db'
import { type Localized, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { slugOfName } from './slugify.ts'

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

/**
 * A free slug made of a name: accents off, in Latin letters, with a number behind it when it is taken: `beans`, `beans-2`.
 * The number is looked for in doubling steps and then between the last two, so that the ten-thousandth of a name costs some
 * thirty looks into an index instead of ten thousand.
 */
export const suggestSlug = async (
  db: Executor<keyof Pick<DB, SlugKind>>,
  kind: SlugKind,
  name: Localized,
): Promise<string> => {
  const slug = slugOfName(name, kind)
  const { rows } = await sql<{ free: number }>`
    with recursive look (taken, free) as (
      select 0, null::integer
      union all
      select case when found then probe else taken end, case when found then free else probe end
      from (
        select taken, free, coalesce((taken + free) / 2, greatest(taken * 2, 1)) as probe
        from look where free is null or free - taken > 1
      ) as next
      cross join lateral (select exists (
        select from ${sql.table(kind)} where slug = ${slug}::text || case probe when 1 then '' else '-' || probe end
      ) as found) as looked
    )
    select free from look where free - taken = 1`.execute(db)
  const { free } = rows[0]!
  return free === 1 ? slug : `${slug}-${free}`
}
