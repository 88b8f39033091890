import { recordStatements, testDatabase } from '@hilo/db/testing'
import { newId } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { suggestSlug } from './slug-queries.ts'

const { db } = await testDatabase()

const take = (slugs: readonly string[]) =>
  db
    .insertInto('category')
    .values(slugs.map((slug) => ({ id: newId(), slug, name: JSON.stringify({ en: slug }) })))
    .execute()

const suggest = (name: string) => suggestSlug(db, 'category', { en: name })

it('A slug that is taken gets the next number, and one that no name but a longer one begins with none', async () => {
  await take(['bean-jar', 'bean-2-go'])
  for (const slug of ['bean', 'bean-2', 'bean-3', 'bean-4', 'bean-5', 'bean-6']) {
    expect(await suggest('Bean')).toBe(slug)
    await take([slug])
  }
})

it('A number that was left out is as good as the next: it is free', async () => {
  await take(['pod', 'pod-2', 'pod-4', 'pod-8', 'pod-9'])
  const suggested = await suggest('Pod')
  expect(suggested).toMatch(/^pod-\d+$/)
  expect(['pod', 'pod-2', 'pod-4', 'pod-8', 'pod-9']).not.toContain(suggested)
})

it('The ten-thousandth of a name is found in one statement that reads a few rows', async () => {
  await sql`
    insert into category (id, slug, name)
    select gen_random_uuid(), case n when 1 then 'tea' else 'tea-' || n end, '{"en": "Tea"}' from generate_series(1, 10000) as n`.execute(
    db,
  )
  await db.transaction().execute(async (tx) => {
    const read = async () => {
      const { rows } = await sql<{ count: number }>`
        select (seq_tup_read + idx_tup_fetch)::int as count from pg_stat_xact_user_tables where relname = 'category'`.execute(
        tx,
      )
      return rows[0]!.count
    }
    const before = await read()
    const { result, statements } = await recordStatements(() => suggestSlug(tx, 'category', { en: 'Tea' }))
    expect(result).toBe('tea-10001')
    expect(statements).toHaveLength(1)
    expect((await read()) - before).toBeLessThan(100)
  })
})
