import { createSecretKey, randomBytes } from 'node:crypto'
import { staffActor } from '@hilo/access/testing'
import { createTestCart } from '@hilo/carts/testing'
import { bundleTestVariant, giveTestFile, setTestGoods } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import type { Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock, stockLevels } from '@hilo/inventory/testing'
import { encodeId, GUEST, newId, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import './index.ts'
import '@hilo/inventory/graphql'
import '@hilo/prices/graphql'

const { db } = await testDatabase()
let ctx: Context
let staff: Context
let customer: Context
let ids: Record<'beans' | 'cup' | 'pot' | 'set' | 'guide' | 'kit', Uuid>

beforeAll(async () => {
  const { webEu } = await createTestChannels(db)
  ctx = testContext(db, { channel: webEu })
  staff = { ...ctx, actor: staffActor() }
  const { id: customerId } = await createTestCustomer(ctx)
  customer = { ...ctx, actor: { kind: 'customer', customerId } }
  const make = async (sku: string, amount: number) =>
    (await createPricedProduct(ctx, { sku, amounts: { EUR: amount } })).variantId
  ids = {
    beans: await make('beans', 1299),
    cup: await make('cup', 500),
    pot: await make('pot', 3000),
    set: await make('set', 99_999),
    guide: await make('guide', 900),
    kit: await make('kit', 1000),
  }
  await setTestGoods(ctx, ids.beans, {
    measure: { unit: 'KILOGRAM', scale: 3, step: 50, minimum: 100, maximum: 5_000 },
  })
  await setTestGoods(ctx, ids.guide, { fulfilment: 'DIGITAL' })
  await giveTestFile(ctx, ids.guide, { name: 'guide.txt', body: 'Grind it.', maxDownloads: 2 })
  await bundleTestVariant(ctx, ids.set, { [ids.cup]: 2, [ids.pot]: 1 }, 100_000)
  await bundleTestVariant(ctx, ids.kit, { [ids.beans]: 250, [ids.guide]: 1 })
  const place = await createTestLocation(db, { channelIds: [webEu.id] })
  await createTestStock(db, place, { [ids.beans]: 20_000, [ids.cup]: 100, [ids.pot]: 10 })
})

type Data = Record<string, Record<string, unknown>>

const place = async (in_: Context, lines: readonly { variantId: Uuid; quantity: number }[]) => {
  const cart = await createTestCart(in_, { lines, email: 'buyer@home.test' })
  const { data } = await ask<Data>(
    `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { userErrors { code }
      order { id delivery { decimal } total { decimal } lines { id sku quantity measured fulfilment
        subtotal { decimal } components { sku name quantity measured }
        downloads { name mediaType remaining url } } } } }`,
    {
      ctx: { ...cart.ctx, downloadKey } as Context,
      variables: { input: { cartId: encodeId('cart', cart.cartId), idempotencyKey: newId() } },
    },
  )
  return { ...(data['orderPlace'] as { order: { id: string }; userErrors: object[] }), cart }
}

const downloadKey = createSecretKey(randomBytes(32))

describe('goods by measure', () => {
  it('say how they are sold, and what a kilogram costs', async () => {
    const { data } = await ask(
      `{ variant(sku: "beans") { measure { unit symbol scale step minimum maximum } price { unit { decimal } total { decimal } quantity }
        quarter: price(quantity: 250) { total { decimal } }
        unitPrice { price { decimal } reference { amount unit } text } availability { status quantity counted } } }`,
      { ctx: { ...ctx, actor: GUEST } },
    )
    expect(data).toEqual({
      variant: {
        measure: { unit: 'KILOGRAM', symbol: 'kg', scale: 3, step: 50, minimum: 100, maximum: 5_000 },
        price: { unit: { decimal: '12.99' }, total: { decimal: '12.99' }, quantity: 1_000 },
        quarter: { total: { decimal: '3.25' } },
        unitPrice: {
          price: { decimal: '12.99' },
          reference: { amount: 1, unit: 'KILOGRAM' },
          text: '€12.99/kg',
        },
        availability: { status: 'IN_STOCK', quantity: 10_000, counted: true },
      },
    })
  })

  it('are refused in other quantities, with the nearest that are sold', async () => {
    const cart = await createTestCart({ ...ctx, actor: GUEST })
    const { data } = await ask<Data>(
      `mutation ($input: CartLineSetInput!) { cartLineSet(input: $input) { userErrors { code message path
        ... on QuantityNotSoldError { nearest below above } } } }`,
      {
        ctx: cart.ctx,
        variables: {
          input: { cartId: encodeId('cart', cart.cartId), line: { sku: 'beans', quantity: 1_255 } },
        },
      },
    )
    expect(data['cartLineSet']).toEqual({
      userErrors: [
        {
          code: 'QUANTITY_NOT_SOLD',
          message: '1.255 kg of beans cannot be sold; the nearest are: 1.250 kg, 1.300 kg.',
          path: ['line', 'quantity'],
          nearest: ['1.250 kg', '1.300 kg'],
          below: 1_250,
          above: 1_300,
        },
      ],
    })
  })

  it('are ordered, shown and taken off the shelf in the same integers', async () => {
    const { order } = await place(customer, [{ variantId: ids.beans, quantity: 1_250 }])
    expect(order).toMatchObject({
      lines: [{ sku: 'beans', quantity: 1_250, measured: '1.250\u00A0kg', subtotal: { decimal: '16.24' } }],
    })
    expect(await stockLevels(db, ids.beans)).toMatchObject([{ onHand: 20_000, reserved: 1_250 }])
  })
})

describe('a bundle', () => {
  it('costs its components less the rate, and says what it saves', async () => {
    const { data } = await ask(
      `{ variant(sku: "set") { price { unit { decimal } } bundleReductionPpm bundleSaving { separately { decimal } saves { decimal } }
        components { sku quantity variant { sku } } availability { quantity } } }`,
      { ctx: staff },
    )
    expect(data).toEqual({
      variant: {
        price: { unit: { decimal: '36.00' } },
        bundleReductionPpm: 100_000,
        bundleSaving: { separately: { decimal: '40.00' }, saves: { decimal: '4.00' } },
        components: [
          { sku: 'cup', quantity: 2, variant: { sku: 'cup' } },
          { sku: 'pot', quantity: 1, variant: { sku: 'pot' } },
        ],
        availability: { quantity: 10 },
      },
    })
  })

  it('is not sold while a component is archived, and sold while one is only hidden', async () => {
    const unit = async () =>
      (await ask('{ variant(sku: "set") { price { unit { decimal } } } }', { ctx: staff })).data
    const cups = db.updateTable('variant').where('id', '=', ids.cup)
    await cups.set({ archived_at: ctx.now() }).execute()
    expect(await unit()).toEqual({ variant: { price: null } })
    await cups.set({ archived_at: null }).execute()
    const products = db
      .updateTable('product')
      .where('id', 'in', (eb) => eb.selectFrom('variant').select('product_id').where('id', '=', ids.cup))
    await products.set({ status: 'DRAFT' }).execute()
    const shown = '{ variant(sku: "set") { price { unit { decimal } } components { sku variant { sku } } } }'
    expect((await ask(shown, { ctx: { ...ctx, actor: GUEST } })).data).toMatchObject({
      variant: { price: { unit: { decimal: '36.00' } }, components: [{ sku: 'cup', variant: null }, {}] },
    })
    await products.set({ status: 'PUBLISHED' }).execute()
  })

  it('has its own prices explained as not asked', async () => {
    const { data, errors } = await ask(
      'query ($id: ID!) { priceExplanation(variantId: $id) { chosen { amount { decimal } } candidates { reason message } } }',
      { ctx: staff, variables: { id: encodeId('variant', ids.set) } },
    )
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      priceExplanation: {
        chosen: null,
        candidates: [{ reason: 'BUNDLE', message: expect.stringContaining('components') }],
      },
    })
  })

  it('keeps with its line what it was made of, and reserves that', async () => {
    const before = (await stockLevels(db, ids.cup))[0]!.reserved
    const { order } = await place(customer, [
      { variantId: ids.set, quantity: 2 },
      { variantId: ids.cup, quantity: 1 },
    ])
    expect(order).toMatchObject({
      lines: [
        {
          sku: 'set',
          components: [
            { sku: 'cup', name: 'cup', quantity: 2 },
            { sku: 'pot', quantity: 1 },
          ],
        },
        { sku: 'cup', components: [] },
      ],
    })
    expect(await stockLevels(db, ids.cup)).toMatchObject([{ reserved: before + 5 }])
    expect(await stockLevels(db, ids.set)).toEqual([])
  })

  it('says in the cart of which component there is too little for all lines', async () => {
    const lines = [
      { variantId: ids.set, quantity: 8 },
      { variantId: ids.pot, quantity: 5 },
    ]
    const { cart, userErrors } = await place({ ...ctx, actor: GUEST }, lines)
    expect(userErrors).toEqual([{ code: 'OUT_OF_STOCK' }])
    const { data } = await ask('query ($id: ID!) { cart(id: $id) { problems { code message } } }', {
      ctx: cart.ctx,
      variables: { id: encodeId('cart', cart.cartId) },
    })
    expect(data).toMatchObject({
      cart: { problems: [{ code: 'OUT_OF_STOCK', message: expect.stringContaining('pot: 13 wanted') }] },
    })
  })
})

