import { createSecretKey, randomBytes } from 'node:crypto'
import { staffActor } from '@hilo/access/testing'
import { seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { type Actor, GUEST, money, newId, type Uuid } from '@hilo/kernel'
import { setPrices } from '@hilo/prices'
import { createPricedProduct, createTestPriceList, createTestPromotion } from '@hilo/promotions/testing'
import { expect, test } from 'vitest'
import './index.ts'
import '@hilo/promotions/graphql'

const MINUTE = 60_000
const { db } = await testDatabase()
const channels = await createTestChannels(db)
const shop = testContext(db, { channel: channels.webEu })
const quoting = { keys: [createSecretKey(randomBytes(32))] as const, lifetimeMs: 15 * MINUTE }
const place = await createTestLocation(db, { channelIds: [channels.webEu.id, channels.deviceEu.id] })

const goods = async (EUR: number) => {
  const sku = newId().slice(-12)
  const { variantId } = await createPricedProduct(shop, { sku, amounts: { EUR, JPY: EUR } })
  await createTestStock(db, place, { [variantId]: 100 })
  return { sku, variantId }
}

const reprice = (variantId: Uuid, amount: number) =>
  db
    .updateTable('price')
    .set({ amount_minor: BigInt(amount) })
    .where('variant_id', '=', variantId)
    .execute()

const customer = async () => {
  const { id: customerId } = await createTestCustomer(shop)
  return { ...shop, quoting, actor: { kind: 'customer', customerId } as const }
}

type Asker = Omit<typeof shop, 'actor'> & {
  readonly quoting: typeof quoting
  readonly actor: typeof shop.actor
}

const later = (ctx: Asker, minutes: number): Asker => ({
  ...ctx,
  now: () => new Date(shop.now().getTime() + minutes * MINUTE),
})

const quote = async (ctx: Asker, sku: string, quantity = 1): Promise<string> => {
  const source = `query ($sku: String!, $quantity: Int!) { variant(sku: $sku) { price(quantity: $quantity) { token } } }`
  const { data } = await ask<{ variant: { price: { token: string } } }>(source, {
    ctx,
    variables: { sku, quantity },
  })
  return data.variant.price.token
}

const CART = `cart { id total { amountMinor } lines { id quantity quotedUntil unit { amountMinor } unitList { amountMinor } }
  problems { code path ... on PriceChangedError { expected { amountMinor } actual { amountMinor } } } }
  userErrors { code path message ... on PriceChangedError { expected { amountMinor } actual { amountMinor } } }`

interface CartAnswer {
  readonly cart: { readonly id: string; readonly lines: readonly { readonly id: string }[] } | null
  readonly userErrors: readonly { readonly code: string }[]
}

const mutate = async (ctx: Asker, name: string, input: object, fields = CART) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const { data, errors } = await ask<Record<string, CartAnswer>>(
    `mutation ($input: ${title}Input!) { ${name}(input: $input) { ${fields} } }`,
    { ctx, variables: { input } },
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data[name]!
}

const cartWith = async (ctx: Asker, line: object) => {
  const { cart, userErrors } = await mutate(ctx, 'cartCreate', { lines: [line] })
  return { cartId: cart?.id ?? '', lineId: cart?.lines[0]?.id, cart, userErrors }
}

const read = async (ctx: Asker, cartId: string) =>
  mutate(ctx, 'cartUpdate', { cartId, country: 'FR' }).then(({ cart }) => cart)

const order = (ctx: Asker, cartId: string) =>
  mutate(ctx, 'orderPlace', { cartId, idempotencyKey: newId() }, ORDER)

const ORDER = `order { total { amountMinor } } userErrors { code path message
  ... on PriceChangedError { expected { amountMinor } actual { amountMinor } } }`

test('a quoted price is asked in any channel of its market until it expires, whatever the shelf says', async () => {
  const ana = await customer()
  const { sku, variantId } = await goods(1000)
  const priceToken = await quote(ana, sku)
  expect(priceToken.length).toBeLessThan(200)
  await reprice(variantId, 1300)
  const till = { ...later(ana, 14), channel: channels.deviceEu }
  const { cartId, cart } = await cartWith(till, { sku, quantity: 1, priceToken })
  expect(cart).toMatchObject({
    lines: [{ unit: { amountMinor: 1000 }, quotedUntil: '2026-03-02T10:15:00.000Z' }],
    problems: [],
  })
  expect(await order(till, cartId)).toMatchObject({ order: { total: { amountMinor: 1500 } }, userErrors: [] })
})

test('a promotion of the shelf is in the quote once, and one that began since makes it cheaper', async () => {
  const ana = await customer()
  const { sku } = await goods(1000)
  await createTestPromotion(shop, { items: { sku: [sku] } })
  const priceToken = await quote(ana, sku)
  expect((await cartWith(ana, { sku, quantity: 1, priceToken })).cart).toMatchObject({
    lines: [{ unit: { amountMinor: 900 }, unitList: { amountMinor: 1000 } }],
  })
  const { sku: other, variantId } = await goods(2000)
  const dear = await quote(ana, other)
  await reprice(variantId, 1500)
  const ben = await customer()
  const mine = await quote(ben, other)
  expect((await cartWith(ben, { sku: other, quantity: 1, priceToken: mine })).cart).toMatchObject({
    lines: [{ unit: { amountMinor: 1500 } }],
  })
  await reprice(variantId, 1400)
  expect((await cartWith(ana, { sku: other, quantity: 1, priceToken: dear })).cart).toMatchObject({
    lines: [{}, { unit: { amountMinor: 1400 } }],
    problems: [],
  })
})

test('an expired quote is a problem with both prices until it is accepted, and no order goes past it', async () => {
  const ana = await customer()
  const { sku, variantId } = await goods(1000)
  const { cartId, lineId } = await cartWith(ana, { sku, quantity: 1, priceToken: await quote(ana, sku) })
  const after = later(ana, 15)
  expect(await read(after, cartId)).toMatchObject({ problems: [] })
  await reprice(variantId, 1250)
  const changed = {
    code: 'PRICE_CHANGED',
    path: ['lines', lineId],
    expected: { amountMinor: 1000 },
    actual: { amountMinor: 1250 },
  }
  expect(await read(after, cartId)).toMatchObject({
    lines: [{ unit: { amountMinor: 1250 } }],
    problems: [changed],
  })
  expect(await order(after, cartId)).toMatchObject({
    order: null,
    userErrors: [{ ...changed, message: 'The price is now €12.50, not €10.00.' }],
  })
  const accepted = await mutate(after, 'cartPricesAccept', { cartId })
  expect(accepted).toMatchObject({ cart: { lines: [{ quotedUntil: null }], problems: [] }, userErrors: [] })
  expect(await mutate(after, 'cartPricesAccept', { cartId })).toMatchObject(accepted)
  expect(await order(after, cartId)).toMatchObject({ order: { total: { amountMinor: 1750 } } })
})

test('an expired token with the price unchanged goes on without it; with another price it is refused with both', async () => {
  const ana = await customer()
  const { sku, variantId } = await goods(1000)
  const priceToken = await quote(ana, sku)
  const after = later(ana, 16)
  expect((await cartWith(after, { sku, quantity: 1, priceToken })).cart).toMatchObject({
    lines: [{ quotedUntil: null, unit: { amountMinor: 1000 } }],
  })
  await reprice(variantId, 800)
  expect((await cartWith(after, { sku, quantity: 1, priceToken })).userErrors).toMatchObject([
    {
      code: 'PRICE_CHANGED',
      path: ['lines', '0', 'priceToken'],
      expected: { amountMinor: 1000 },
      actual: { amountMinor: 800 },
    },
  ])
})

test('an order of a cart whose quote expired at the same price goes through', async () => {
  const ana = await customer()
  const { sku } = await goods(1000)
  const { cartId } = await cartWith(ana, { sku, quantity: 1, priceToken: await quote(ana, sku) })
  expect(await order(later(ana, 60), cartId)).toMatchObject({ order: { total: { amountMinor: 1500 } } })
})

test('a token is refused in another market, for another variant or customer, and beyond its quantity', async () => {
  const [ana, ben] = [await customer(), await customer()]
  const guest = { ...ana, actor: GUEST }
  const [one, two] = [await goods(1000), await goods(1000)]
  const priceToken = await quote(ana, one.sku, 3)
  const refusal = async (ctx: Asker, line: object) =>
    (await cartWith(ctx, { quantity: 1, ...line })).userErrors[0]
  const { sku } = one
  const japan = { ...ana, channel: channels.webJp }
  expect(await refusal(japan, { sku, priceToken })).toMatchObject({ code: 'PRICE_TOKEN_OTHER_MARKET' })
  expect(await refusal(ana, { sku: two.sku, priceToken })).toMatchObject({
    code: 'PRICE_TOKEN_OTHER_VARIANT',
  })
  expect(await refusal(ben, { sku, priceToken })).toMatchObject({ code: 'PRICE_TOKEN_OTHER_CUSTOMER' })
  expect(await refusal(guest, { sku, priceToken })).toMatchObject({ code: 'PRICE_TOKEN_OTHER_CUSTOMER' })
  expect(await refusal(ana, { sku, quantity: 4, priceToken })).toMatchObject({
    code: 'PRICE_TOKEN_QUANTITY',
    path: ['lines', '0', 'priceToken'],
    message: 'This price was quoted for 1 to 3 units, not for 4.',
  })
  for (const bad of ['', 'x', priceToken.slice(1), `${priceToken}A`, 'A'.repeat(167)]) {
    if (bad)
      expect(await refusal(ana, { sku, priceToken: bad })).toMatchObject({ code: 'PRICE_TOKEN_INVALID' })
  }
  const ofGuest = await quote(guest, sku)
  expect((await cartWith(ben, { sku, quantity: 1, priceToken: ofGuest })).cart).toMatchObject({
    problems: [],
  })
})

test('a token that another key signed, or of which a sign was changed, is none', async () => {
  const ana = await customer()
  const { sku } = await goods(1000)
  const priceToken = await quote(ana, sku)
  const refused = async (ctx: Asker, token: string) =>
    expect((await cartWith(ctx, { sku, quantity: 1, priceToken: token })).userErrors).toMatchObject([
      { code: 'PRICE_TOKEN_INVALID', path: ['lines', '0', 'priceToken'] },
    ])
  await refused({ ...ana, quoting: { ...quoting, keys: [createSecretKey(randomBytes(32))] } }, priceToken)
  const { quoting: _none, ...without } = ana
  await refused(without as Asker, priceToken)
  for (let at = 0; at < priceToken.length; at += 13) {
    const sign = priceToken[at] === 'x' ? 'y' : 'x'
    await refused(ana, priceToken.slice(0, at) + sign + priceToken.slice(at + 1))
  }
})

test('a token of a market that reckons in another currency by now is refused, and one on a line is no price', async () => {
  const ana = await customer()
  const { sku } = await goods(1000)
  const priceToken = await quote(ana, sku)
  const { cartId } = await cartWith(ana, { sku, quantity: 1, priceToken })
  const { market } = channels.webEu
  const inYen = {
    ...ana,
    channel: { ...channels.webEu, market: { ...market, currency: channels.webJp.market.currency } },
  }
  expect((await cartWith(inYen, { sku, quantity: 1, priceToken })).userErrors).toMatchObject([
    { code: 'PRICE_TOKEN_OTHER_MARKET' },
  ])
  await db.updateTable('price').set({ amount_minor: 1700n }).where('currency', '=', 'JPY').execute()
  expect(await read(inYen, cartId)).toMatchObject({ lines: [{ unit: { amountMinor: 1700 } }], problems: [] })
})

test('a price for a quantity is quoted from where it begins up to what was asked about', async () => {
  const ana = await customer()
  const { sku, variantId } = await goods(1000)
  const list = await createTestPriceList(shop, { code: sku, currency: 'EUR', kind: 'SALE' })
  const tier = { variantId, priceListId: list, amount: money(700n, 'EUR'), minQuantity: 10 }
  await seeding(shop, (ctx) => setPrices(ctx, [tier]))
  const priceToken = await quote(ana, sku, 24)
  const refusal = async (quantity: number) =>
    (await cartWith(ana, { sku, quantity, priceToken })).userErrors[0]
  const message = (quantity: number) => `This price was quoted for 10 to 24 units, not for ${quantity}.`
  expect(await refusal(9)).toMatchObject({ code: 'PRICE_TOKEN_QUANTITY', message: message(9) })
  expect(await refusal(25)).toMatchObject({ code: 'PRICE_TOKEN_QUANTITY', message: message(25) })
  await reprice(variantId, 1300)
  expect((await cartWith(ana, { sku, quantity: 10, priceToken })).cart).toMatchObject({
    lines: [{ unit: { amountMinor: 700 }, unitList: { amountMinor: 1000 } }],
    problems: [],
  })
})

test('an ordered line says which list and which quote its price is from, and staff see why it was chosen', async () => {
  const ana = await customer()
  const { sku, variantId } = await goods(1000)
  const { sku: plain } = await goods(500)
  const base = await createTestPriceList(shop, { code: `b${sku}`, currency: 'EUR', kind: 'SALE' })
  await createTestPriceList(shop, {
    code: `d${sku}`,
    currency: 'EUR',
    kind: 'CONTRACT',
    derivation: { baseId: base, adjustmentPpm: -100_000, rounding: 'NONE', direction: 'NEAREST' },
  })
  await seeding(shop, (ctx) => setPrices(ctx, [{ variantId, priceListId: base, amount: money(900n, 'EUR') }]))
  const priceToken = await quote(ana, sku, 2)
  await reprice(variantId, 1300)
  const LINES = `order { lines { id sku quantity unit { amountMinor } quote { unit { amountMinor } unitList { amountMinor }
    minQuantity maxQuantity quotedAt until } } } userErrors { code }`
  const { cartId } = await cartWith(ana, { sku, quantity: 2, priceToken })
  await mutate(ana, 'cartLineSet', { cartId, line: { sku: plain, quantity: 1 } })
  const placed = await mutate(ana, 'orderPlace', { cartId, idempotencyKey: newId() }, LINES)
  const { lines } = (placed as unknown as { order: { lines: { id: string }[] } }).order
  expect(lines).toMatchObject([
    {
      sku,
      unit: { amountMinor: 810 },
      quote: {
        unit: { amountMinor: 810 },
        unitList: { amountMinor: 810 },
        minQuantity: 1,
        maxQuantity: 2,
        quotedAt: '2026-03-02T10:00:00.000Z',
        until: '2026-03-02T10:15:00.000Z',
      },
    },
    { sku: plain, quote: null },
  ])

  const WHY = `query ($id: ID!) {
    node(id: $id) { ... on OrderLine { priceList { code } } }
    orderLinePriceExplanation(id: $id) {
      chosen { priceList { code } amount { amountMinor } }
      candidates { priceList { code } amount { amountMinor } reason }
    } }`
  const why = (actor: Actor, line: number) =>
    ask<Record<string, object | null>>(WHY, {
      ctx: { ...later(ana, 60 * 24), actor },
      variables: { id: lines[line]!.id },
    })
  const staff = staffActor(['orders:read', 'prices:read'])
  expect((await why(staff, 0)).data).toMatchObject({
    node: { priceList: { code: `d${sku}` } },
    orderLinePriceExplanation: {
      chosen: { priceList: { code: `d${sku}` }, amount: { amountMinor: 1170 } },
      candidates: [
        { reason: null },
        { reason: 'LESS_SPECIFIC' },
        { reason: 'LESS_SPECIFIC' },
        { reason: 'CURRENCY' },
      ],
    },
  })
  expect((await why(staff, 1)).data).toMatchObject({ node: { priceList: { code: 'base-eur' } } })
  for (const actor of [ana.actor, staffActor(['orders:read']), staffActor(['prices:read'])])
    expect((await why(actor, 0)).data?.['orderLinePriceExplanation'] ?? null).toBeNull()
})

test('a line keeps its quote when it is set again, within its quantity; several lines share it', async () => {
  const ana = await customer()
  const { sku, variantId } = await goods(1000)
  const priceToken = await quote(ana, sku, 2)
  const { cartId, lineId } = await cartWith(ana, { sku, quantity: 1, priceToken })
  await reprice(variantId, 1200)
  const set = (line: object) => mutate(ana, 'cartLineSet', { cartId, line: { id: lineId, sku, ...line } })
  expect((await set({ quantity: 2 })).cart).toMatchObject({ lines: [{ unit: { amountMinor: 1000 } }] })
  const tooMany = { code: 'PRICE_CHANGED', expected: { amountMinor: 1000 }, actual: { amountMinor: 1200 } }
  expect((await set({ quantity: 3 })).cart).toMatchObject({
    lines: [{ unit: { amountMinor: 1200 } }],
    problems: [tooMany],
  })
  expect((await set({ quantity: 2 })).cart).toMatchObject({ problems: [] })
  const second = await mutate(ana, 'cartLineSet', { cartId, line: { sku, quantity: 1, priceToken } })
  expect(second.cart).toMatchObject({
    lines: [{ unit: { amountMinor: 1000 } }, { unit: { amountMinor: 1200 } }],
    problems: [tooMany],
  })
  expect((await set({ quantity: 2, priceToken: null })).cart).toMatchObject({
    lines: [{ quotedUntil: null }, { unit: { amountMinor: 1000 } }],
    problems: [],
  })
})
