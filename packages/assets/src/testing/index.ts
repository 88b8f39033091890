import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import type { Context } from '@hilo/db'
import type { AssetDoor } from '@hilo/graphql'
import { newId, type Uuid } from '@hilo/kernel'
import type { Asset } from '../asset.ts'

/** A door with a key that is no secret, as the API gets it. */
export const testDoor = (overrides: Partial<AssetDoor> = {}): AssetDoor => ({
  key: createSecretKey(Buffer.alloc(32, 9)),
  publicUrl: '',
  maxImageBytes: 25_000_000,
  maxFileBytes: 100_000_000,
  ...overrides,
})

/** A row of an asset without bytes in any storage: a picture of 1,600 × 1,200 pixels unless said otherwise. */
export const createTestAsset = async (
  ctx: Context,
  { kind = 'IMAGE', visibility = 'PUBLIC', fileName = 'beans.jpg' }: Partial<Asset> = {},
): Promise<Uuid> => {
  const id = newId()
  const isPicture = kind === 'IMAGE'
  await ctx.db
    .insertInto('asset')
    .values({
      id,
      kind,
      visibility,
      file_name: fileName,
      media_type: isPicture ? 'image/jpeg' : 'application/pdf',
      bytes: 1_000,
      sha256: createHash('sha256').update(randomBytes(16)).digest(),
      width: isPicture ? 1_600 : null,
      height: isPicture ? 1_200 : null,
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .execute()
  return id
}
