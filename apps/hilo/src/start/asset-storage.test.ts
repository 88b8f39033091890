import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { originalKey } from '@hilo/assets'
import { createS3Storage } from '@hilo/assets/storage'
import { startTestBucket } from '@hilo/assets/testing'
import { newId } from '@hilo/kernel'
import { afterAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { assetFolder, assetStorageOf } from './asset-storage.ts'

const root = await mkdtemp(join(tmpdir(), 'hilo-asset-storage-'))
const { bucket, close } = await startTestBucket(root)
afterAll(async () => {
  await close()
  await rm(root, { recursive: true, force: true })
})

const IN_BUCKET = {
  HILO_S3_URL: bucket.url,
  HILO_S3_REGION: bucket.region,
  HILO_S3_ACCESS_KEY_ID: bucket.accessKeyId,
  HILO_S3_SECRET_ACCESS_KEY: bucket.secretAccessKey,
}
const configOf = (folder: string, env: NodeJS.ProcessEnv) =>
  readConfig(['--data-dir', join(root, folder)], env)

const inBucket = createS3Storage(bucket)
const body = new Uint8Array(Buffer.from('bytes of a picture'))

it('HILO_S3_URL names the bucket in which assets are put and found, and none is on the disk', async () => {
  const config = configOf('remote', IN_BUCKET)
  const key = originalKey(newId())
  await assetStorageOf(config).put(key, { body }, 'image/png')
  expect(await buffer((await inBucket.read(key))!.stream)).toEqual(Buffer.from(body))
  expect(await assetStorageOf(config).size(key)).toBe(body.length)
  await expect(readdir(assetFolder(config))).rejects.toThrow('ENOENT')
})

it('without it they are in the data folder, and none is in the bucket, whatever the keys say', async () => {
  const { HILO_S3_URL: _, ...keysOnly } = IN_BUCKET
  const config = configOf('local', keysOnly)
  const key = originalKey(newId())
  await assetStorageOf(config).put(key, { body }, 'image/png')
  expect(await readFile(join(assetFolder(config), key))).toEqual(Buffer.from(body))
  expect(await inBucket.size(key)).toBeUndefined()
})

it('a bucket without its keys is refused before anything is put on the disk instead', () => {
  const { HILO_S3_SECRET_ACCESS_KEY: _, ...halfSaid } = IN_BUCKET
  expect(() => assetStorageOf(configOf('half', halfSaid))).toThrow(
    /HILO_S3_URL needs .*HILO_S3_SECRET_ACCESS_KEY/,
  )
})
