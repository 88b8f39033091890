import { staffActor } from '@hilo/access/testing'
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
import { createTestCart, type TestCart } from '../testing/index.ts'
import './index.ts'
import '@hilo/inventory/graphql'

const { db, database } = await testDatabase()
let channels: TestChannels
let ctx: Context
let guest: Context
let place: Uuid

beforeAll(async () => {
  channels = await createTestChannels(db)
  ctx = testContext(db, { channel: channels.webEu })
  guest = { ...ctx, actor: GUEST }
  place = await createTestLocation(db, { channelIds: [channels.webEu.id] })
  const { variantId } = await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 1000 } })
  await createTestStock(db, place, { [variantId]: 50 })
})

const AMOUNTS = `subtotal { decimal } discount { decimal } delivery { decimal } tax { decimal }
  total { amountMinor currency } taxes { ratePpm net { decimal } tax { decimal } }`

const CART = `id status version email country coupons channel { code } market { code }
  lines { id quantity properties variant { sku } unitList { decimal } unit { decimal } subtotal { decimal }
    discount { decimal } total { decimal } allocations { lineId amount { decimal } } }
  applications { name class couponCode amount { decimal } allocations { lineId amount { decimal } } }
  trace { name outcome code facts message } ${AMOUNTS}
  problems { code message path ... on OutOfStockError { sku requested available } }`

const ERRORS = 'userErrors { code message path }'

interface CartData {
  readonly id: string
  readonly version: number
  readonly lines: { readonly id: string; readonly quantity: number }[]
}

type Answer = Record<
  string,
  { readonly cart: CartData | null; readonly token?: string; readonly userErrors: object[] }
>

const mutate = async (name: string, input: object, { in: in_ = guest, fields = '' } = {}) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const { data, errors } = await ask<Answer>(
    `mutation ($input: ${title}Input!) { ${name}(input: $input) { cart { ${CART} } ${fields} ${ERRORS} } }`,
    { ctx: in_, variables: { input } },
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data[name]!
}

/** The first answer that says this; a feed may still tell what was committed just before it began. */
const hear = async (events: AsyncGenerator<unknown, void, void>, said: string): Promise<void> => {
  for await (const event of events) if (JSON.stringify(event).includes(said)) return
  throw new Error(`Never heard ${said}`)
}

const idOf = ({ cartId }: TestCart) => encodeId('cart', cartId)

const customerContext = async (): Promise<Context> => {
  const { id: customerId } = await createTestCustomer(ctx)
  return { ...ctx, actor: { kind: 'customer', customerId } }
}

