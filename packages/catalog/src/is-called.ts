import { containing } from '@hilo/db'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { MAX_NAME } from './text.ts'

/**
 * SQL: the code or slug, or the name in one of its languages, contains a text, or the beginning of one that is longer than
 * any name; everything does when none is said.
 */
export const isCalled = (
  table: 'attribute' | 'collection' | 'product_type',
  search: string | null | undefined,
): RawBuilder<SqlBool> => {
  const text = search?.trim().slice(0, MAX_NAME)
  if (!text) return sql`true`
  const column = (name: string) => sql.ref(`${table}.${name}`)
  const said = column(table === 'collection' ? 'slug' : 'code')
  const pattern = containing(text)
  return sql`(${said} ilike ${pattern} or all_texts(${column('name')}) ilike ${pattern})`
}
