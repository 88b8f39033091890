import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { archivePriceList, updatePriceList } from './save-price-list.ts'
import { createTestPriceList } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db, { channel: (await createTestChannels(db)).webEu })

const someoneWaits = async (): Promise<boolean> => {
  const { rows } = await sql`
    select from pg_locks where relation = 'price_list'::regclass and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return rows.length > 0
}

test('who changes a price list waits for who ends one before holding it, instead of in a circle', async () => {
  const id = await createTestPriceList(ctx, { code: 'usual', currency: 'EUR' })
  const rename = () =>
    db
      .transaction()
      .execute((tx) => updatePriceList({ ...ctx, db: tx }, { id, name: { en: 'Usual prices' } }))
  let renaming: ReturnType<typeof rename> | undefined
  await db.transaction().execute(async (tx) => {
    await sql`lock table price_list in share row exclusive mode`.execute(tx)
    renaming = rename()
    renaming.catch(() => undefined)
    while (!(await someoneWaits()));
    expect((await archivePriceList({ ...ctx, db: tx }, { id })).ok).toBe(true)
  })
  expect(await renaming).toMatchObject({ error: { code: 'PRICE_LIST_ARCHIVED' } })
})
