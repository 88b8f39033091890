import { createApiKey, currentActor, revokeApiKey } from '@hilo/access'
import { createTestStaff } from '@hilo/access/testing'
import { createTestChannels } from '@hilo/channels/testing'
import type { Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { type Actor, grant, newId, unwrap } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { runNextTurn } from './run/start-bulk.ts'
import { jobNow, newExport, queueImport, runAll } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const shop = testContext(db, { channel: webEu })

const fileOf = (prefix: string) =>
  `slug,name,sku\n${Array.from({ length: 600 }, (_, n) => `${prefix}-${n},Product,${prefix}-${n}\n`).join('')}`

/** One piece of the job that waits for longest. */
const onePiece = () => runNextTurn(shop, { turnMs: 0 })

const staff = async (permission: 'catalog:write' | 'catalog:read') => {
  const { id: staffId } = await createTestStaff(shop, { permissions: [permission] })
  const actor: Actor = { kind: 'staff', staffId, sessionId: newId(), grants: [grant([permission])] }
  return { staffId, ctx: { ...shop, actor } as Context }
}

const FORBIDDEN = { state: 'FAILED', problem: { code: 'FORBIDDEN' } }

test('an import whose maker loses the permission stops at its next piece and keeps the one before', async () => {
  const { staffId, ctx } = await staff('catalog:write')
  const jobId = await queueImport(ctx, { file: fileOf('a') })
  await onePiece()
  expect(await jobNow(shop, jobId)).toMatchObject({ state: 'QUEUED', created: 250 })
  await db.deleteFrom('staff_grant').where('staff_id', '=', staffId).execute()
  await runAll(shop)
  expect(await jobNow(shop, jobId)).toMatchObject({ ...FORBIDDEN, created: 250, records: 250, report: [] })
})

test('so it does when they are disabled, or when the key that made it is revoked', async () => {
  const { staffId, ctx } = await staff('catalog:write')
  const byStaff = await queueImport(ctx, { file: fileOf('b') })
  await onePiece()
  await db.updateTable('staff').set({ disabled_at: shop.now() }).where('id', '=', staffId).execute()
  await runAll(shop)
  expect(await jobNow(shop, byStaff)).toMatchObject({ ...FORBIDDEN, created: 250 })

  const { id: keyId } = unwrap(await createApiKey(shop, { name: 'Feed', permissions: ['catalog:write'] }))
  const actor = await currentActor(db, { kind: 'app', keyId, grants: [] }, shop.now())
  const byKey = await queueImport({ ...shop, actor: actor! }, { file: fileOf('c') })
  await onePiece()
  unwrap(await revokeApiKey(shop, keyId))
  await runAll(shop)
  expect(await jobNow(shop, byKey)).toMatchObject({ ...FORBIDDEN, created: 250 })
})

test('an export tells nothing more once its maker may not read, and others go on', async () => {
  const [first, second] = [await staff('catalog:read'), await staff('catalog:read')]
  const lost = await newExport(first.ctx, 'PRODUCTS', 'JSONL')
  await onePiece()
  const kept = await newExport(second.ctx, 'PRODUCTS', 'JSONL')
  await db.deleteFrom('staff_grant').where('staff_id', '=', first.staffId).execute()
  await runAll(shop)
  expect(await jobNow(shop, lost)).toMatchObject({ ...FORBIDDEN, records: 250 })
  expect(await jobNow(shop, kept)).toMatchObject({ state: 'DONE', records: 750, problem: null })
})
