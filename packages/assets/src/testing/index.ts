import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import type { Context } from '@hilo/db'
import type { AssetDoor } from '@hilo/graphql'
import { newId, type Uuid } from '@hilo/kernel'
import sharp from 'sharp'
import type { Asset } from '../asset.ts'

export { startTestBucket } from './bucket.ts'

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

/** How a picture of a test shall be. */
export interface TestPicture {
  readonly width?: number
  readonly height?: number
  readonly format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff'
  /** CSS; another colour makes other bytes. */
  readonly color?: string
  /** As cameras write it: 6 is turned by a quarter. With it comes a place, which nobody shall be told. */
  readonly orientation?: number
}

/** The bytes of a picture: its left half in the colour, its right half white. */
export const testPicture = async ({
  width = 400,
  height = 300,
  format = 'jpeg',
  color = '#a33',
  orientation,
}: TestPicture = {}): Promise<Buffer<ArrayBuffer>> => {
  const half = { width: Math.max(1, Math.floor(width / 2)), height, channels: 3, background: color } as const
  const picture = sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite([{ input: { create: half }, left: 0, top: 0 }])
    .toFormat(format)
  const whole = orientation
    ? picture
        .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '40/1 25/1 0/1' } })
        .withMetadata({ orientation })
    : picture
  return Buffer.from(new Uint8Array(await whole.toBuffer()))
}

/** What a picture is, and the colours at its left and right edges. */
export const readPicture = async (bytes: Uint8Array) => {
  const { format, width, height, orientation, exif } = await sharp(bytes).metadata()
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const row = Math.floor(info.height / 2) * info.width
  const at = (x: number): readonly number[] => [...data.subarray((row + x) * 3, (row + x) * 3 + 3)]
  return { format, width, height, orientation, exif, left: at(0), right: at(info.width - 1) }
}
