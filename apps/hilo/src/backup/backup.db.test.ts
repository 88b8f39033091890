import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { originalKey } from '@hilo/assets'
import { giveTestFile, setTestGoods } from '@hilo/catalog/testing'
import { storageKeys } from '@hilo/catalog'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { newId } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { backUp, restore } from '../commands/backup.ts'
import { readConfig } from '../config.ts'
import { assetStorageOf } from '../start/asset-storage.ts'
import { filesIn } from '../start/files.ts'

const [here, there] = [await testDatabase(), await testDatabase()]
const { webEu } = await createTestChannels(here.db)
const ctx = testContext(here.db, { channel: webEu })
const root = await mkdtemp(join(tmpdir(), 'hilo-backup-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const configOf = (folder: string, url: string, more: readonly string[] = []) =>
  readConfig(['--data-dir', join(root, folder), '--database-url', url, ...more], {})
const [one, two] = [configOf('one', here.url), configOf('two', there.url)]
const to = join(root, 'shop.backup')
/** Uploads are kept in a bucket from now on. */
const bucket = [
  '--s3-url',
  'http://127.0.0.1:1/shop',
  '--s3-access-key-id',
  'k',
  '--s3-secret-access-key',
  's',
]
const from = { from: to, replace: 'true', only: undefined }

/** What a command tells the person at the terminal. */
const told = async (command: () => Promise<void>): Promise<string> => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    await command()
    return write.mock.calls.map(([line]) => String(line)).join('')
  } finally {
    write.mockRestore()
  }
}

/** A file of digital products that somebody puts into a data folder by hand. */
const putByHand = async (path: string, body: Uint8Array): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), body)
}

const read = async (key: string): Promise<Buffer | undefined> => {
  const file = await filesIn(two).read(key)
  return file && buffer(file.stream)
}

const sellFile = async (sku: string, storageKey: string): Promise<void> => {
  const { variantId } = await createPricedProduct(ctx, { sku, amounts: { EUR: 900 } })
  await setTestGoods(ctx, variantId, { fulfilment: 'DIGITAL' })
  await giveTestFile(ctx, variantId, { name: `${sku}.pdf`, storageKey })
}

const film = Buffer.alloc(300_000, 'film')

test('files of digital products go into a backup and come out of it, as uploads do', async () => {
  await sellFile('guide', 'guides/espresso.pdf')
  await sellFile('film', 'films/how-to/latte-art.mp4')
  const asset = newId()
  const body = new Uint8Array(Buffer.from('bytes of a picture'))
  await assetStorageOf(one).put(originalKey(asset), { body }, 'image/png')
  await putByHand('one/files/guides/espresso.pdf', Buffer.from('Grind it.'))
  await putByHand('one/files/not-sold-yet.txt', Buffer.alloc(0))
  await putByHand('one/files/.hidden', Buffer.from('of the file manager'))
  // On another disk, as large ones may be.
  await putByHand('large/how-to/latte-art.mp4', film)
  await symlink(join(root, 'large'), join(root, 'one/files/films'))
  await putByHand('two/files/guides/espresso.pdf', Buffer.from('An older one, and longer.'))

  const said = await told(() => backUp(one, { to }))
  expect(said).toMatch(/\d+ tables, 1 uploaded file, and 3 files of digital products, \d+ bytes, read back/)
  expect(said).not.toContain('Not in it')
  const restored = await told(() => restore(configOf('two', there.url, bucket), from))
  expect(restored).toContain('and 3 files of digital products as of ')
  expect(restored).toContain('copy them into the bucket of HILO_S3_URL')

  expect(await storageKeys(there.db)).toEqual(['films/how-to/latte-art.mp4', 'guides/espresso.pdf'])
  expect((await read('guides/espresso.pdf'))?.toString()).toBe('Grind it.')
  expect((await read('films/how-to/latte-art.mp4'))?.equals(film)).toBe(true)
  expect((await read('not-sold-yet.txt'))?.length).toBe(0)
  expect(await read('.hidden')).toBeUndefined()
  const upload = await assetStorageOf(two).read(originalKey(asset))
  expect((await buffer(upload!.stream)).equals(body)).toBe(true)
})

test('a backup says what it does not carry: what is in a bucket, and files that are not there', async () => {
  await sellFile('lost', 'lost/by-accident.pdf')
  const said = await told(() => backUp(configOf('one', here.url, bucket), { to }))
  expect(said).toContain('tables and 3 files of digital products, ')
  expect(said).toContain('Not in it: what was uploaded, which is in the bucket of HILO_S3_URL')
  expect(said).toContain(
    `Not in it: files of digital products that are not in ${join(root, 'one/files')}: lost/by-accident.pdf\n`,
  )
})

test('tables of a version that knew no digital products are backed up too', async () => {
  await sql`drop table digital_file cascade`.execute(here.db)
  expect(await told(() => backUp(one, { to }))).toContain('read back and sound')
})
