import { staffActor } from '@hilo/access/testing'
import { createTestCart } from '@hilo/carts/testing'
import { createTestChannels, type TestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { type Context, startEventFeed } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { encodeId, GUEST, newId, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestOrder } from '../testing/index.ts'
import './index.ts'
import '@hilo/inventory/graphql'

const { db, database } = await testDatabase()
let channels: TestChannels
let ctx: Context
let staff: Context
let mug: Uuid

beforeAll(async () => {
  channels = await createTestChannels(db)
  ctx = testContext(db, { channel: channels.webEu })
  staff = { ...ctx, actor: staffActor() }
  const place = await createTestLocation(db, { channelIds: [channels.webEu.id, channels.deviceEu.id] })
  mug = (await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 1000 } })).variantId
  await createTestStock(db, place, { [mug]: 1_000 })
  const effect = { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' } as const
  await createTestPromotion(ctx, { name: 'A tenth', effect })
})

const ORDER = `id number status version test email country slot cancellable cancelBy
  channel { code } market { code } customer { name } address { city }
  lines { id sku name quantity unit { decimal } discount { decimal } gross { decimal } net { decimal } tax { decimal }
    taxRatePpm allocations { lineId amount { decimal } } variantId }
  applications { name amount { decimal } allocations { lineId amount { decimal } } }
  subtotal { decimal } discount { decimal } delivery { decimal } tax { decimal } total { amountMinor currency formatted }
  taxes { ratePpm net { decimal } tax { decimal } }`

interface OrderData {
  readonly id: string
  readonly number: string
  readonly lines: { readonly id: string }[]
}

type Answer = Record<string, { readonly order: OrderData | null; readonly userErrors: object[] }>

const mutate = async (in_: Context, name: string, input: object) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const { data, errors } = await ask<Answer>(
    `mutation ($input: ${title}Input!) { ${name}(input: $input) { order { ${ORDER} } replayed userErrors {
      code message path ... on PriceChangedError { expected { decimal } actual { decimal } }
      ... on IllegalTransitionError { from to allowed } ... on CartAlreadyOrderedError { orderId number } } } }`,
    { ctx: in_, variables: { input: { idempotencyKey: newId(), ...input } } },
  )
  return { ...data?.[name], errors: errors?.map(({ extensions }) => extensions?.['code']) }
}

const newCustomer = async (): Promise<{ customer: Context; customerId: Uuid }> => {
  const { id: customerId } = await createTestCustomer(ctx)
  return { customerId, customer: { ...ctx, actor: { kind: 'customer', customerId } } }
}

const lines = [{ sku: 'mug', quantity: 2 }]

describe('orderPlace', () => {
  it('answers the order with every amount, and the same again for the same key', async () => {
    const { customer } = await newCustomer()
    const cart = await createTestCart(customer, { lines })
    const input = {
      cartId: encodeId('cart', cart.cartId),
      idempotencyKey: newId(),
      expectedTotal: { amountMinor: 2300, currency: 'EUR' },
      address: { name: 'Ada', line1: 'Rue 1', city: 'Paris', postalCode: '75001', country: 'FR' },
    }
    const placed = await mutate(customer, 'orderPlace', input)
    const lineId = placed.order!.lines[0]!.id
    expect(placed).toMatchObject({
      replayed: false,
      userErrors: [],
      order: {
        status: 'PLACED',
        number: expect.stringMatching(/^H-\d+$/),
        test: false,
        country: 'FR',
        address: { city: 'Paris' },
        cancellable: true,
        cancelBy: '2026-03-02T11:00:00.000Z',
        subtotal: { decimal: '20.00' },
        discount: { decimal: '2.00' },
        delivery: { decimal: '5.00' },
        total: { amountMinor: 2300, currency: 'EUR' },
        lines: [
          {
            sku: 'mug',
            variantId: encodeId('variant', mug),
            unit: { decimal: '10.00' },
            gross: { decimal: '18.00' },
            allocations: [{ lineId, amount: { decimal: '2.00' } }],
          },
        ],
        applications: [{ name: 'A tenth', amount: { decimal: '2.00' }, allocations: [{ lineId }] }],
      },
    })
    expect(await mutate(customer, 'orderPlace', input)).toEqual({ ...placed, replayed: true })
    const again = await mutate(customer, 'orderPlace', { cartId: input.cartId })
    expect(again.userErrors).toMatchObject([
      { code: 'CART_ALREADY_ORDERED', number: placed.order!.number, orderId: placed.order!.id },
    ])
  })

  it('says both totals when the price has changed, in the language of the request', async () => {
    const { customer } = await newCustomer()
    const cart = await createTestCart(customer, { lines })
    const refused = await mutate({ ...customer, locale: 'es' }, 'orderPlace', {
      cartId: encodeId('cart', cart.cartId),
      expectedTotal: { amountMinor: 2000, currency: 'EUR' },
    })
    const [error] = refused.userErrors as { message: string }[]
    expect(error).toMatchObject({
      code: 'PRICE_CHANGED',
      expected: { decimal: '20.00' },
      actual: { decimal: '23.00' },
      path: ['expectedTotal'],
    })
    expect(error!.message.replaceAll('\u00a0', ' ')).toBe('El precio es ahora 23,00 €, y no 20,00 €.')
  })

  it('needs an idempotency key', async () => {
    const refused = await ask('mutation { orderPlace(input: { cartId: "x" }) { order { id } } }', { ctx })
    expect(refused.errors).toHaveLength(1)
  })

  it('by a guest is seen with the token only', async () => {
    const cart = await createTestCart(ctx, { lines, email: 'ada@home.test' })
    const placed = await mutate(cart.ctx, 'orderPlace', { cartId: encodeId('cart', cart.cartId) })
    const query = `{ order(number: "${placed.order!.number}") { email } orders { totalCount nodes { number } } }`
    expect(await ask(query, { ctx: cart.ctx })).toMatchObject({
      data: { order: { email: 'ada@home.test' }, orders: { totalCount: 1 } },
    })
    const other = await ask(query, { ctx: { ...ctx, actor: GUEST } })
    expect(other).toMatchObject({
      data: { order: null, orders: { totalCount: 0, nodes: [] } },
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    })
  })
})

