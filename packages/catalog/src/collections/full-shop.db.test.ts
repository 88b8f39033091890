import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestCollection } from '../testing/index.ts'
import { MAX_COLLECTIONS } from './collection.ts'
import { createCollection, updateCollection } from './save-collection.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

test('a shop with as many collections as there may be makes no more, and gives a rule to one that is there', async () => {
  const id = await createTestCollection(ctx, { slug: 'picked' })
  await sql`
    insert into collection (id, slug, name, created_at, updated_at)
    select gen_random_uuid(), 'c-' || n, '{}', now(), now() from generate_series(2, ${MAX_COLLECTIONS}::int) as n`.execute(
    db,
  )
  const created = await command(ctx, { operation: 'create', input: null }, (inner) =>
    createCollection(inner, { name: { en: 'One more' } }),
  )
  expect(created).toMatchObject({ ok: false, error: { data: { max: MAX_COLLECTIONS } } })
  const updated = await command(ctx, { operation: 'update', input: null }, (inner) =>
    updateCollection(inner, { id, rule: { name: { contains: 'new' } } }),
  )
  expect(updated).toMatchObject({ ok: true })
})
