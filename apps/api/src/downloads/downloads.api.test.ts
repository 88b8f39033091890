import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { originalKey } from '@hilo/assets'
import { createDiskStorage } from '@hilo/assets/storage'
import { createTestAsset } from '@hilo/assets/testing'
import { createTestCart } from '@hilo/carts/testing'
import { giveTestFile, setTestGoods } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { unwrap, type Uuid } from '@hilo/kernel'
import { cancelOrder, placeOrder } from '@hilo/orders'
import { downloadLink } from '@hilo/orders/testing'
import { createPricedProduct } from '@hilo/prices/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { downloads } from './downloads.ts'

const { db, database } = await testDatabase()
const key = createSecretKey(randomBytes(32))
const stored = new Map([['guides/espresso.pdf', Buffer.alloc(300_000, 'x')]])
const root = await mkdtemp(join(tmpdir(), 'hilo-downloads-'))
const storage = createDiskStorage(root)
let now = new Date('2026-05-01T10:00:00Z')
let customer: Context
let guide: Uuid
let base: string

const server = createServer(
  downloads({
    database,
    key,
    clock: () => now,
    logger: pino({ level: 'silent' }),
    assets: storage,
    files: {
      read: async (name) => {
        const file = stored.get(name)
        return file && { bytes: file.length, stream: Readable.from([file.subarray(0, 9), file.subarray(9)]) }
      },
    },
  }),
)

beforeAll(async () => {
  const { webEu } = await createTestChannels(db)
  const ctx = { ...testContext(db, { channel: webEu }), now: () => now }
  const { id: customerId } = await createTestCustomer(ctx)
  customer = { ...ctx, actor: { kind: 'customer', customerId } }
  guide = (await createPricedProduct(ctx, { sku: 'guide', amounts: { EUR: 900 } })).variantId
  await setTestGoods(ctx, guide, { fulfilment: 'DIGITAL' })
  await giveTestFile(ctx, guide, { name: 'Guía "1".txt', body: 'Muele, ¡ya!', maxDownloads: 3, days: 2 })
  const pdf = (await createPricedProduct(ctx, { sku: 'pdf', amounts: { EUR: 900 } })).variantId
  const gone = (await createPricedProduct(ctx, { sku: 'gone', amounts: { EUR: 900 } })).variantId
  for (const [variantId, storageKey] of [
    [pdf, 'guides/espresso.pdf'],
    [gone, 'guides/gone.pdf'],
  ] as const) {
    await setTestGoods(ctx, variantId, { fulfilment: 'DIGITAL' })
    await giveTestFile(ctx, variantId, { name: 'e.pdf', mediaType: 'application/pdf', storageKey })
  }
  const film = (await createPricedProduct(ctx, { sku: 'film', amounts: { EUR: 900 } })).variantId
  await setTestGoods(ctx, film, { fulfilment: 'DIGITAL' })
  const assetId = await createTestAsset(ctx, { kind: 'VIDEO', visibility: 'PRIVATE', fileName: 'film.mp4' })
  await storage.put(originalKey(assetId), { body: new Uint8Array(Buffer.from('frames')) }, 'video/mp4')
  await giveTestFile(ctx, film, { name: 'film.mp4', mediaType: 'video/mp4', assetId })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.close()
  await rm(root, { recursive: true, force: true })
})

const buy = async (sku: string) => {
  const cart = await createTestCart(customer, { lines: [{ sku, quantity: 1 }] })
  const { orderId } = unwrap(
    await command(cart.ctx, { operation: 'order', input: null }, (inner) =>
      placeOrder(inner, { cartId: cart.cartId }),
    ),
  )
  const { id } = await db
    .selectFrom('download')
    .innerJoin('order_line', 'order_line.id', 'order_line_id')
    .select('download.id')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  return { orderId, downloadId: id, url: base + downloadLink(key, id, new Date(now.getTime() + 60_000)) }
}

