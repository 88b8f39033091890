import { openSession } from '@hilo/access'
import { createTestStaff } from '@hilo/access/testing'
import { createTestAsset } from '@hilo/assets/testing'
import { createExport } from '@hilo/bulk'
import { createTestCart } from '@hilo/carts/testing'
import { createTestCollection, createTestType, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestAudience, createTestCustomer } from '@hilo/customers/testing'
import { type Context, type Database, startEventFeed, type FullExecutor } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { createTestDevice } from '@hilo/devices/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { createTestOrder } from '@hilo/orders/testing'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { encodeId, type IdKind, newId, systemClock, unwrap, type Uuid } from '@hilo/kernel'
import { createTestDelivery, testOutbound } from '@hilo/webhooks/testing'
import { createTestSynonym, indexAll } from '@hilo/search/testing'
import { type Logger, pino } from 'pino'
import { afterAll } from 'vitest'
import { createApi, type ApiOptions } from '../create-api.ts'
import { createKey, createNarrowedPeople, type Headers } from './credentials.ts'
import { createPromotionThings } from './promotion-things.ts'
import { SECRET } from './secret.ts'
import type { Api } from '../index.ts'
import { type Limits, readLimits } from '../limits/limits.ts'

export { SECRET }

export type { Headers }

/** The people of the test shop, as the headers that prove them. */
export interface People {
  readonly guest: Headers
  /** Owns the cart, the order, the device and the notification. */
  readonly owner: Headers
  /** The owner's device. */
  readonly device: Headers
  /** Another customer, with a device of their own. */
  readonly stranger: Headers
  readonly strangersDevice: Headers
  readonly staff: Headers
  /** Signed in, but without any permission. */
  readonly powerless: Headers
  /** The key of a bridge, which holds nothing but `edge`. */
  readonly edge: Headers
  /** The key of a program that only listens to events. */
  readonly listener: Headers
  /** Staff and a key with every permission that can be narrowed, in the channels and at the location of the owner's things. */
  readonly near: Headers
  readonly nearKey: Headers
  /** The same in another channel, at another location. */
  readonly far: Headers
  readonly farKey: Headers
}

/** A small shop with one of everything, and its API. */
export interface TestShop {
  readonly api: Api
  readonly ctx: Context
  readonly database: Database
  readonly shop: Ground
  readonly people: People
  /** The public id of one thing of each kind. */
  readonly ids: Readonly<Record<IdKind, string>>
  readonly sku: string
  /** Proves a guest's cart. */
  readonly cartToken: string
  readonly bearer: (kind: 'staff' | 'customer' | 'device', subjectId: Uuid) => Promise<Headers>
  readonly post: (body: unknown, headers?: Headers) => Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[]
}

/** The codes of top-level errors. */
export const codes = ({ errors = [] }: Answer): unknown[] =>
  errors.map(({ extensions }) => extensions?.['code'])

const quiet: Logger = pino({ level: 'silent' })

const bearerOf =
  (ctx: Context): TestShop['bearer'] =>
  async (kind, subjectId) => {
    const { token } = await openSession(ctx.db, { kind, subjectId, now: ctx.now() })
    return { authorization: `Bearer ${token}` }
  }

/** What everything else stands on: channels, a customer whose devices may buy, and beans in stock. */
const createGround = async (ctx: Context) => {
  const channels = await createTestChannels(ctx.db)
  const owner = await createTestCustomer(ctx, { consents: ['DEVICE_PURCHASE'] })
  const sku = 'BEANS-1KG'
  const { variantId } = await createPricedProduct(ctx, { sku, amounts: { EUR: 1_000 } })
  const location = await createTestLocation(ctx.db, { channelIds: [channels.deviceEu.id, channels.webEu.id] })
  const elsewhere = await createTestLocation(ctx.db, { channelIds: [channels.webJp.id] })
  await createTestStock(ctx.db, location, { [variantId]: 1_000 })
  const { segment, group } = await createTestAudience(ctx, { customerIds: [owner.id] })
  return {
    channels,
    segment,
    group,
    location,
    elsewhere,
    ownerId: owner.id,
    beans: { variantId, sku },
    createMachine: (device: { readonly name?: string; readonly ownerId?: Uuid } = {}) =>
      createTestDevice(ctx, {
        name: 'Coffee machine',
        ownerId: owner.id,
        channelId: channels.deviceEu.id,
        slots: [{ name: 'beans', variantId, quantity: 2 }],
        ...device,
      }),
  }
}

type Ground = Awaited<ReturnType<typeof createGround>>

