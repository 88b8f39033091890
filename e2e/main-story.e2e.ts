import { randomUUID } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { openProduct, picture, signIn } from './admin.ts'
import { connectDevice, type TestDevice } from './devices.ts'
import { ask, listenSse, listenWebSocket, read } from './graphql.ts'
import { startHilo, temporaryDataDir, type HiloProcess } from './hilo-process.ts'

const SKU = 'COF-ESP-1000'
const BLEND = 'Hilo Espresso Blend'
const NEW_PRICE = 2450
/** Ten per cent off 24.50 €. */
const ON_DEVICES = 2205
/** The return code of a refused subscription (MQTT 3.1.1, 3.9.3). */
const REFUSED = 128

interface PriceNews {
  readonly priceChanged: {
    readonly eventId: string
    readonly sku: string
    readonly price: { readonly amountMinor: number }
  }
}
interface CatalogPrice {
  readonly price: { readonly amountMinor: number; readonly decimal: string }
}
interface Reply {
  readonly ok: boolean
  readonly status: string
  readonly replayed: boolean
  readonly order: { readonly id: string; readonly number: string }
  readonly total: { readonly amountMinor: number }
  readonly cancelBy: number
}

const PRICE_NEWS = `subscription { priceChanged(skus: ["${SKU}"]) { eventId sku price { amountMinor } } }`
const STOCK = `{ variant(sku: "${SKU}") { stock { location { code } onHand reserved available } } }`

const dir = await temporaryDataDir()
let hilo: HiloProcess
let page: Page
let machine: TestDevice
let watch: TestDevice
let staffToken: string
let strangerToken: string | undefined
let lastEventId: string
let orderNumber: string
let orderId: string
const purchaseId = randomUUID()

const topic = (rest: string): string => `hilo/v1/${hilo.demo.device.shop}/${hilo.demo.device.id}/${rest}`
const catalogTopic = (): string => `hilo/v1/${hilo.demo.device.shop}/catalog/device-eu/price/${SKU}`
const asStaff = () => ({ web: hilo.web, headers: { authorization: `Bearer ${staffToken}` } })

/** A front end where somebody else is signed in. */
const strangerFrontEnd = async () => {
  strangerToken ??= (
    await read<{ customerSignUp: { token: string } }>(
      { web: hilo.web },
      'mutation ($input: CustomerSignUpInput!) { customerSignUp(input: $input) { token userErrors { code } } }',
      { input: { name: 'Stranger', email: 'stranger@example.com', password: 'a long enough one' } },
    )
  ).customerSignUp.token
  return { web: hilo.web, headers: { authorization: `Bearer ${strangerToken}` } }
}

const connectMachine = (): Promise<TestDevice> =>
  connectDevice(hilo.mqtt, { ...hilo.demo.device, topics: [topic('command/+/reply/+'), catalogTopic()] })

const send = (verb: string, rid: string, request: object): Promise<unknown> =>
  machine.client.publishAsync(topic(`command/${verb}/request/${rid}`), JSON.stringify({ v: 1, ...request }), {
    qos: 1,
  })

const available = async (): Promise<number> => {
  const { variant } = await read<{ variant: { stock: { available: number }[] } }>(asStaff(), STOCK)
  return variant.stock.reduce((sum, row) => sum + row.available, 0)
}

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  hilo = await startHilo(dir.path)
  page = await browser.newPage()
  const { staffSignIn } = await read<{ staffSignIn: { token: string } }>(
    { web: hilo.web },
    'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token userErrors { code } } }',
    { input: hilo.demo.staff },
  )
  staffToken = staffSignIn.token
})

test.afterAll(async () => {
  await page.close()
  await machine?.close()
  await watch?.close()
  expect(await hilo.stop()).toBe(0)
  await dir.remove()
})

