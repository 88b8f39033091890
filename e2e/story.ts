import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import type { DemoAccess } from '../apps/hilo/src/seed/demo-access.ts'
import { openProduct, picture, signIn } from './admin.ts'
import { connectDevice, type TestDevice } from './devices.ts'
import { ask, listenSse, listenWebSocket, read } from './graphql.ts'

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

/** Where the shop is; in one process all of it has one address. */
export interface Places {
  readonly admin: string
  /** The API that the story asks. */
  readonly api: string
  /** The API that its front ends listen to. */
  readonly otherApi: string
  readonly mqtt: string
  readonly demo: DemoAccess
}

/** The steps of the main story, each of which asserts what people and devices see. */
export class Story {
  readonly #page: Page
  #places: Places
  #machine: TestDevice | undefined
  #watch: TestDevice | undefined
  #staffToken = ''
  #strangerToken: string | undefined
  #lastEventId = ''
  #order = { id: '', number: '' }
  readonly #purchaseId = randomUUID()

  constructor(page: Page, places: Places) {
    this.#page = page
    this.#places = places
  }

  /** The shop is somewhere else from now on; its devices come again. */
  async moveTo(places: Places): Promise<void> {
    await this.#machine?.close().catch(() => undefined)
    this.#places = places
    if (this.#machine) this.#machine = await this.#connectMachine()
  }

  /** The order of the coffee machine. */
  get order(): { readonly id: string; readonly number: string } {
    return this.#order
  }

  async end(): Promise<void> {
    await this.#machine?.close()
    await this.#watch?.close()
  }

  #topic(rest: string): string {
    const { device } = this.#places.demo
    return `hilo/v1/${device.shop}/${device.id}/${rest}`
  }

