import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { originalKey, prefixOf } from '@hilo/assets'
import { newId } from '@hilo/kernel'
import { afterAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { assetStorageOf } from '../start/asset-storage.ts'
import { checkArchive, type Frame, writeArchive } from './archive.ts'
import { dumpFiles, restoreFiles } from './stored-files.ts'

const root = await mkdtemp(join(tmpdir(), 'hilo-backup-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const configOf = (name: string) => readConfig(['--data-dir', join(root, name)], {})
const path = join(root, 'shop.backup')

const framesOf = async function* (config: Parameters<typeof dumpFiles>[0]): AsyncGenerator<Frame> {
  yield { kind: 'header', value: { format: 1, madeAt: '2026-05-01T00:00:00Z', migrations: [] } }
  yield* dumpFiles(config, [])
}

it('carries every upload over whole, without what is made of them or waits', async () => {
  const [here, there] = [configOf('one'), configOf('two')]
  const [small, large, empty] = [newId(), newId(), newId()]
  const bytes = new Map([
    [small, new Uint8Array(Buffer.from('bytes of a picture'))],
    [large, new Uint8Array(Buffer.alloc(300_000, 'film'))],
    [empty, new Uint8Array()],
  ])
  const storage = assetStorageOf(here)
  for (const [id, body] of bytes) await storage.put(originalKey(id), { body }, 'application/octet-stream')
  await storage.put(`${prefixOf(small)}full/160.webp`, { body: new Uint8Array([1]) }, 'image/webp')

  await writeArchive(path, framesOf(here))
  expect((await checkArchive(path)).uploads).toBe(3)
  const other = assetStorageOf(there)
  // One that is there already, from a restore that was cut off, is put anew.
  await other.put(originalKey(small), { body: new Uint8Array([9]) }, 'image/jpeg')
  expect(await restoreFiles(there, path)).toBe(3)
  for (const [id, body] of bytes) {
    const stored = await other.read(originalKey(id))
    expect(new Uint8Array(await buffer(stored!.stream))).toEqual(body)
  }
  expect(await other.size(`${prefixOf(small)}full/160.webp`)).toBeUndefined()
  expect(await readdir(join(root, 'two'))).toEqual(['assets'])
})