test('staff change a price, and every front end has it at once', async () => {
  await signIn(page, hilo)
  machine = await connectMachine()
  await machine.next<CatalogPrice>(`price/${SKU}`, ({ price }) => price.amountMinor === 2690)

  const stop = new AbortController()
  const overSse = listenSse<PriceNews>({ web: hilo.web }, PRICE_NEWS, stop.signal)
  const overWebSocket = listenWebSocket<PriceNews>(hilo.web, PRICE_NEWS)
  const told = Promise.all([overSse.next().then(({ value }) => value as PriceNews), overWebSocket.next()])
  await page.waitForTimeout(500)

  await openProduct(page, BLEND)
  await page.getByText(SKU).first().click()
  const price = page.getByLabel('Price in Europe').last()
  await price.fill('24.50')
  await picture(page, 'product')
  const savedAt = Date.now()
  await page.getByRole('button', { name: 'Save changes' }).click()

  const [sse, webSocket] = await told
  expect(sse.priceChanged).toMatchObject({ sku: SKU, price: { amountMinor: NEW_PRICE } })
  expect(webSocket.priceChanged).toEqual(sse.priceChanged)
  lastEventId = sse.priceChanged.eventId
  test.info().annotations.push({ type: 'told after', description: `${Date.now() - savedAt} ms` })
  stop.abort()
  await overWebSocket.close()

  const { variant } = await read<{ variant: { price: { unit: { amountMinor: number } } } }>(
    { web: hilo.web },
    `{ variant(sku: "${SKU}") { price { unit { amountMinor } } } }`,
  )
  expect(variant.price.unit.amountMinor).toBe(NEW_PRICE)
  await machine.next<CatalogPrice>(`price/${SKU}`, ({ price }) => price.amountMinor === NEW_PRICE)
})

test('a promotion for devices reaches the coffee machine and no browser', async () => {
  await page.getByRole('link', { name: 'Promotions' }).first().click()
  await page.getByRole('link', { name: 'New promotion' }).click()
  await page.getByLabel('English').fill('10 % off coffee on devices')
  await page.getByLabel('Spanish').fill('10 % en café desde tus aparatos')
  await page.getByLabel('Percentage off').fill('10')
  await page.getByLabel('Off what').selectOption({ label: 'Each unit, already on the shelf price' })
  await page.getByLabel('Device', { exact: true }).check()
  await page.getByLabel('Items').selectOption({ label: 'Of these categories' })
  await page.getByLabel('Coffee', { exact: true }).check()
  await picture(page, 'promotion')
  await page.getByRole('button', { name: 'Create draft' }).click()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Publish' }).click()

  await machine.next<CatalogPrice>(`price/${SKU}`, ({ price }) => price.amountMinor === ON_DEVICES)
  const onTheWeb = await read<{ variant: { price: { unit: { amountMinor: number } } } }>(
    { web: hilo.web },
    `{ variant(sku: "${SKU}") { price { unit { amountMinor } } } }`,
  )
  expect(onTheWeb.variant.price.unit.amountMinor).toBe(NEW_PRICE)
})

test('a front end that was away resumes and misses nothing', async () => {
  const { variant, priceLists } = await read<{
    variant: { id: string }
    priceLists: { id: string; code: string }[]
  }>(asStaff(), `{ variant(sku: "${SKU}") { id } priceLists { id code } }`)
  const priceListId = priceLists.find(({ code }) => code === 'base-eu')!.id
  for (const amountMinor of [2600, NEW_PRICE]) {
    const input = { variantId: variant.id, priceListId, amount: { amountMinor, currency: 'EUR' } }
    await read(
      asStaff(),
      'mutation ($input: PriceSetInput!) { priceSet(input: $input) { userErrors { code } } }',
      {
        input,
      },
    )
    await machine.next<CatalogPrice>(`price/${SKU}`, ({ price }) => price.amountMinor === amountMinor * 0.9)
  }
  const stop = new AbortController()
  const missed = listenSse<PriceNews>(
    { web: hilo.web },
    PRICE_NEWS.replace('priceChanged(', `priceChanged(after: "${lastEventId}", `),
    stop.signal,
  )
  const prices: number[] = []
  for await (const { priceChanged } of missed) {
    prices.push(priceChanged.price.amountMinor)
    if (prices.length === 2) break
  }
  stop.abort()
  expect(prices).toEqual([2600, NEW_PRICE])
})

test('the coffee machine asks the price, buys once, and everyone hears of it', async () => {
  watch = await connectDevice(hilo.mqtt, {
    ...hilo.demo.watch,
    topics: [`hilo/v1/${hilo.demo.device.shop}/${hilo.demo.watch.id}/notification/+`],
  })
  await page.getByRole('link', { name: 'Home' }).first().click()
  const before = await available()

  const question = randomUUID()
  await send('price', question, { slot: 'beans' })
  const quote = await machine.next<{ price: { unit: { amountMinor: number } } }>(`price/reply/${question}`)
  expect(quote.price.unit.amountMinor).toBe(ON_DEVICES)

  await send('purchase', purchaseId, { slot: 'beans', quantity: 1 })
  const reply = await machine.next<Reply>(`purchase/reply/${purchaseId}`)
  expect(reply).toMatchObject({ ok: true, status: 'PLACED', replayed: false })
  expect(reply.order.number).toMatch(/^H-\d+$/)
  expect(reply.total.amountMinor).toBeGreaterThanOrEqual(ON_DEVICES)
  expect(reply.cancelBy).toBeGreaterThan(Date.now())

  const notification = await watch.next<{ title: string; kind: string }>(
    '',
    ({ kind }) => kind === 'ORDER_PLACED',
  )
  expect(notification.title).toContain(reply.order.number)
  await expect(page.getByRole('link', { name: reply.order.number })).toBeVisible()
  await picture(page, 'home')
  expect(await available()).toBe(before - 1)
  orderNumber = reply.order.number
  orderId = reply.order.id
})

