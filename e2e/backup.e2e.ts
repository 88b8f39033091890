import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { Client } from 'pg'
import { buyWithDevice, type Ledger } from './buyers.ts'
import { connectDevice } from './devices.ts'
import { read, type FrontEnd } from './graphql.ts'
import { startHilo, temporaryDataDir } from './hilo-process.ts'
import { openShop, readBooks, SKUS } from './load-shop.ts'
import { startPostgres } from './postgres-process.ts'
import { runHilo } from './run-hilo.ts'

const STACK = /\n\s+at |node:internal|file:\/\//
const SKU = SKUS[0]

test.describe.configure({ mode: 'serial' })

const dir = await temporaryDataDir()
const file = join(dir.path, 'shop.backup')
const folder = (name: string): string => join(dir.path, name)

test.afterAll(() => dir.remove())

const hilo = async (args: readonly string[], url: string) => {
  const { ended, output } = runHilo(args, { env: { DATABASE_URL: url } })
  return { code: await ended, output: output() }
}

const changePrice = async (staff: FrontEnd, amountMinor: number): Promise<void> => {
  const { variant, priceLists } = await read<{
    variant: { id: string }
    priceLists: { id: string; code: string }[]
  }>(staff, `{ variant(sku: "${SKU}") { id } priceLists { id code } }`)
  const priceListId = priceLists.find(({ code }) => code === 'base-eu')!.id
  const input = { variantId: variant.id, priceListId, amount: { amountMinor, currency: 'EUR' } }
  await read(staff, 'mutation ($input: PriceSetInput!) { priceSet(input: $input) { userErrors { code } } }', {
    input,
  })
}

const count = async (url: string, query: string): Promise<number> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ n: number }>(`select count(*)::int4 as n from ${query}`)
  // Until the connection is gone: the server is stopped soon, which would be an error of this one.
  await client.end()
  return rows[0]!.n
}