const codeOf = async (url: string, init?: RequestInit) => {
  const answer = await fetch(url, init)
  const { code } = (await answer.json()) as { code: string }
  return [answer.status, code]
}

describe('a download', () => {
  it('is the file as an attachment that nothing keeps and nothing runs', async () => {
    const answer = await fetch((await buy('guide')).url)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('Muele, ¡ya!')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-disposition': `attachment; filename="Gu_a _1_.txt"; filename*=UTF-8''Gu%C3%ADa%20%221%22.txt`,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })

  it('comes out of the store whole', async () => {
    const answer = await fetch((await buy('pdf')).url)
    expect((await answer.arrayBuffer()).byteLength).toBe(300_000)
  })

  it('is a private asset, which has no other address', async () => {
    const answer = await fetch((await buy('film')).url)
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['video/mp4', 'frames'])
  })

  it('of a file that the store has lost is not counted', async () => {
    const { url, downloadId } = await buy('gone')
    expect(await codeOf(url)).toEqual([404, 'DOWNLOAD_MISSING'])
    const { used } = await db
      .selectFrom('download')
      .select('used')
      .where('id', '=', downloadId)
      .executeTakeFirstOrThrow()
    expect(used).toBe(0)
  })

  it('is given as often as was bought, to however many ask at once', async () => {
    const { url } = await buy('guide')
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(url)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(17)
    await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  })

  it('needs a link that is ours, whole, and of now', async () => {
    const { url, downloadId } = await buy('guide')
    const { url: other } = await buy('guide')
    const forged = [
      url.replace(/until=\d+/, 'until=99999999999'),
      url.replace(/signature=.*/, new URL(other).search.slice(1).split('&')[1]!),
      url.replace(/signature=.*/, 'signature='),
      url.slice(0, -1),
      `${base}/downloads/${downloadId}`,
      `${base}/downloads/..%2f..%2fetc?until=1&signature=x`,
      `${base}//`,
      base + downloadLink(createSecretKey(randomBytes(32)), downloadId, new Date(now.getTime() + 60_000)),
    ]
    for (const each of forged) expect(await codeOf(each)).toEqual([403, 'DOWNLOAD_FORGED'])
    const old = base + downloadLink(key, downloadId, now)
    expect(await codeOf(old)).toEqual([403, 'DOWNLOAD_EXPIRED'])
    expect(await codeOf(url, { method: 'POST' })).toEqual([405, 'DOWNLOAD_METHOD'])
  })

  it('ends with its days', async () => {
    const { downloadId } = await buy('guide')
    const before = now
    now = new Date(now.getTime() + 2 * 86_400_000)
    const url = base + downloadLink(key, downloadId, new Date(now.getTime() + 60_000))
    expect(await codeOf(url)).toEqual([410, 'DOWNLOAD_USED_UP'])
    now = before
  })

  it('and taking the order back exclude each other', async () => {
    const [first, second] = [await buy('guide'), await buy('guide')]
    const cancel = (orderId: Uuid) =>
      command(customer, { operation: 'cancel', input: null }, (inner) => cancelOrder(inner, { orderId }))
    await (await fetch(first.url)).text()
    expect(await cancel(first.orderId)).toMatchObject({ error: { code: 'ORDER_DOWNLOADED' } })
    expect(await cancel(second.orderId)).toMatchObject({ ok: true })
    expect(await codeOf(second.url)).toEqual([410, 'DOWNLOAD_USED_UP'])
    const bought: Awaited<ReturnType<typeof buy>>[] = []
    for (let count = 0; count < 6; count += 1) bought.push(await buy('guide'))
    const both = await Promise.all(
      bought.map(async ({ url, orderId }) => {
        const [answer, cancelled] = await Promise.all([fetch(url), cancel(orderId)])
        await answer.arrayBuffer()
        return answer.ok === cancelled.ok
      }),
    )
    expect(both).toEqual(bought.map(() => false))
  })
})
