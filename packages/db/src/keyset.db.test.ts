import { decodeCursor, encodeCursor, newId } from '@hilo/kernel'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { InvalidCursorError, keyset, type KeysetColumn } from './index.ts'
import { testDatabase } from './testing/index.ts'

const { db } = await testDatabase()

interface Row {
  readonly id: string
  readonly slug: string
  readonly position: number
  readonly created_at: Date
}

const rows = () =>
  db
    .selectFrom('product')
    .innerJoin('image', 'image.product_id', 'product.id')
    .select(['product.id', 'product.slug', 'image.position', 'product.created_at'])

const keyOf = (columns: readonly KeysetColumn[]) => (row: Row) =>
  columns.map(([column]) => {
    const value = row[column.slice(column.indexOf('.') + 1) as keyof Row]
    return value instanceof Date ? value.toISOString() : value
  })

const pages = async (columns: readonly KeysetColumn[], size: number): Promise<Row[]> => {
  const seen: Row[] = []
  let cursor: string | undefined
  for (;;) {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, columns.length)
    const page: Row[] = await keyset(rows(), { columns, after, limit: size }).execute()
    if (page.length === 0) return seen
    seen.push(...page)
    cursor = encodeCursor(keyOf(columns)(page.at(-1)!))
  }
}

await Promise.all(
  Array.from({ length: 60 }, async (_, index) => {
    const id = newId()
    // Three moments a few microseconds apart or equal, as `now()` gives them.
    const at = sql<Date>`timestamptz '2026-03-02 10:00:00.000499+00' + ${index % 3} * interval '1 microsecond'`
    await db
      .insertInto('product')
      .values({ id, slug: `Slug ${String(index).padStart(2, '0')}`, name: '{}', created_at: at })
      .execute()
    await db
      .insertInto('image')
      .values({ id: newId(), product_id: id, url: '', position: index % 4 })
      .execute()
  }),
)

describe('keyset paging', () => {
  const direction = fc.constantFrom('asc', 'desc')
  const columns = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom('product.created_at', 'image.position', 'product.slug'), {
        maxLength: 3,
      }),
      fc.array(direction, { minLength: 4, maxLength: 4 }),
    )
    .map(([names, directions]) =>
      [...names, 'product.id'].map((name, index): KeysetColumn =>
        name === 'image.position' ? [name, directions[index]!, 'integer'] : [name, directions[index]!],
      ),
    )

  it('gives every row once and in order, whatever the key, the directions and the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(columns, fc.integer({ min: 1, max: 61 }), async (columns, size) => {
        const whole = await keyset(rows(), { columns, after: undefined, limit: 1_000 }).execute()
        expect(whole).toHaveLength(60)
        expect(await pages(columns, size)).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })

  it('neither skips nor repeats a row that a writer adds or removes elsewhere meanwhile', async () => {
    const columns: KeysetColumn[] = [['product.slug', 'asc']]
    const first = await keyset(rows(), { columns, after: undefined, limit: 10 }).execute()
    await db.insertInto('product').values({ id: newId(), slug: 'Slug 00 before', name: '{}' }).execute()
    const next = await keyset(rows(), { columns, after: [first.at(-1)!.slug], limit: 1 }).execute()
    expect(next[0]!.slug).toBe('Slug 10')
  })

  it('is served by an index when all columns go one way', async () => {
    const query = keyset(db.selectFrom('order').select('id'), {
      columns: [
        ['order.placed_at', 'desc'],
        ['order.id', 'desc'],
      ],
      after: ['2026-03-02T10:00:00.000Z', newId()],
      limit: 11,
    })
    const plan = await db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      const { rows } = await tx.executeQuery<{ 'QUERY PLAN': string }>(
        sql`explain ${sql.raw(query.compile().sql.replace('$1', `'2026-03-02'`).replace('$2', `'${newId()}'`).replace('$3', '11'))}`.compile(
          tx,
        ),
      )
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('using order_newest')
    expect(plan).not.toContain('Sort')
  })

  const id = newId()
  it.each([
    [['product.id', 'asc'], ['x']],
    [['product.id', 'asc'], [null]],
    [['product.id', 'asc'], [7]],
    [
      ['product.id', 'asc'],
      [id, id],
    ],
    [['product.id', 'asc'], []],
    [['product.created_at', 'asc'], ['infinity']],
    [['product.created_at', 'asc'], ['2026-13-01T00:00:00Z']],
    [['product.created_at', 'asc'], ['2026-02-30T00:00:00Z']],
    [['product.created_at', 'asc'], ['0000-01-01T00:00:00Z']],
    [['image.position', 'asc', 'integer'], ['1e3']],
    [['image.position', 'asc', 'integer'], ['9223372036854775808']],
    [['product.slug', 'asc'], ['nul \u0000']],
  ] as const)('refuses a forged key for %j: %j', (column, after) => {
    expect(() => keyset(rows(), { columns: [column], after, limit: 1 })).toThrow(InvalidCursorError)
  })

  it.each([
    [['image.position', 'asc', 'integer'], ['999999999999999999'], 0],
    [['image.position', 'asc', 'integer'], [-1], 60],
    [['product.created_at', 'desc'], ['9999-12-31T23:59:59.999999Z'], 60],
    [['product.slug', 'asc'], ["'; drop table product; --"], 60],
  ] as const)('takes any possible key for %j: %j', async (column, after, count) => {
    expect(await keyset(rows(), { columns: [column], after, limit: 100 }).execute()).toHaveLength(count)
  })
})

describe('the tables', () => {
  it('hold times in milliseconds, as a Date does', async () => {
    const { rows } = await sql<{ column: string }>`select table_name || '.' || column_name as column
      from information_schema.columns where table_schema = 'public' and data_type = 'timestamp with time zone'
        and datetime_precision <> 3`.execute(db)
    expect(rows).toEqual([])
  })

  it('name their columns so that a cursor can be checked: ids are UUIDs, times end with at', async () => {
    const { rows } = await sql<{ column: string }>`select table_name || '.' || column_name as column
      from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%' and (
        column_name ~ '(^|_)id$' and data_type <> 'uuid' or column_name ~ '(^|_)at$' and data_type not like 'timestamp%')
      order by 1`.execute(db)
    expect(rows.map(({ column }) => column)).toEqual([
      'event.correlation_id',
      'event.id',
      'event_consumer.event_id',
      'price_history.id',
      'search_tag.id',
      'webhook_delivery.event_id',
    ])
  })
})