const createPeople = async (ctx: Context, shop: Ground) => {
  const bearer = bearerOf(ctx)
  const ownDevice = await shop.createMachine({ name: `${SECRET} machine` })
  const stranger = await createTestCustomer(ctx, { consents: ['DEVICE_PURCHASE'] })
  const strangersDevice = await shop.createMachine({ ownerId: stranger.id })
  const { webEu, deviceEu, webJp } = shop.channels
  const near = { channels: [webEu.id, deviceEu.id], locations: [shop.location] }
  const [here, there] = [
    await createNarrowedPeople(ctx, near),
    await createNarrowedPeople(ctx, { channels: [webJp.id], locations: [shop.elsewhere] }),
  ]
  const { id: staffId } = await createTestStaff(ctx)
  const bridge = await createKey(ctx, ['edge'])
  const people: People = {
    guest: {},
    owner: await bearer('customer', shop.ownerId),
    device: await bearer('device', ownDevice.id),
    stranger: await bearer('customer', stranger.id),
    strangersDevice: await bearer('device', strangersDevice.id),
    staff: await bearer('staff', staffId),
    powerless: await bearer('staff', (await createTestStaff(ctx, { permissions: [] })).id),
    edge: bridge.headers,
    listener: (await createKey(ctx, ['events:read'])).headers,
    near: here.staff,
    nearKey: here.key,
    far: there.staff,
    farKey: there.key,
  }
  return { people, ids: { device: ownDevice.id, staff: staffId, apiKey: bridge.id } }
}

const createThings = async (ctx: Context, shop: Ground, deviceId: Uuid) => {
  const { db } = ctx
  const { deviceEu, webEu } = shop.channels
  const owned: Context = { ...ctx, channel: webEu, actor: { kind: 'customer', customerId: shop.ownerId } }
  const productType = await createTestType(ctx, {
    code: 'cup',
    attributes: [
      { code: 'material', kind: 'CHOICE', choices: ['glass', 'clay'] },
      { code: 'cost-code', kind: 'TEXT', internal: true },
    ],
  })
  const { productId } = await createPricedProduct(ctx, {
    productType,
    attributes: [
      { code: 'material', choice: 'clay' },
      { code: 'cost-code', text: SECRET },
    ],
    sku: 'MUG',
    category: 'kitchen',
    amounts: { EUR: 900 },
    images: [{ url: 'https://pictures.test/mug.jpg' }],
    options: [{ code: 'size', name: { en: 'Size' }, values: [{ code: 's', name: { en: 'Small' } }] }],
  })
  const draft = await createPricedProduct(ctx, {
    sku: `${SECRET}-sku`,
    name: { en: `${SECRET} draft` },
    status: 'DRAFT',
    amounts: { EUR: 900 },
  })
  await createTestCollection(ctx, { slug: 'shown', productIds: [productId, draft.productId] })
  await createTestCollection(ctx, {
    slug: 'kept-back',
    name: { en: `${SECRET} collection` },
    channelIds: [],
    rule: { category: ['kitchen'] },
  })
  const asset = await createTestAsset(ctx, {
    kind: 'FILE',
    visibility: 'PRIVATE',
    fileName: `${SECRET}.pdf`,
  })
  const shown = await createTestAsset(ctx)
  await db.updateTable('image').set({ asset_id: shown }).where('product_id', '=', productId).execute()
  const promotion = await createTestPromotion(ctx, {
    name: `${SECRET} promotion`,
    couponCodes: [SECRET],
    channels: { codes: [webEu.code, deviceEu.code] },
  })
  const line = { variantId: shop.beans.variantId, quantity: 1 }
  const order = await createTestOrder(
    { ...owned, channel: deviceEu },
    { customerId: shop.ownerId, deviceId, lines: [line] },
  )
  const cart = await createTestCart(owned, { lines: [line], email: `${SECRET}@home.test` })
  const guestCart = await createTestCart({ ...ctx, channel: webEu }, { lines: [line] })
  const notification = newId()
  await db
    .insertInto('notification')
    .values({
      id: notification,
      customer_id: shop.ownerId,
      device_id: deviceId,
      kind: 'ORDER_PLACED',
      title: SECRET,
      body: SECRET,
      data: JSON.stringify({ orderId: encodeId('order', order.orderId), actions: ['cancel'] }),
      created_at: ctx.now(),
      expires_at: new Date(ctx.now().getTime() + 86_400_000),
    })
    .execute()
  const webhook = await createTestDelivery(ctx, testOutbound(), { description: SECRET })
  const synonym = await createTestSynonym(ctx, { terms: ['cup', SECRET] })
  await indexAll(ctx)
  const { jobId: bulkJob } = await seeding({ ...ctx, channel: shop.channels.webEu }, async (inner) =>
    unwrap(
      await createExport(inner, {
        kind: 'PRODUCTS',
        format: 'CSV',
        settings: { system: SECRET, where: {}, formulaSafe: false },
      }),
    ),
  )
  const offered = await createPromotionThings(ctx, {
    promotion,
    ownerId: shop.ownerId,
    channelId: shop.channels.deviceEu.id,
  })
  return {
    productId,
    asset,
    draft,
    promotion,
    order,
    cart,
    guestCart,
    notification,
    webhook,
    synonym,
    bulkJob,
    ...offered,
  }
}

