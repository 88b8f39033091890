import type { Executor } from '@hilo/db'
import { sql } from 'kysely'

/** Most collections that a refusal names. */
const MAX_NAMED = 5

/** The slugs of the first collections whose rule names an attribute, by its code. */
export const rulesWith = async (db: Executor<'collection'>, code: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('collection')
    .select('slug')
    .where(
      sql<boolean>`jsonb_path_exists(rule, '$.**.attribute.code ? (@ == $code)', ${JSON.stringify({ code })}::jsonb)`,
    )
    .orderBy('slug')
    .limit(MAX_NAMED)
    .execute()
  return rows.map(({ slug }) => slug)
}