describe('digital goods', () => {
  it('need no delivery and no stock', async () => {
    const { order } = await place(customer, [{ variantId: ids.guide, quantity: 3 }])
    expect(order).toMatchObject({ delivery: { decimal: '0.00' }, total: { decimal: '27.00' } })
    const cart = await createTestCart({ ...ctx, actor: GUEST }, { lines: [{ sku: 'guide', quantity: 1 }] })
    const needs = () =>
      ask('query ($id: ID!) { cart(id: $id) { needsDelivery delivery { decimal } } }', {
        ctx: cart.ctx,
        variables: { id: encodeId('cart', cart.cartId) },
      })
    expect((await needs()).data).toMatchObject({ cart: { needsDelivery: false } })
    const mixed = await place(customer, [
      { variantId: ids.guide, quantity: 1 },
      { variantId: ids.cup, quantity: 1 },
    ])
    expect(mixed.order).toMatchObject({ delivery: { decimal: '5.00' } })
  })

  it('are for whoever bought them, alone or in a bundle, and for nobody else', async () => {
    const { order } = await place(customer, [{ variantId: ids.kit, quantity: 1 }])
    const file = { name: 'guide.txt', mediaType: 'text/plain', remaining: 2 }
    const url = expect.stringMatching(/^\/downloads\/[0-9a-f-]{36}\?until=\d+&signature=[\w-]{43}$/)
    expect(order).toMatchObject({ lines: [{ fulfilment: 'PHYSICAL', downloads: [{ ...file, url }] }] })
    const query = 'query ($id: ID!) { order(id: $id) { lines { downloads { name url } } } }'
    const look = async (in_: Context) => (await ask(query, { ctx: in_, variables: { id: order.id } })).data
    expect(await look(staff)).toEqual({ order: { lines: [{ downloads: [] }] } })
    expect(await look(customer)).toEqual({
      order: { lines: [{ downloads: [{ name: 'guide.txt', url: null }] }] },
    })
  })

  it('of many lines are one statement', async () => {
    const { order } = await place(customer, [
      { variantId: ids.kit, quantity: 1 },
      { variantId: ids.guide, quantity: 1 },
    ])
    const { statements } = await recordStatements(() =>
      ask('query ($id: ID!) { order(id: $id) { lines { downloads { name } components { sku } } } }', {
        ctx: customer,
        variables: { id: order.id },
      }),
    )
    expect(statements).toHaveLength(3)
  })
})