describe('a guest', () => {
  it('begins a cart, gets its token once, and finds the cart only with it', async () => {
    const made = await mutate(
      'cartCreate',
      { lines: [{ sku: 'mug', quantity: 2 }], email: 'Ada@Home.test', country: 'FR' },
      { fields: 'token' },
    )
    expect(made).toMatchObject({
      token: expect.stringMatching(/^hg_[\w-]{43}$/),
      userErrors: [],
      cart: {
        status: 'ACTIVE',
        email: 'ada@home.test',
        country: 'FR',
        channel: { code: 'web-eu' },
        market: { code: 'eu' },
        lines: [
          { quantity: 2, variant: { sku: 'mug' }, unit: { decimal: '10.00' }, total: { decimal: '20.00' } },
        ],
        delivery: { decimal: '5.00' },
        total: { amountMinor: 2500, currency: 'EUR' },
        problems: [],
      },
    })
    const query = `{ cart(id: "${made.cart!.id}") { version } }`
    expect((await ask(query, { ctx: guest })).errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND')
  })

  it('does not get the token again from a replay', async () => {
    const input = { idempotencyKey: newId() }
    const first = await mutate('cartCreate', input, { fields: 'token replayed' })
    const again = await mutate('cartCreate', input, { fields: 'token replayed' })
    expect(first.token).toBeTruthy()
    expect(again).toMatchObject({ token: null, cart: null, replayed: true })
  })

  it('goes on with activeCart by the token', async () => {
    const cart = await createTestCart(ctx)
    expect(await ask('{ activeCart { id } }', { ctx: cart.ctx })).toEqual({
      data: { activeCart: { id: idOf(cart) } },
    })
    expect(await ask('{ activeCart { id } }', { ctx: guest })).toEqual({ data: { activeCart: null } })
  })
})

describe('cartLineSet', () => {
  it('takes a UUID of the client or the id that was answered, and sets the line', async () => {
    const cart = await createTestCart(ctx)
    const uuid = newId()
    const set = (id: string, quantity: number) =>
      mutate(
        'cartLineSet',
        { cartId: idOf(cart), line: { id, sku: 'mug', quantity, properties: { engraving: 'Ada' } } },
        { in: cart.ctx, fields: 'line { id quantity properties }' },
      )
    const first = await set(uuid.toUpperCase(), 2)
    const id = encodeId('line', uuid)
    expect(first).toMatchObject({ line: { id, quantity: 2, properties: { engraving: 'Ada' } } })
    const second = await set(id, 3)
    expect(second.cart!.lines.map((line) => [line.id, line.quantity])).toEqual([[id, 3]])
  })

  it.each([
    [{ sku: 'mug', quantity: 0 }, 'QUANTITY_INVALID', ['line', 'quantity']],
    [{ sku: 'mug', quantity: -3 }, 'QUANTITY_INVALID', ['line', 'quantity']],
    [{ sku: 'mug', quantity: 2_000_000_000 }, 'QUANTITY_INVALID', ['line', 'quantity']],
    [{ sku: 'nothing', quantity: 1 }, 'NOT_FOUND', ['line', 'sku']],
    [{ variantId: encodeId('product', newId()), quantity: 1 }, 'INVALID_ID', ['line', 'variantId']],
    [{ id: 'x', sku: 'mug', quantity: 1 }, 'INVALID_ID', ['line', 'id']],
    [{ quantity: 1 }, 'VARIANT_MISSING', ['line']],
  ])('refuses %o', async (line, code, path) => {
    const cart = await createTestCart(ctx)
    const refused = await mutate('cartLineSet', { cartId: idOf(cart), line }, { in: cart.ctx })
    expect(refused).toMatchObject({ cart: null, userErrors: [{ code, path }] })
  })

  it('costs as many statements with two hundred lines as with one', async () => {
    const of = async (count: number) => {
      const lines = Array.from({ length: count }, () => ({ sku: 'mug', quantity: 1 }))
      const cart = await createTestCart(ctx, { lines })
      const line = { sku: 'mug', quantity: 1 }
      return recordStatements(() => mutate('cartLineSet', { cartId: idOf(cart), line }, { in: cart.ctx }))
    }
    const [one, many] = [await of(1), await of(200)]
    expect(many.result.cart!.lines).toHaveLength(201)
    expect(many.statements).toHaveLength(one.statements.length)
  })
})

describe('coupons', () => {
  it('come off the total, say so in the trace, and count once however often they are added', async () => {
    const effect = { kind: 'PERCENT', ratePpm: 200_000, target: 'ORDER' } as const
    await createTestPromotion(ctx, { couponCodes: ['FIFTH'], name: 'A fifth', effect })
    const cart = await createTestCart(ctx, { lines: [{ sku: 'mug', quantity: 2 }] })
    const add = () => mutate('cartCouponAdd', { cartId: idOf(cart), code: 'FIFTH' }, { in: cart.ctx })
    await add()
    const { cart: answer } = await add()
    const lineId = answer!.lines[0]!.id
    expect(answer).toMatchObject({
      version: 2,
      coupons: ['FIFTH'],
      subtotal: { decimal: '20.00' },
      discount: { decimal: '4.00' },
      total: { amountMinor: 2100 },
      lines: [{ discount: { decimal: '4.00' }, allocations: [{ lineId, amount: { decimal: '4.00' } }] }],
      applications: [{ name: 'A fifth', couponCode: 'FIFTH', allocations: [{ lineId }] }],
    })
    const removed = await mutate('cartCouponRemove', { cartId: idOf(cart), code: 'FIFTH' }, { in: cart.ctx })
    expect(removed.cart).toMatchObject({ coupons: [], total: { amountMinor: 2500 } })
  })

  it('are refused when they can never help: unknown, wrong case, expired, not started, of another channel', async () => {
    await createTestPromotion(ctx, { couponCodes: ['OLD'], endsAt: '2026-01-01T00:00:00Z' })
    await createTestPromotion(ctx, { couponCodes: ['SOON'], startsAt: '2027-01-01T00:00:00Z' })
    await createTestPromotion(ctx, { couponCodes: ['DEVICES'], channels: { kinds: ['DEVICE'] } })
    const cart = await createTestCart(ctx, { lines: [{ sku: 'mug', quantity: 1 }] })
    const codes = ['NONE', 'fifth', 'OLD', 'SOON', 'DEVICES', 'x'.repeat(99), '\u0000'].map(async (code) => {
      const { userErrors } = await mutate('cartCouponAdd', { cartId: idOf(cart), code }, { in: cart.ctx })
      return (userErrors[0] as { code: string }).code
    })
    expect(await Promise.all(codes)).toEqual([
      'COUPON_UNKNOWN',
      'COUPON_UNKNOWN',
      'COUPON_EXPIRED',
      'COUPON_NOT_STARTED',
      'COUPON_NOT_HERE',
      'COUPON_UNKNOWN',
      'COUPON_UNKNOWN',
    ])
  })

  it('say of a code of a batch that it has expired or was withdrawn, and nothing of those of drafts', async () => {
    const of = async (code: string, facts: object) => {
      const promotionId = await createTestPromotion(ctx, { couponCodes: [code] })
      await db.updateTable('coupon').set(facts).where('promotion_id', '=', promotionId).execute()
      return promotionId
    }
    await of('XPRD', { expires_at: ctx.now() })
    await of('GONE', { disabled_at: ctx.now() })
    const draft = await of('HUSH', { expires_at: ctx.now() })
    await db.updateTable('promotion').set({ status: 'DRAFT' }).where('id', '=', draft).execute()
    const cart = await createTestCart(ctx, { lines: [{ sku: 'mug', quantity: 1 }] })
    const add = (code: string) => mutate('cartCouponAdd', { cartId: idOf(cart), code }, { in: cart.ctx })
    for (const [code, refusal] of [
      ['XPRD', { code: 'COUPON_EXPIRED', message: 'The coupon XPRD has expired.' }],
      ['GONE', { code: 'COUPON_WITHDRAWN', message: 'The coupon GONE has been withdrawn.' }],
      ['HUSH', { code: 'COUPON_UNKNOWN' }],
    ] as const)
      expect(await add(code)).toMatchObject({ cart: null, userErrors: [refusal] })

    await of('LATER', { expires_at: new Date(ctx.now().getTime() + 60_000) })
    expect(await add('LATER')).toMatchObject({ cart: { coupons: ['LATER'], problems: [] } })
    const inAMinute = { ...cart.ctx, now: () => new Date(ctx.now().getTime() + 60_000) }
    const seen = await mutate('cartUpdate', { cartId: idOf(cart), country: 'FR' }, { in: inAMinute })
    expect(seen.cart).toMatchObject({
      problems: [{ code: 'COUPON_EXPIRED', path: ['coupons'] }],
      discount: { decimal: '0.00' },
    })
  })

  it('stay in the cart when they may help yet, and the trace says what is missing', async () => {
    await createTestPromotion(ctx, {
      couponCodes: ['BIG'],
      conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 5000 } }],
    })
    const cart = await createTestCart({ ...ctx, locale: 'es' }, { lines: [{ sku: 'mug', quantity: 1 }] })
    const { cart: answer } = await mutate(
      'cartCouponAdd',
      { cartId: idOf(cart), code: 'BIG' },
      { in: cart.ctx },
    )
    expect(answer).toMatchObject({
      coupons: ['BIG'],
      discount: { decimal: '0.00' },
      problems: [],
      trace: [{ outcome: 'SKIPPED', code: 'MIN_SUBTOTAL', message: expect.stringContaining('40,00') }],
    })
  })
})

