import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestChannels } from '@hilo/channels/testing'
import { command, startEventFeed } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { newId, unwrap } from '@hilo/kernel'
import { afterAll, expect, it } from 'vitest'
import { originalKey, prefixOf } from './asset.ts'
import { deleteAsset } from './change-asset.ts'
import { noteRemoval } from './removals.ts'
import { startAssetRemovals } from './start-asset-removals.ts'
import { createDiskStorage } from './storage/index.ts'
import { createTestAsset } from './testing/index.ts'

const { db, database } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const folder = await mkdtemp(join(tmpdir(), 'hilo-removals-'))
const storage = createDiskStorage(folder)
const feed = await startEventFeed(database)
const stopping = new AbortController()
const failures: object[] = []
const options = {
  db,
  feed,
  clock: ctx.now,
  logger: { error: (facts: object) => failures.push(facts) },
  signal: stopping.signal,
  storage,
}
// Two, as when two processes run the worker.
const running = [startAssetRemovals(options), startAssetRemovals(options)]

afterAll(async () => {
  stopping.abort()
  await Promise.all(running)
  await feed.close()
  await rm(folder, { recursive: true, force: true })
  expect(failures).toEqual([])
})

const put = (id: string) => storage.put(originalKey(id), { body: new Uint8Array([1]) }, 'image/jpeg')

it('a deleted asset leaves the storage; what came of an upload that died does so when it is due', async () => {
  const [gone, kept, dead] = [await createTestAsset(ctx), await createTestAsset(ctx), newId()]
  for (const id of [gone, kept, dead]) await put(id)
  await noteRemoval(db, prefixOf(dead), new Date(ctx.now().getTime() + 1))
  unwrap(
    await command(ctx, { operation: 'delete', input: null }, (inner) => deleteAsset(inner, { id: gone })),
  )
  await expect.poll(() => storage.size(originalKey(gone))).toBeUndefined()
  expect(await storage.size(originalKey(kept))).toBe(1)
  expect(await storage.size(originalKey(dead))).toBe(1)
  await noteRemoval(db, prefixOf(dead), ctx.now())
  const [another] = [await createTestAsset(ctx)]
  unwrap(
    await command(ctx, { operation: 'delete', input: null }, (inner) => deleteAsset(inner, { id: another })),
  )
  await expect.poll(() => storage.size(originalKey(dead))).toBeUndefined()
  await expect.poll(() => db.selectFrom('asset_removal').select('prefix').execute()).toEqual([])
})
