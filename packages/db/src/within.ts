import type { Reach } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/**
 * SQL: the column holds an id within the reach, which `reachOf` of the kernel took from an actor and a permission. Null
 * in the column is a thing of every channel, which only a reach over all has.
 */
export const within = (reach: Reach, column: string): RawBuilder<SqlBool> => {
  if (reach === 'all') return sql`true`
  if (reach.length === 0) return sql`false`
  return sql`${sql.ref(column)} = any(${reach}::uuid[])`
}

/**
 * SQL: the column holds an id within the reach, or null: a thing of every channel may be looked at from each of them,
 * though changed only by who reaches all.
 */
export const withinOrShared = (reach: Reach, column: string): RawBuilder<SqlBool> =>
  reach === 'all' || reach.length === 0
    ? within(reach, column)
    : sql`(${sql.ref(column)} is null or ${within(reach, column)})`
