import type { CursorKey } from '@hilo/kernel'
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { InvalidCursorError } from './events/position.ts'

/** What a cursor's value must look like to be compared with the column. */
export type KeysetKind = 'uuid' | 'time' | 'integer' | 'text'

/** A sort column with its direction; the kind is needed only where the name does not tell it (see `kindOf`). */
export type KeysetColumn = readonly [column: string, direction: 'asc' | 'desc', kind?: KeysetKind]

export interface Keyset {
  /** The whole sort key: not null, unique together, so end it with the id. An index in this order serves it. */
  readonly columns: readonly KeysetColumn[]
  /** The key of the last row seen, one value for each column. */
  readonly after: CursorKey | undefined
  /** Most rows to return: one more than the page tells whether there is a next one. */
  readonly limit: number
}

const isDay = (value: string): boolean => {
  const time = new Date(value)
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === value.slice(0, 10)
}

/** How a value is recognised, and cast: what Postgres could not read would be an error, not a refusal. */
const KINDS: Readonly<Record<KeysetKind, { fits: (value: string) => boolean; cast: string }>> = {
  uuid: { fits: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value), cast: '::uuid' },
  time: {
    fits: (value) => /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value) && isDay(value),
    cast: '::timestamptz',
  },
  integer: { fits: (value) => /^-?\d{1,18}$/.test(value), cast: '::int8' },
  // Without a cast it takes the column's own type, so that citext stays citext. Postgres has no NUL in text.
  text: { fits: (value) => !value.includes('\0'), cast: '' },
}

/** By the names of the house: `id` and `…_id` are UUIDs, `at` and `…_at` times, everything else text. */
const kindOf = (column: string): KeysetKind => {
  const name = column.slice(column.lastIndexOf('.') + 1)
  if (/(^|_)id$/.test(name)) return 'uuid'
  return /(^|_)at$/.test(name) ? 'time' : 'text'
}

interface Part {
  readonly ref: RawBuilder<unknown>
  readonly operator: RawBuilder<unknown>
  readonly value: RawBuilder<unknown>
}

const partsOf = (columns: readonly KeysetColumn[], after: CursorKey): readonly Part[] => {
  if (after.length !== columns.length) throw new InvalidCursorError()
  return columns.map(([column, direction, kind = kindOf(column)], index) => {
    const value = after[index]
    if (value === null || !KINDS[kind].fits(String(value))) throw new InvalidCursorError()
    return {
      ref: sql.ref(column),
      operator: sql.raw(direction === 'asc' ? '>' : '<'),
      value: sql`${String(value)}${sql.raw(KINDS[kind].cast)}`,
    }
  })
}

/** `(a, b) > (x, y)` when all go one way, which an index serves; else `a > x or (a = x and b < y)`. */
const isAfter = (columns: readonly KeysetColumn[], after: CursorKey): RawBuilder<boolean> => {
  const parts = partsOf(columns, after)
  if (columns.every(([, direction]) => direction === columns[0]![1])) {
    const refs = sql.join(parts.map(({ ref }) => ref))
    return sql`(${refs}) ${parts[0]!.operator} (${sql.join(parts.map(({ value }) => value))})`
  }
  const cases = parts.map(({ ref, operator, value }, index) => {
    const equal = parts.slice(0, index).map((earlier) => sql`${earlier.ref} = ${earlier.value}`)
    return sql`(${sql.join([...equal, sql`${ref} ${operator} ${value}`], sql` and `)})`
  })
  return sql`(${sql.join(cases, sql` or `)})`
}

/**
 * Sorts a query by a key and continues it after a row:
 * `keyset(orders, { columns: [['order.placed_at', 'desc'], ['order.id', 'desc']], after, limit: first + 1 })`.
 * Throws `InvalidCursorError` when `after` cannot be a key of these columns.
 */
export const keyset = <DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  { columns, after, limit }: Keyset,
): SelectQueryBuilder<DB, TB, O> => {
  const sorted = columns.reduce(
    (sorting, [column, direction]) => sorting.orderBy(sql.ref(column), direction),
    after ? query.where(isAfter(columns, after)) : query,
  )
  return sorted.limit(limit)
}