describe('a customer', () => {
  it('finds the same cart in every channel of the market', async () => {
    const onTheWeb = await customerContext()
    const onADevice = { ...onTheWeb, channel: channels.deviceEu }
    const cart = await createTestCart(onTheWeb, { lines: [{ sku: 'mug', quantity: 1 }] })
    expect(await ask('{ activeCart { id lines { quantity } } }', { ctx: onADevice })).toEqual({
      data: { activeCart: { id: idOf(cart), lines: [{ quantity: 1 }] } },
    })
    expect(await ask('{ activeCart { id } }', { ctx: { ...onTheWeb, channel: channels.webUs } })).toEqual({
      data: { activeCart: null },
    })
  })

  it('takes over what was put into a cart before signing in', async () => {
    const before = await createTestCart(ctx, { lines: [{ sku: 'mug', quantity: 3 }] })
    const customer = await customerContext()
    const input = { cartId: idOf(before), cartToken: before.token }
    const claimed = await mutate('cartClaim', input, { in: customer })
    expect(claimed.cart).toMatchObject({ status: 'ACTIVE', lines: [{ quantity: 3 }] })
    const denied = await ask(
      'mutation ($input: CartClaimInput!) { cartClaim(input: $input) { cart { id } } }',
      {
        ctx: guest,
        variables: { input },
      },
    )
    expect(denied.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
  })

  it('gets the address checked and kept', async () => {
    const customer = await customerContext()
    const cart = await createTestCart(customer)
    const address = { name: 'Ada', line1: 'Rue 1', city: 'Paris', postalCode: '75001', country: 'FR' }
    const update = (over: object) =>
      mutate(
        'cartUpdate',
        { cartId: idOf(cart), address: { ...address, ...over } },
        { in: customer, fields: '' },
      )
    expect((await update({})).userErrors).toEqual([])
    expect((await update({ country: 'JP' })).userErrors).toMatchObject([
      { code: 'COUNTRY_NOT_SERVED', path: ['address', 'country'] },
    ])
    expect(await ask(`{ cart(id: "${idOf(cart)}") { address { city } } }`, { ctx: customer })).toEqual({
      data: { cart: { address: { city: 'Paris' } } },
    })
  })
})

describe('a cart', () => {
  it('says what would refuse an order, in the language of the request', async () => {
    const cart = await createTestCart({ ...ctx, locale: 'es' }, { lines: [{ sku: 'mug', quantity: 51 }] })
    const found = await ask(`{ cart(id: "${idOf(cart)}") { ${CART} } }`, { ctx: cart.ctx })
    expect(found).toMatchObject({
      data: {
        cart: {
          problems: [
            {
              code: 'OUT_OF_STOCK',
              sku: 'mug',
              requested: 51,
              available: 50,
              message: 'No hay suficientes unidades de mug: se piden 51 y hay 50.',
            },
          ],
        },
      },
    })
  })

  it('can be looked at by staff who read orders, and by no other staff', async () => {
    const cart = await createTestCart(ctx)
    const query = `{ cart(id: "${idOf(cart)}") { id } node(id: "${idOf(cart)}") { id } }`
    const reader = await ask(query, { ctx: { ...ctx, actor: staffActor(['orders:read']) } })
    expect(reader).toEqual({ data: { cart: { id: idOf(cart) }, node: { id: idOf(cart) } } })
    const other = await ask(query, { ctx: { ...ctx, actor: staffActor(['catalog:write']) } })
    expect(other).toMatchObject({ data: { cart: null, node: null } })
  })

  it('is told live to all channels of its customer, and not to others', async () => {
    const feed = await startEventFeed(database)
    const customer = await customerContext()
    const cart = await createTestCart(customer)
    const query = `subscription { cartChanged(id: "${idOf(cart)}") { eventId cart { version lines { quantity } } } }`
    const there = await listen(query, { ctx: { ...customer, channel: channels.deviceEu, feed } })
    await mutate('cartLineSet', { cartId: idOf(cart), line: { sku: 'mug', quantity: 4 } }, { in: customer })
    await hear(there, '{"version":3,"lines":[{"quantity":4}]}')
    await expect(listen(query, { ctx: { ...guest, feed } })).rejects.toThrow('NOT_FOUND')
    await feed.close()
  })

  it('is told live to a guest with the token', async () => {
    const feed = await startEventFeed(database)
    const cart = await createTestCart(ctx)
    const events = await listen(`subscription { cartChanged(id: "${idOf(cart)}") { cart { email } } }`, {
      ctx: { ...cart.ctx, feed },
    })
    await mutate('cartUpdate', { cartId: idOf(cart), email: 'ada@home.test' }, { in: cart.ctx })
    await hear(events, '{"email":"ada@home.test"}')
    await feed.close()
  })
})