describe('who sees an order', () => {
  it('is its customer, the device that placed it, and staff who read orders', async () => {
    const { customer, customerId } = await newCustomer()
    const deviceId = newId()
    const device = (id: Uuid): Context => ({ ...ctx, actor: { kind: 'device', deviceId: id, customerId } })
    const { orderId } = await createTestOrder(ctx, {
      customerId,
      deviceId,
      lines: [{ variantId: mug, quantity: 1 }],
    })
    const { customer: stranger } = await newCustomer()
    const id = encodeId('order', orderId)
    const query = `{ order(id: "${id}") { lines { id } } node(id: "${id}") { id } }`
    const sees = async (actor: Context) =>
      (await ask<{ node: unknown }>(query, { ctx: actor })).data.node !== null
    const formerly: Context = { ...ctx, actor: { kind: 'device', deviceId, customerId: newId() } }
    const others = [stranger, device(newId()), formerly, { ...ctx, actor: GUEST }]
    expect(await Promise.all([customer, device(deviceId), staff].map(sees))).toEqual([true, true, true])
    expect(await Promise.all(others.map(sees))).toEqual([false, false, false, false])
    const found = await ask<{ order: OrderData }>(query, { ctx: customer })
    const lineId = found.data.order.lines[0]!.id
    const line = `{ node(id: "${lineId}") { id } }`
    expect(await ask(line, { ctx: customer })).toEqual({ data: { node: { id: lineId } } })
    expect(await ask(line, { ctx: stranger })).toEqual({ data: { node: null } })
  })

  it('is refused for what is no id, and for asking for nothing', async () => {
    const code = async (args: string) =>
      (await ask(`{ order(${args}) { id } }`, { ctx: staff })).errors?.[0]?.extensions?.['code']
    expect(await code('id: "nonsense"')).toBe('INVALID_ID')
    expect(await code(`id: "${encodeId('cart', newId())}"`)).toBe('INVALID_ID')
    expect(await code('number: "H-1"')).toBe('NOT_FOUND')
    expect(await code('number: "\\u0000"')).toBe('NOT_FOUND')
    expect(await code('id: null')).toBe('INVALID_INPUT')
  })
})