const sessionOf = async (db: FullExecutor, subjectId: Uuid): Promise<Uuid> =>
  (await db.selectFrom('session').select('id').where('subject_id', '=', subjectId).executeTakeFirstOrThrow())
    .id

const readIds = async (ctx: Context, shop: Ground, things: Awaited<ReturnType<typeof createThings>>) => {
  const { db } = ctx
  type Table =
    | 'attribute'
    | 'product_type'
    | 'option'
    | 'option_value'
    | 'category'
    | 'collection'
    | 'image'
    | 'price_list'
    | 'price'
    | 'location'
    | 'movement'
    | 'role'
  const first = async (table: Table | 'cart_line' | 'order_line' | 'device_type' | 'coupon'): Promise<Uuid> =>
    (
      (await db
        .selectFrom(table as 'price')
        .select('id')
        .orderBy('id')
        .executeTakeFirstOrThrow()) as { id: Uuid }
    ).id
  return {
    product: things.draft.productId,
    variant: things.draft.variantId,
    category: await first('category'),
    collection: await first('collection'),
    attribute: await first('attribute'),
    productType: await first('product_type'),
    option: await first('option'),
    optionValue: await first('option_value'),
    image: await first('image'),
    asset: things.asset,
    priceList: await first('price_list'),
    price: await first('price'),
    promotion: things.promotion,
    location: shop.location,
    movement: await first('movement'),
    coupon: await first('coupon'),
    couponBatch: things.batch,
    promotionOffer: things.offer,
    promotionSimulation: things.simulation,
    parityWatch: things.watch,
    role: await first('role'),
    session: await sessionOf(db, shop.ownerId),
    cart: things.cart.cartId,
    line: await first('cart_line'),
    order: things.order.orderId,
    orderLine: await first('order_line'),
    deviceType: await first('device_type'),
    notification: things.notification,
    webhookEndpoint: things.webhook.endpointId,
    webhookDelivery: things.webhook.deliveryId,
    searchSynonym: things.synonym,
    bulkJob: things.bulkJob,
    channel: shop.channels.webEu.id,
    market: shop.channels.webEu.market.id,
    customer: shop.ownerId,
    customerGroup: shop.group,
    segment: shop.segment,
  }
}

/** How the API of a test shop differs from the usual. */
export type ShopOptions = Pick<
  ApiOptions,
  'clock' | 'recheckEvery' | 'logger' | 'limits' | 'ticks' | 'persistedOnly'
>

/** Tests of what is behind the door ask for everything at once, and as devices in their own words. */
const ROOMY: Limits = readLimits('cost=inf device.burst=inf customer.burst=inf staff.burst=inf app.burst=inf')

/** Makes the shop of a test file on a database of its own; ends with the file. */
export const createTestShop = async ({
  logger = quiet,
  clock = systemClock,
  ...rest
}: Partial<ShopOptions> = {}): Promise<TestShop> => {
  const { db, database } = await testDatabase()
  const ctx = testContext(db, { now: clock })
  const shop = await createGround(ctx)
  const { people, ids: known } = await createPeople(ctx, shop)
  const things = await createThings(ctx, shop, known.device)
  const uuids: Record<string, Uuid> = { ...(await readIds(ctx, shop, things)), ...known }
  const ids = Object.fromEntries(
    Object.entries(uuids).map(([kind, id]) => [kind, encodeId(kind as IdKind, id)]),
  ) as Record<IdKind, string>
  // What is owned must be recognisable wherever it leaks.
  await db
    .updateTable('customer')
    .set({ name: `${SECRET} owner` })
    .where('id', '=', shop.ownerId)
    .execute()
  const feed = await startEventFeed(database)
  afterAll(() => feed.close())
  const api = createApi({
    database,
    feed,
    clock,
    logger,
    corsOrigin: '*',
    outbound: testOutbound(),
    limits: ROOMY,
    persistedOnly: [],
    ...rest,
  })
  return {
    api,
    ctx,
    database,
    shop,
    people,
    ids,
    sku: shop.beans.sku,
    cartToken: things.guestCart.token!,
    bearer: bearerOf(ctx),
    post: (body, headers) => post(api, body, headers),
  }
}

/** Sends a request to an API without a network between. */
export const post = async (api: Api, body: unknown, headers: Headers = {}): Promise<Answer> => {
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, text, ...(isJson ? (JSON.parse(text) as object) : {}) }
}
