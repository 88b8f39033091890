import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { lockCategory } from '../category-tree.ts'
import { insertCategories } from '../insert-products.ts'
import { seeding } from '../testing/index.ts'
import { setTranslations } from './set-translations.ts'

const { db } = await testDatabase()
await createTestChannels(db)
const ctx = testContext(db)

const someoneWaits = async (): Promise<boolean> => {
  const { rows } = await sql`
    select from pg_locks where relation = 'category'::regclass and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return rows.length > 0
}

test('who translates a category waits for a turn of the tree before holding it, instead of in a circle', async () => {
  const ids = await seeding(ctx, (inner) => insertCategories(inner, [{ slug: 'tea', name: { en: 'Tea' } }]))
  const id = ids.get('tea')!
  const text = {
    kind: 'category',
    id,
    field: 'NAME',
    part: '',
    text: 'Té',
    ifVersion: null,
    index: 0,
  } as const
  const translate = () =>
    db
      .transaction()
      .execute((tx) => setTranslations({ ...ctx, db: tx }, { locale: 'es', translations: [text] }))
  let translating: ReturnType<typeof translate> | undefined
  await db.transaction().execute(async (tx) => {
    await sql`lock table category in share row exclusive mode`.execute(tx)
    translating = translate()
    translating.catch(() => undefined)
    while (!(await someoneWaits()));
    expect((await lockCategory({ ...ctx, db: tx }, { id })).ok).toBe(true)
  })
  expect(await translating).toEqual({ ok: true, value: { count: 1 } })
})
