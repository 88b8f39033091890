import { createTestAsset } from '@hilo/assets/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { unwrap } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { addImage } from '../add-image.ts'
import { createTestProduct, seeding } from '../testing/index.ts'
import { forgetUnusedAssets } from './forget-unused-assets.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

it('deletes old assets that nothing shows, and no others', async () => {
  const [shown, unused] = [await createTestAsset(ctx), await createTestAsset(ctx)]
  const later = { ...ctx, now: () => new Date(ctx.now().getTime() + 1_000) }
  const young = await createTestAsset(later)
  const { productId } = await createTestProduct(ctx, { sku: 'CUP' })
  await seeding(ctx, async (inner) => unwrap(await addImage(inner, { productId, assetId: shown })))
  expect(await forgetUnusedAssets(ctx, later.now())).toBe(1)
  expect(await forgetUnusedAssets(ctx, later.now())).toBe(0)
  const left = await db.selectFrom('asset').select('id').orderBy('id').execute()
  expect(left.map(({ id }) => id)).toEqual([shown, young])
  expect(unused).toBeDefined()
})