  get #catalogTopic(): string {
    return `hilo/v1/${this.#places.demo.device.shop}/catalog/device-eu/price/${SKU}`
  }

  get #guest() {
    return { web: this.#places.api }
  }

  /** Staff of the shop, over the API. */
  async staff() {
    if (!this.#staffToken) {
      const { staffSignIn } = await read<{ staffSignIn: { token: string } }>(
        this.#guest,
        'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token userErrors { code } } }',
        { input: this.#places.demo.staff },
      )
      this.#staffToken = staffSignIn.token
    }
    return { ...this.#guest, headers: { authorization: `Bearer ${this.#staffToken}` } }
  }

  /** A front end where somebody else is signed in. */
  async #stranger() {
    this.#strangerToken ??= (
      await read<{ customerSignUp: { token: string } }>(
        this.#guest,
        'mutation ($input: CustomerSignUpInput!) { customerSignUp(input: $input) { token userErrors { code } } }',
        { input: { name: 'Stranger', email: 'stranger@example.com', password: 'a long enough one' } },
      )
    ).customerSignUp.token
    return { ...this.#guest, headers: { authorization: `Bearer ${this.#strangerToken}` } }
  }

  #connectMachine(): Promise<TestDevice> {
    const topics = [this.#topic('command/+/reply/+'), this.#catalogTopic]
    return connectDevice(this.#places.mqtt, { ...this.#places.demo.device, topics })
  }

  get #coffeeMachine(): TestDevice {
    if (!this.#machine) throw new Error('The coffee machine is not connected yet')
    return this.#machine
  }

  async #shown(amountMinor: number): Promise<void> {
    await this.#coffeeMachine.next<CatalogPrice>(
      `price/${SKU}`,
      ({ price }) => price.amountMinor === amountMinor,
    )
  }

  async #send(verb: string, rid: string, request: object): Promise<void> {
    const message = JSON.stringify({ v: 1, ...request })
    await this.#coffeeMachine.client.publishAsync(this.#topic(`command/${verb}/request/${rid}`), message, {
      qos: 1,
    })
  }

  async #available(): Promise<number> {
    const { variant } = await read<{ variant: { stock: { available: number }[] } }>(await this.staff(), STOCK)
    return variant.stock.reduce((sum, row) => sum + row.available, 0)
  }

  async #countOrders(): Promise<number> {
    const { orders } = await read<{ orders: { totalCount: number } }>(
      await this.staff(),
      '{ orders { totalCount } }',
    )
    return orders.totalCount
  }

  async #priceOnTheWeb(): Promise<number> {
    const { variant } = await read<{ variant: { price: { unit: { amountMinor: number } } } }>(
      this.#guest,
      `{ variant(sku: "${SKU}") { price { unit { amountMinor } } } }`,
    )
    return variant.price.unit.amountMinor
  }

  async #savePrice(): Promise<void> {
    const page = this.#page
    await openProduct(page, BLEND)
    await page.getByRole('button', { name: `Details of ${SKU}` }).click()
    await page.getByLabel('Price in Europe').last().fill('24.50')
    await picture(page, 'product')
    await page.getByRole('button', { name: 'Save changes' }).click()
  }

  /** Staff change a price in the admin; front ends are told over SSE and WebSocket, and the machine over MQTT. */
  async changePrice(): Promise<void> {
    await signIn(this.#page, { web: this.#places.admin, demo: this.#places.demo })
    this.#machine = await this.#connectMachine()
    await this.#shown(2690)

    const stop = new AbortController()
    const [sseBegun, webSocketBegun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const { otherApi } = this.#places
    const overSse = listenSse<PriceNews>({ web: otherApi }, PRICE_NEWS, stop.signal, sseBegun.resolve)
    const overWebSocket = listenWebSocket<PriceNews>(otherApi, PRICE_NEWS, webSocketBegun.resolve)
    const edit = async (): Promise<void> => {
      await Promise.all([sseBegun.promise, webSocketBegun.promise])
      await this.#savePrice()
    }
    // Together: whichever fails first is what the test says.
    const [sse, webSocket] = await Promise.all([
      overSse.next().then(({ value }) => value as PriceNews),
      overWebSocket.next(),
      edit(),
    ])
    expect(sse.priceChanged).toMatchObject({ sku: SKU, price: { amountMinor: NEW_PRICE } })
    expect(webSocket.priceChanged).toEqual(sse.priceChanged)
    this.#lastEventId = sse.priceChanged.eventId
    stop.abort()
    await overWebSocket.close()
    expect(await this.#priceOnTheWeb()).toBe(NEW_PRICE)
    await this.#shown(NEW_PRICE)
  }

  /** A promotion for devices, made and published in the admin. */
  async publishPromotion(): Promise<void> {
    const page = this.#page
    await page.getByRole('link', { name: 'Promotions' }).first().click()
    await page.getByRole('link', { name: 'New promotion' }).click()
    await page.getByRole('textbox', { name: 'Name in English' }).fill('10 % off coffee on devices')
    await page.getByRole('textbox', { name: 'Name in Spanish' }).fill('10 % en café desde tus aparatos')
    await page.getByRole('textbox', { name: 'Percentage' }).fill('10')
    await page.getByLabel('Off', { exact: true }).selectOption({ label: 'each unit, on the shelf' })
    await page.getByLabel('For these items').selectOption({ label: 'Categories' })
    await page.getByRole('combobox', { name: 'Categories' }).fill('Coffee')
    await page.getByRole('option', { name: 'Coffee', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Devices' }).check()
    await picture(page, 'promotion')
    await page.getByRole('button', { name: 'Create draft' }).click()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Publish' }).click()
    await this.#shown(ON_DEVICES)
    expect(await this.#priceOnTheWeb()).toBe(NEW_PRICE)
  }

  /** Two changes while a front end is away; it asks with the last event it heard, and gets both. */
  async resume(): Promise<void> {
    const staff = await this.staff()
    const { variant, priceLists } = await read<{
      variant: { id: string }
      priceLists: { id: string; code: string }[]
    }>(staff, `{ variant(sku: "${SKU}") { id } priceLists { id code } }`)
    const priceListId = priceLists.find(({ code }) => code === 'base-eu')!.id
    for (const amountMinor of [2600, NEW_PRICE]) {
      const input = { variantId: variant.id, priceListId, amount: { amountMinor, currency: 'EUR' } }
      await read(
        staff,
        'mutation ($input: PriceSetInput!) { priceSet(input: $input) { userErrors { code } } }',
        { input },
      )
      await this.#shown(amountMinor * 0.9)
    }
    const stop = new AbortController()
    const missed = listenSse<PriceNews>(
      this.#guest,
      PRICE_NEWS.replace('priceChanged(', `priceChanged(after: "${this.#lastEventId}", `),
      stop.signal,
    )
    const prices: number[] = []
    for await (const { priceChanged } of missed) {
      prices.push(priceChanged.price.amountMinor)
      if (prices.length === 2) break
    }
    stop.abort()
    expect(prices).toEqual([2600, NEW_PRICE])
  }

  /** The machine asks what it costs and buys; reply, watch, admin and stock agree. */
  async buy(): Promise<void> {
    const { demo, mqtt } = this.#places
    this.#watch = await connectDevice(mqtt, {
      ...demo.watch,
      topics: [`hilo/v1/${demo.device.shop}/${demo.watch.id}/notification/+`],
    })
    await this.#page.getByRole('link', { name: 'Home' }).first().click()
    await expect(this.#page.getByRole('heading', { name: 'Today' })).toBeVisible()
    const before = await this.#available()

    const question = randomUUID()
    await this.#send('price', question, { slot: 'beans' })
    const quote = await this.#coffeeMachine.next<{ price: { unit: { amountMinor: number } } }>(
      `price/reply/${question}`,
    )
    expect(quote.price.unit.amountMinor).toBe(ON_DEVICES)

    await this.#send('purchase', this.#purchaseId, { slot: 'beans', quantity: 1 })
    const reply = await this.#coffeeMachine.next<Reply>(`purchase/reply/${this.#purchaseId}`)
    expect(reply).toMatchObject({ ok: true, status: 'PLACED', replayed: false })
    expect(reply.order.number).toMatch(/^H-\d+$/)
    expect(reply.total.amountMinor).toBeGreaterThanOrEqual(ON_DEVICES)
    expect(reply.cancelBy).toBeGreaterThan(Date.now())

    const notification = await this.#watch.next<{ title: string; kind: string }>(
      '',
      ({ kind }) => kind === 'ORDER_PLACED',
    )
    expect(notification.title).toContain(reply.order.number)
    await expect(this.#page.getByRole('link', { name: reply.order.number })).toBeVisible()
    await picture(this.#page, 'home')
    expect(await this.#available()).toBe(before - 1)
    this.#order = { id: reply.order.id, number: reply.order.number }
  }

  /** The same message again, over a new connection: the same reply, and no second order. */
  async buyAgain(): Promise<void> {
    const before = await this.#available()
    await this.moveTo(this.#places)
    await this.#send('purchase', this.#purchaseId, { slot: 'beans', quantity: 1 })
    const replayed = await this.#coffeeMachine.next<Reply>(
      `purchase/reply/${this.#purchaseId}`,
      ({ replayed }) => replayed,
    )
    expect(replayed).toMatchObject({ ok: true, status: 'PLACED', order: this.#order })
    expect(await this.#available()).toBe(before)
    expect(await this.#countOrders()).toBe(1)
  }

  /** The customer sees the order; a guest and a stranger do not. */
  async showOrderToItsOwner(): Promise<void> {
    const { customerSignIn } = await read<{ customerSignIn: { token: string } }>(
      this.#guest,
      'mutation ($input: CustomerSignInInput!) { customerSignIn(input: $input) { token userErrors { code } } }',
      { input: this.#places.demo.customer },
    )
    const query = `{ order(id: "${this.#order.id}") { number total { amountMinor } applications { name } } }`
    const own = await read<{ order: { number: string; applications: { name: string }[] } }>(
      { ...this.#guest, headers: { authorization: `Bearer ${customerSignIn.token}` } },
      query,
    )
    expect(own.order.number).toBe(this.#order.number)
    expect(own.order.applications.map(({ name }) => name)).toContain('10 % en café desde tus aparatos')

    const guest = await ask<{ order: null }>(this.#guest, query)
    expect(guest.data?.order).toBeNull()
    expect(guest.errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND'])

    const foreign = await ask<{ order: null }>(await this.#stranger(), query)
    expect(foreign.data?.order).toBeNull()
  }

  /** A stranger's device may neither listen to nor speak on topics that are not its own. */
  async keepStrangersOut(): Promise<void> {
    const { deviceCreate } = await read<{ deviceCreate: { device: { id: string }; credential: string } }>(
      await this.#stranger(),
      'mutation ($input: DeviceCreateInput!) { deviceCreate(input: $input) { device { id } credential userErrors { code } } }',
      { input: { typeCode: 'coffee-machine', name: 'Not yours', channel: 'device-eu' } },
    )
    const id = deviceCreate.device.id
    const stranger = await connectDevice(this.#places.mqtt, {
      id,
      credential: deviceCreate.credential,
      topics: [],
    })
    const filters = [
      this.#topic('command/+/reply/+'),
      this.#topic('#'),
      this.#catalogTopic.replace('device-eu', 'web-us'),
      '#',
    ]
    const granted = await Promise.all(
      filters.map((filter) =>
        stranger.client.subscribeAsync(filter).then(
          ([grant]) => Number(grant?.qos),
          () => REFUSED,
        ),
      ),
    )
    expect(granted).toEqual([REFUSED, REFUSED, REFUSED, REFUSED])

    const closed = new Promise<void>((resolve) => stranger.client.once('close', () => resolve()))
    stranger.client.publish(
      this.#topic(`command/purchase/request/${randomUUID()}`),
      '{"v":1,"slot":"beans"}',
      { qos: 1 },
    )
    await closed
    expect(await this.#countOrders()).toBe(1)
  }

  /** The admin shows the order with its promotion and its tax; whoever was signed in still is. */
  async showOrderToStaff(): Promise<void> {
    const page = this.#page
    await page.goto(`${this.#places.admin}/admin`)
    await page.getByRole('link', { name: this.#order.number }).click()
    await expect(page.getByRole('heading', { name: `Order ${this.#order.number}` })).toBeVisible()
    await expect(page.getByText(SKU).first()).toBeVisible()
    await expect(page.getByText('10 % en café desde tus aparatos').first()).toBeVisible()
    await picture(page, 'order')
  }
}
