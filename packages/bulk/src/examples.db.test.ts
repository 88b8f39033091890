import { readFile } from 'node:fs/promises'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { seeding } from '@hilo/catalog/testing'
import { createLocations } from '@hilo/inventory'
import { insertPriceLists } from '@hilo/prices'
import { expect, test } from 'vitest'
import { BULK_KINDS } from './job.ts'
import { runImportOf } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

/** What the admin gives people to begin with. */
const FOLDER = new URL('../../../apps/admin/static/examples/', import.meta.url)

test('the example files for people are taken whole, one after the other', async () => {
  await createLocations(db, [
    { code: 'wh-madrid', name: { en: 'Madrid' }, kind: 'WAREHOUSE', country: 'ES', channelIds: [] },
  ])
  await seeding(ctx, (inner) =>
    insertPriceLists(inner, [{ code: 'base-eu', name: { en: 'Europe' }, kind: 'BASE', currency: 'EUR' }]),
  )
  for (const kind of BULK_KINDS) {
    const file = await readFile(new URL(`${kind.toLowerCase()}.csv`, FOLDER))
    const job = await runImportOf(ctx, { kind, file })
    expect(job.report, kind).toEqual([])
    expect(job, kind).toMatchObject({ state: 'DONE', refused: 0, warnings: [] })
    expect(job.created, kind).toBeGreaterThan(0)
  }
})