describe('orderCancel and orderFulfil', () => {
  const placed = async () => {
    const made = await newCustomer()
    const { orderId } = await createTestOrder(ctx, {
      customerId: made.customerId,
      lines: [{ variantId: mug, quantity: 1 }],
    })
    return { ...made, id: encodeId('order', orderId) }
  }

  it('lead to final states, and say what would be allowed otherwise', async () => {
    const { customer, id } = await placed()
    expect(await mutate(customer, 'orderCancel', { id, ifVersion: 1 })).toMatchObject({
      order: { status: 'CANCELLED', cancellable: false, version: 2 },
    })
    expect(await mutate(staff, 'orderFulfil', { id })).toMatchObject({
      order: null,
      userErrors: [{ code: 'ILLEGAL_TRANSITION', from: 'CANCELLED', to: 'FULFILLED', allowed: [] }],
    })
  })

  it('are for staff with orders:write', async () => {
    const { customer, id } = await placed()
    expect((await mutate(customer, 'orderFulfil', { id })).errors).toEqual(['FORBIDDEN'])
    expect((await mutate({ ...ctx, actor: GUEST }, 'orderFulfil', { id })).errors).toEqual([
      'UNAUTHENTICATED',
    ])
    expect(await mutate({ ...ctx, actor: GUEST }, 'orderCancel', { id })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    })
    expect(await mutate(staff, 'orderFulfil', { id })).toMatchObject({ order: { status: 'FULFILLED' } })
  })
})

interface Told {
  readonly orderChanged: { readonly order: { readonly customer: { readonly id: string } | null } }
}

describe('orderChanged', () => {
  const idOf = (customerId: Uuid) => encodeId('customer', customerId)

  it('tells staff of all, and customers of their own only', async () => {
    const feed = await startEventFeed(database)
    const [first, second] = [await newCustomer(), await newCustomer()]
    const query = 'subscription { orderChanged { type order { customer { id } } } }'
    const [mine, all] = [
      await listen(query, { ctx: { ...second.customer, feed } }),
      await listen<Told>(query, { ctx: { ...staff, feed } }),
    ]
    for (const { customerId } of [first, second]) {
      await createTestOrder(ctx, { customerId, lines: [{ variantId: mug, quantity: 1 }] })
    }
    const mineIsFirst = await mine.next()
    expect(mineIsFirst.value).toMatchObject({
      data: {
        orderChanged: { type: 'OrderPlaced.v1', order: { customer: { id: idOf(second.customerId) } } },
      },
    })
    const heard = new Set<string | undefined>()
    // The feed may still tell what was committed just before it began, orders of guests among it.
    for await (const { data } of all) {
      heard.add(data.orderChanged.order.customer?.id)
      if ([first, second].every(({ customerId }) => heard.has(idOf(customerId)))) break
    }
    await mine.return()
    await feed.close()
  })

  it('tells a device of what it placed, not of what its owner bought elsewhere', async () => {
    const feed = await startEventFeed(database)
    const { customerId } = await newCustomer()
    const deviceId = newId()
    const device: Context = { ...ctx, actor: { kind: 'device', deviceId, customerId } }
    const events = await listen('subscription { orderChanged { order { slot } } }', {
      ctx: { ...device, feed },
    })
    const order = { customerId, lines: [{ variantId: mug, quantity: 1 }] }
    await createTestOrder(ctx, order)
    await createTestOrder(ctx, { ...order, deviceId, slot: 'left' })
    expect((await events.next()).value).toEqual({ data: { orderChanged: { order: { slot: 'left' } } } })
    await events.return()
    await feed.close()
  })
})

describe('the statements of a list', () => {
  it('are as many for ten orders as for one, lines, applications and customers included', async () => {
    const query = `query ($first: Int!) { orders(first: $first) { nodes { ${ORDER} } } }`
    const { customerId } = await newCustomer()
    for (let index = 0; index < 10; index += 1) {
      await createTestOrder(ctx, { customerId, lines: [{ variantId: mug, quantity: 1 }] })
    }
    const of = (first: number) => recordStatements(() => ask(query, { ctx: staff, variables: { first } }))
    const [one, ten] = [await of(1), await of(10)]
    expect(ten.statements).toHaveLength(one.statements.length)
    expect(ten.statements.length).toBeLessThanOrEqual(6)
  })

  it('of the orders of many customers are one', async () => {
    const ids = await Promise.all(Array.from({ length: 3 }, () => newCustomer()))
    for (const { customerId } of ids) {
      for (const quantity of [1, 2, 3]) {
        await createTestOrder(ctx, { customerId, lines: [{ variantId: mug, quantity }] })
      }
    }
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer {
      orders(first: 2) { nodes { number } pageInfo { hasNextPage } totalCount } } } }`
    const variables = { ids: ids.map(({ customerId }) => encodeId('customer', customerId)) }
    const { statements, result } = await recordStatements(() => ask(query, { ctx: staff, variables }))
    const orders = { nodes: [{}, {}], pageInfo: { hasNextPage: true }, totalCount: 3 }
    expect(result).toMatchObject({ data: { nodes: [{ orders }, { orders }, { orders }] } })
    expect(statements.filter((sql) => sql.includes('"order"'))).toHaveLength(2)
  })
})
