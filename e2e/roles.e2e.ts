import { randomUUID } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { buyWithDevice, type Ledger } from './buyers.ts'
import { checkHealthOf } from './compose-process.ts'
import { connectDevice } from './devices.ts'
import { gatherFleet, type Fleet } from './fleet.ts'
import { read, type FrontEnd } from './graphql.ts'
import { temporaryDataDir } from './hilo-process.ts'
import { openShop, SKUS } from './load-shop.ts'
import { Story, type Places } from './story.ts'

const dir = await temporaryDataDir()
let fleet: Fleet
let page: Page
let story: Story

const placesOf = ({ urlOf, mqtt, demo }: Fleet): Places => ({
  admin: urlOf('admin'),
  api: urlOf('apiA'),
  otherApi: urlOf('apiB'),
  mqtt,
  demo,
})

/** Notifications that tell somebody the same thing again. */
const TOLD_TWICE = '(select from notification group by device_id, kind, data having count(*) > 1) twice'
/** Devices whose spending counter is not the sum of their orders. */
const SPENT_OTHERWISE = `(select device_id, sum(amount_minor) as spent from device_spend group by 1) counted
  full join (select device_id, sum(total_minor) as spent from "order" where device_id is not null group by 1) bought
  using (device_id) where counted.spent is distinct from bought.spent`

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  // Nine programs begin, on a machine that may be busy.
  test.setTimeout(300_000)
  fleet = await gatherFleet(dir.path)
  await fleet.startAll()
  page = await browser.newPage()
  story = new Story(page, placesOf(fleet))
})

test.afterAll(async () => {
  await page?.close()
  await story?.end()
  const codes = await fleet.disband()
  expect(new Set(codes)).toEqual(new Set([0]))
  await dir.remove()
})

test('every process answers the health check of its container', async () => {
  for (const name of ['apiA', 'workerB', 'edge', 'admin'] as const)
    expect(await checkHealthOf(name.replace(/[AB]$/, ''), fleet.placeOf(name)), name).toBe(0)
  expect(fleet.output('apiA')).not.toContain('MQTT')
  for (const name of ['workerA', 'edge'] as const)
    expect((await fetch(`${fleet.urlOf(name)}/graphql`)).status).toBe(404)
})

test('a price changed through one API reaches who listens to the other, and every device', () =>
  story.changePrice())

test('a promotion published in the admin is worked out by the workers', () => story.publishPromotion())

test('who listened to an API that was killed resumes at the other one', async () => {
  await fleet.end('apiB', 'SIGKILL')
  await story.resume()
  await fleet.start('apiB')
})

test('a device buys through the edge, and everyone hears of it once', async () => {
  await story.buy()
  expect(await fleet.count("event where type = 'OrderPlaced.v1'")).toBe(1)
  expect(await fleet.count('notification')).toBe(1)
})

test('the same message after a restart of the edge buys nothing more', async () => {
  await story.buyAgain()
  expect(await fleet.end('edge', 'SIGTERM')).toBe(0)
  await fleet.start('edge')
  await story.buyAgain()
})

test('the customer, the staff and nobody else see the order', async () => {
  await story.showOrderToItsOwner()
  await story.keepStrangersOut()
  await story.showOrderToStaff()
})

test('a device may also come over a WebSocket to the edge', async () => {
  const watch = await connectDevice(fleet.webSocket, { ...fleet.demo.watch, topics: [] })
  await watch.close()
})

test('a worker is killed in the middle of its work: the other goes on, and nothing is done twice', async () => {
  const hilo = { web: fleet.urlOf('apiB'), mqtt: fleet.mqtt, demo: fleet.demo }
  const shop = await openShop(hilo, { devices: 3, customers: 3 })
  const staff = { web: hilo.web, headers: { authorization: `Bearer ${shop.staffToken}` } }
  for (const { id } of shop.customers) await giveWatch(staff, id)
  const ledger: Ledger = { purchases: new Map(), placed: new Map(), cut: 0, isOver: false, changed: () => {} }
  const answered = (): number => [...ledger.purchases.values()].filter(({ order }) => order).length
  const buyers = await Promise.all(shop.devices.map((device) => buyWithDevice(hilo, device, ledger)))
  const changing = changePrices(staff, ledger)
  await expect.poll(answered, { intervals: [20] }).toBeGreaterThan(20)
  await fleet.end('workerA', 'SIGKILL')
  const before = answered()
  await expect.poll(answered, { intervals: [20] }).toBeGreaterThan(before + 20)
  ledger.isOver = true
  await Promise.all([...buyers.map(({ done }) => done), changing])
  await Promise.all(buyers.map(({ close }) => close()))

  const orders = ledger.purchases.size + 1
  expect(await fleet.count('"order"')).toBe(orders)
  expect(await fleet.count("event where type = 'OrderPlaced.v1'")).toBe(orders)
  await expect.poll(() => fleet.count('notification')).toBe(orders)
  expect(await fleet.count("event where type = 'NotificationCreated.v1'")).toBe(orders)
  expect(await fleet.count(TOLD_TWICE)).toBe(0)
  expect(await fleet.count(SPENT_OTHERWISE)).toBe(0)
  await expect.poll(() => fleet.count('shelf_price_due')).toBe(0)
  await fleet.start('workerA')
})

/** A wearable that shows its owner what the other devices bought. */
const giveWatch = async (staff: FrontEnd, ownerId: string): Promise<void> => {
  const input = { typeCode: 'watch', name: 'Told', channel: 'device-eu', ownerId }
  await read(
    staff,
    'mutation ($input: DeviceCreateInput!) { deviceCreate(input: $input) { userErrors { code } } }',
    { input },
  )
}

/** Staff change prices as long as the ledger is open. */
const changePrices = async (staff: FrontEnd, ledger: Ledger): Promise<void> => {
  const { variant, priceLists } = await read<{
    variant: { id: string }
    priceLists: { id: string; code: string }[]
  }>(staff, `{ variant(sku: "${SKUS[0]}") { id } priceLists { id code } }`)
  const priceListId = priceLists.find(({ code }) => code === 'base-eu')!.id
  for (let amountMinor = 2000; !ledger.isOver; amountMinor += 1) {
    const amount = { amountMinor, currency: 'EUR' }
    const input = { variantId: variant.id, priceListId, amount, idempotencyKey: randomUUID() }
    await read(
      staff,
      'mutation ($input: PriceSetInput!) { priceSet(input: $input) { userErrors { code } } }',
      {
        input,
      },
    )
  }
}