test('the same message again gives the same reply and no second order', async () => {
  const before = await available()
  await machine.close()
  machine = await connectMachine()
  await send('purchase', purchaseId, { slot: 'beans', quantity: 1 })
  const replayed = await machine.next<Reply>(`purchase/reply/${purchaseId}`, ({ replayed }) => replayed)
  expect(replayed).toMatchObject({ ok: true, status: 'PLACED', order: { number: orderNumber, id: orderId } })

  await hilo.stop()
  hilo = await startHilo(dir.path)
  await machine.close().catch(() => undefined)
  machine = await connectMachine()
  await send('purchase', purchaseId, { slot: 'beans', quantity: 1 })
  const afterRestart = await machine.next<Reply>(`purchase/reply/${purchaseId}`, ({ replayed }) => replayed)
  expect(afterRestart.order).toEqual({ number: orderNumber, id: orderId })

  expect(await available()).toBe(before)
  const { orders } = await read<{ orders: { totalCount: number } }>(asStaff(), '{ orders { totalCount } }')
  expect(orders.totalCount).toBe(1)
})

test('the customer sees the order as their own, and a guest or a stranger does not', async () => {
  const { customerSignIn } = await read<{ customerSignIn: { token: string } }>(
    { web: hilo.web },
    'mutation ($input: CustomerSignInInput!) { customerSignIn(input: $input) { token userErrors { code } } }',
    { input: hilo.demo.customer },
  )
  const query = `{ order(id: "${orderId}") { number total { amountMinor } applications { name } } }`
  const own = await read<{ order: { number: string; applications: { name: string }[] } }>(
    { web: hilo.web, headers: { authorization: `Bearer ${customerSignIn.token}` } },
    query,
  )
  expect(own.order.number).toBe(orderNumber)
  expect(own.order.applications.map(({ name }) => name)).toContain('10 % en café desde tus aparatos')

  const guest = await ask<{ order: null }>({ web: hilo.web }, query)
  expect(guest.data?.order).toBeNull()
  expect(guest.errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND'])

  const foreign = await ask<{ order: null }>(await strangerFrontEnd(), query)
  expect(foreign.data?.order).toBeNull()
})

test("a stranger's device reads and writes none of these topics", async () => {
  const { deviceCreate } = await read<{ deviceCreate: { device: { id: string }; credential: string } }>(
    await strangerFrontEnd(),
    'mutation ($input: DeviceCreateInput!) { deviceCreate(input: $input) { device { id } credential userErrors { code } } }',
    { input: { typeCode: 'coffee-machine', name: 'Not yours', channel: 'device-eu' } },
  )
  const id = deviceCreate.device.id
  const stranger = await connectDevice(hilo.mqtt, { id, credential: deviceCreate.credential, topics: [] })
  const granted = await Promise.all(
    [topic('command/+/reply/+'), topic('#'), catalogTopic().replace('device-eu', 'web-us'), '#'].map(
      (filter) =>
        stranger.client.subscribeAsync(filter).then(
          ([grant]) => Number(grant?.qos),
          () => REFUSED,
        ),
    ),
  )
  expect(granted).toEqual([REFUSED, REFUSED, REFUSED, REFUSED])

  const closed = new Promise<void>((resolve) => stranger.client.once('close', () => resolve()))
  stranger.client.publish(topic(`command/purchase/request/${randomUUID()}`), '{"v":1,"slot":"beans"}', {
    qos: 1,
  })
  await closed
  const { orders } = await read<{ orders: { totalCount: number } }>(asStaff(), '{ orders { totalCount } }')
  expect(orders.totalCount).toBe(1)
})

test('the admin shows the order with its promotion and its tax', async () => {
  // Still signed in: the session outlived the restart.
  await page.goto(`${hilo.web}/admin`)
  await page.getByRole('link', { name: orderNumber }).click()
  await expect(page.getByRole('heading', { name: `Order ${orderNumber}` })).toBeVisible()
  await expect(page.getByText(SKU).first()).toBeVisible()
  await expect(page.getByText('10 % en café desde tus aparatos').first()).toBeVisible()
  await picture(page, 'order')
})
