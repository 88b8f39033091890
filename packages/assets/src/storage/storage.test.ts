import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { newId } from '@hilo/kernel'
import { afterAll, describe, expect, it } from 'vitest'
import { originalKey, prefixOf } from '../asset.ts'
import { startTestBucket } from '../testing/index.ts'
import { createDiskStorage, createS3Storage, type Storage } from './index.ts'

const folder = await mkdtemp(join(tmpdir(), 'hilo-storage-'))
const { bucket, close } = await startTestBucket(folder)
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true, force: true })
})

const storages: readonly (readonly [string, Storage])[] = [
  ['a folder', createDiskStorage(join(folder, 'disk'))],
  ['an S3-compatible bucket', createS3Storage(bucket)],
]

const fileOf = async (body: Buffer) => {
  const path = join(folder, newId())
  await writeFile(path, body)
  return { path, bytes: body.length, sha256: createHash('sha256').update(body).digest() }
}

const readWhole = async (storage: Storage, key: string, span?: { start: number; end: number }) => {
  const stored = await storage.read(key, span)
  if (!stored) return undefined
  const body = await buffer(stored.stream)
  expect(stored.bytes).toBe(body.length)
  return body
}

describe.each(storages)('%s', (_name, storage) => {
  it('gives back what was put, whole and in parts, from files and from memory', async () => {
    const id = newId()
    const body = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
    await storage.put(originalKey(id), await fileOf(body), 'image/jpeg')
    await storage.put(`${prefixOf(id)}full/160.webp`, { body: new Uint8Array([1, 2, 3]) }, 'image/webp')
    expect(await readWhole(storage, originalKey(id))).toEqual(body)
    expect(await readWhole(storage, originalKey(id), { start: 1_000, end: 1_999 })).toEqual(
      body.subarray(1_000, 2_000),
    )
    expect(await readWhole(storage, `${prefixOf(id)}full/160.webp`)).toEqual(Buffer.from([1, 2, 3]))
    expect(await storage.size(originalKey(id))).toBe(300_000)
  })

  it('knows what is not there', async () => {
    expect(await storage.read(originalKey(newId()))).toBeUndefined()
    expect(await storage.size(originalKey(newId()))).toBeUndefined()
  })

  it('takes away all of one asset, and nothing of another; again does no harm', async () => {
    const [gone, kept] = [newId(), newId()]
    for (const id of [gone, kept])
      for (const key of [
        originalKey(id),
        `${prefixOf(id)}1x1-50-50/160.avif`,
        `${prefixOf(id)}full/160.webp`,
      ])
        await storage.put(key, { body: new Uint8Array([7]) }, 'image/webp')
    await storage.remove(`${prefixOf(gone)}1x1-50-50/`)
    expect(await storage.size(`${prefixOf(gone)}1x1-50-50/160.avif`)).toBeUndefined()
    expect(await storage.size(`${prefixOf(gone)}full/160.webp`)).toBe(1)
    await storage.remove(prefixOf(gone))
    await storage.remove(prefixOf(gone))
    expect(await storage.size(originalKey(gone))).toBeUndefined()
    expect(await storage.size(originalKey(kept))).toBe(1)
  })

  it('has no keys but ours', async () => {
    for (const key of ['../secret', '/etc/passwd', `${prefixOf(newId())}../../x`, '', 'incoming/x'])
      await expect(Promise.try(() => storage.read(key))).rejects.toThrow(/is no key/)
    await expect(Promise.try(() => storage.remove('/'))).rejects.toThrow(/is no key/)
  })
})

it('a bucket whose key is wrong is an error, and never "not there"', async () => {
  const stranger = createS3Storage({ ...bucket, secretAccessKey: 'wrong' })
  await expect(stranger.read(originalKey(newId()))).rejects.toThrow(/403/)
  await expect(stranger.size(originalKey(newId()))).rejects.toThrow(/403/)
  await expect(
    stranger.put(originalKey(newId()), { body: new Uint8Array([1]) }, 'image/webp'),
  ).rejects.toThrow(/403/)
})
