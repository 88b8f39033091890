import type { DB, Executor } from '@hilo/db'
import type { Locale, Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'

/** Tables that a fact can be about or come from, and how people call a row of each. */
const NAMES = {
  api_key: () => sql<string>`name`,
  category: localized,
  customer: () => sql<string>`name`,
  device: () => sql<string>`name`,
  order: () => sql<string>`number`,
  product: localized,
  promotion: localized,
  role: () => sql<string>`name`,
  staff: () => sql<string>`name`,
  variant: () => sql<string>`sku`,
  webhook_endpoint: () => sql<string>`url`,
} as const satisfies Partial<Record<keyof DB, (locale: Locale) => RawBuilder<string>>>

function localized(locale: Locale): RawBuilder<string> {
  return sql<string>`coalesce(name ->> ${sql.lit(locale)}, name ->> 'en')`
}

/** A table whose rows have names. */
export type Named = keyof typeof NAMES

/** True for a table whose rows have names. */
export const isNamed = (table: string): table is Named => table in NAMES

/** A row to be named. */
export interface NameKey {
  readonly table: Named
  readonly id: Uuid
}

/** How people call these rows, all in one statement whatever tables they are of; those that are gone are absent. */
export const namesOf = async (
  db: Executor<Named>,
  { keys, locale }: { readonly keys: readonly NameKey[]; readonly locale: Locale },
): Promise<readonly (NameKey & { readonly name: string })[]> => {
  const parts = [...Map.groupBy(keys, ({ table }) => table)].map(
    ([table, rows]) => sql`
      select ${sql.lit(table)} as "table", id, ${NAMES[table](locale)} as name
      from ${sql.table(table)} where id = any(${rows.map(({ id }) => id)}::uuid[])`,
  )
  const { rows } = await sql<
    NameKey & { readonly name: string }
  >`${sql.join(parts, sql` union all `)}`.execute(db)
  return rows
}