test('a backup under load, restored on another server, is a shop that goes on', async () => {
  test.setTimeout(300_000)
  const first = await startPostgres(folder('postgres-1'))
  const before = await startHilo(folder('one'), { env: { DATABASE_URL: first.url } })
  const shop = await openShop(before, { devices: 3, customers: 2 })
  const bearer = { authorization: `Bearer ${shop.staffToken}` }
  await changePrice({ web: before.web, headers: bearer }, 2222)
  const ledger: Ledger = { purchases: new Map(), placed: new Map(), cut: 0, isOver: false, changed: () => {} }
  const buyers = await Promise.all(shop.devices.map((device) => buyWithDevice(before, device, ledger)))
  const bought = (): string[] => [...ledger.purchases.values()].flatMap(({ order }) => order ?? [])
  await expect.poll(() => bought().length, { intervals: [20] }).toBeGreaterThan(20)

  const atLeast = bought()
  const made = await hilo(
    ['backup', '--to', file, '--data-dir', folder('one'), '--edge-url', before.web],
    first.url,
  )
  expect(made.output).toMatch(/tables and the edge's store, \d+ bytes, read back and sound/)
  expect(made.code).toBe(0)
  const boughtMeanwhile = bought().length - atLeast.length
  ledger.isOver = true
  await Promise.all(buyers.map(({ done }) => done))
  await Promise.all(buyers.map(({ close }) => close()))
  expect(await before.stop()).toBe(0)
  await first.stop()
  expect(boughtMeanwhile).toBeGreaterThan(0)

  const second = await startPostgres(folder('postgres-2'))
  const two = folder('two')
  await mkdir(two)
  // What a backup of data does not hold: the sign-ins of the demo, and the key that encrypts.
  for (const kept of ['demo.json', 'secret.key'])
    await cp(join(folder('one'), kept), join(two, kept)).catch(() => undefined)
  const restored = await hilo(['restore', '--from', file, '--data-dir', two], second.url)
  expect(restored.output).toContain("and the edge's store as of ")
  expect(restored.code).toBe(0)
  const orderCount = await count(second.url, '"order"')

  const after = await startHilo(two, { env: { DATABASE_URL: second.url } })
  const staff = { web: after.web, headers: bearer }
  // What a device was told is kept, the edge still does: at first there may be more every moment.
  const agree = async (): Promise<boolean> => {
    const { sold, reserved } = await readBooks(staff)
    return SKUS.every((sku) => sold.get(sku) === reserved.get(sku))
  }
  await expect.poll(agree).toBe(true)

  const machine = await connectDevice(after.mqtt, {
    ...after.demo.device,
    topics: [`hilo/v1/${after.demo.device.shop}/catalog/device-eu/price/${SKU}`],
  })
  const priced = (amount: number) => machine.next(`price/${SKU}`, (price) => amountOf(price) === amount)
  await priced(2222)
  await changePrice(staff, 2111)
  await priced(2111)
  await machine.close()
  const books = await readBooks(staff)
  expect(books.orders.size).toBeGreaterThanOrEqual(orderCount)
  for (const id of atLeast) expect(books.orders.has(id), `${id} was placed before the backup`).toBe(true)

  const again: Ledger = { ...ledger, purchases: new Map(), isOver: false }
  const buyer = await buyWithDevice(after, shop.devices[0]!, again)
  await expect
    .poll(() => [...again.purchases.values()].filter(({ order }) => order).length)
    .toBeGreaterThan(3)
  again.isOver = true
  await buyer.done
  await buyer.close()
  const finally_ = await readBooks(staff)
  expect(finally_.orders.size).toBe(books.orders.size + again.purchases.size)
  expect(await agree()).toBe(true)
  await expect.poll(() => count(second.url, 'shelf_price_due')).toBe(0)
  const beneath = ['restore', '--from', file, '--data-dir', two, '--only', 'edge', '--replace', 'true']
  expect(await hilo(beneath, second.url)).toMatchObject({
    code: 1,
    output: expect.stringContaining(`already running on ${two}`),
  })
  expect(await after.stop()).toBe(0)
  const kept = await hilo(['restore', '--from', file, '--data-dir', two, '--replace', 'false'], second.url)
  expect(kept).toMatchObject({ code: 1, output: expect.stringContaining('store.sqlite is there already') })

  const refused = await hilo(['restore', '--from', file, '--data-dir', folder('three')], second.url)
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('The database is not empty')
  expect(await count(second.url, '"order"')).toBe(finally_.orders.size)
  const replaced = await hilo(
    ['restore', '--from', file, '--data-dir', folder('three'), '--replace', 'true'],
    second.url,
  )
  expect(replaced.code).toBe(0)
  expect(await count(second.url, '"order"')).toBe(orderCount)
  await second.stop()
})

const amountOf = (price: unknown): number => (price as { price: { amountMinor: number } }).price.amountMinor

test('a damaged backup is refused before anything is written', async () => {
  const server = await startPostgres(folder('postgres-3'))
  const good = await readFile(file)
  const { size } = await stat(file)
  const damages: readonly (readonly [string, Buffer])[] = [
    ['cut short', good.subarray(0, size - 100)],
    ['changed', Buffer.from(good.map((byte, at) => (at === Math.floor(size / 2) ? byte ^ 0xff : byte)))],
    ['something else', Buffer.from('not a backup')],
    ['empty', Buffer.alloc(0)],
  ]
  for (const [name, bytes] of damages) {
    const path = join(dir.path, 'damaged.backup')
    await writeFile(path, bytes)
    const { code, output } = await hilo(
      ['restore', '--from', path, '--data-dir', folder('four'), '--replace', 'true'],
      server.url,
    )
    expect(code, name).toBe(1)
    expect(output, name).toContain('is damaged or no backup')
    expect(output).not.toMatch(STACK)
    expect(
      await count(server.url, "pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"),
    ).toBe(0)
  }
  const { code, output } = await hilo(['restore', '--from', join(dir.path, 'none')], server.url)
  expect([code, output]).toEqual([1, expect.stringContaining('ENOENT')])
  expect(output).not.toMatch(STACK)
  await server.stop()
})
