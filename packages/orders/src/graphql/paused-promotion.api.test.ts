import { hashToken } from '@hilo/access'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import type { Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion, type TestPromotion } from '@hilo/promotions/testing'
import { afterEach, expect, it } from 'vitest'
import { CART, type CaseCart, refusalOf, send } from '../testing/published-case.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const system = testContext(db, { channel: webEu })
const guest: Context = { ...system, actor: GUEST }
const { variantId } = await createPricedProduct(system, { sku: 'mug', amounts: { EUR: 1_000 } })
const place = await createTestLocation(db, { channelIds: [webEu.id] })
await createTestStock(db, place, { [variantId]: 100 })

const LINES = [{ sku: 'mug', quantity: 1 }]
const made: string[] = []

const promote = async (promotion: TestPromotion): Promise<string> => {
  const id = encodeId('promotion', await createTestPromotion(system, promotion))
  made.push(id)
  return id
}

const turn = async (name: 'promotionPause' | 'promotionResume' | 'promotionArchive', id: string) =>
  expect(refusalOf(await send(system, name, { id }, 'promotion { id }'))).toBeUndefined()

afterEach(async () => {
  for (const id of made.splice(0)) await turn('promotionArchive', id)
})

const begin = async (email = `${newId()}@home.test`) => {
  const { cart, token } = (await send(guest, 'cartCreate', { lines: LINES, email }, CART)) as never as {
    cart: CaseCart
    token: string
  }
  return { id: cart.id, ctx: { ...guest, cartTokenHash: hashToken(token) } }
}

type Begun = Awaited<ReturnType<typeof begin>>

const read = async ({ id, ctx }: Begun) => {
  const source = `query ($id: ID!) { cart(id: $id) { discount { amountMinor } subtotal { amountMinor }
    couponHold { code } problems { code path message } trace { code message } } }`
  const { data } = await ask<{ cart: CaseCart }>(source, { ctx, variables: { id } })
  return data.cart
}

const addCode = ({ id, ctx }: Begun, code: string, more: object = {}) =>
  send(ctx, 'cartCouponAdd', { cartId: id, code, ...more }, 'cart { id }')

const order = ({ id, ctx }: Begun) =>
  send(ctx, 'orderPlace', { cartId: id, idempotencyKey: newId() }, 'order { discount { amountMinor } }')

it('takes nothing off a cart while it is paused, and off again when it is resumed', async () => {
  const id = await promote({ name: 'A tenth' })
  const cart = await begin()
  expect(await read(cart)).toMatchObject({ subtotal: { amountMinor: 900 } })
  await turn('promotionPause', id)
  // A shopper who names it by nothing reads nothing of it.
  expect(await read(cart)).toMatchObject({ subtotal: { amountMinor: 1_000 }, problems: [], trace: [] })
  await turn('promotionResume', id)
  expect(await read(cart)).toMatchObject({ subtotal: { amountMinor: 900 }, trace: [{ code: 'APPLIED' }] })
})

it('says of a code in a cart that its promotion is paused, and the order is refused until it goes on', async () => {
  const id = await promote({
    couponCodes: ['TENTH'],
    effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' },
  })
  const [mine, other] = [await begin(), await begin()]
  await addCode(mine, 'TENTH')
  await turn('promotionPause', id)
  const message = 'The coupon TENTH is not valid for the moment: its promotion is paused.'
  expect(await read(mine)).toMatchObject({
    discount: { amountMinor: 0 },
    problems: [{ code: 'COUPON_PAUSED', path: ['coupons'], message }],
    trace: [{ code: 'PAUSED', message: 'Is paused for now' }],
  })
  const spanish = { ...mine, ctx: { ...mine.ctx, locale: 'es' as const } }
  expect(await read(spanish)).toMatchObject({
    problems: [{ message: 'El cupón TENTH no es válido por ahora: su promoción está en pausa.' }],
    trace: [{ message: 'Está en pausa por ahora' }],
  })
  expect((await order(mine))['userErrors']).toMatchObject([{ code: 'COUPON_PAUSED', path: ['coupons'] }])
  expect((await addCode(other, 'TENTH'))['userErrors']).toMatchObject([
    { code: 'COUPON_PAUSED', path: ['code'] },
  ])
  await turn('promotionResume', id)
  expect(await order(mine)).toMatchObject({ order: { discount: { amountMinor: 100 } }, userErrors: [] })
})

it('leaves what a cart holds of a scarce code, and keeps nothing more of it', async () => {
  const id = await promote({ couponCodes: ['SCARCE'], usageLimit: 2 })
  const [mine, late] = [await begin(), await begin()]
  await addCode(mine, 'SCARCE', { hold: true })
  await addCode(late, 'SCARCE')
  await turn('promotionPause', id)
  expect(await read(mine)).toMatchObject({
    couponHold: { code: 'SCARCE' },
    problems: [{ code: 'COUPON_PAUSED' }],
  })
  expect(refusalOf(await addCode(late, 'SCARCE', { hold: true }))).toBe('COUPON_PAUSED')
  await turn('promotionResume', id)
  expect(refusalOf(await addCode(late, 'SCARCE', { hold: true }))).toBeUndefined()
  expect(refusalOf(await order(mine))).toBeUndefined()
})

it('tells whom it was offered to that it is paused', async () => {
  const id = await promote({ trigger: 'OFFER' })
  const { id: customerId } = await createTestCustomer(system)
  const customer: Context = { ...system, actor: { kind: 'customer', customerId } }
  const expiresAt = new Date(system.now().getTime() + 60_000).toISOString()
  const offered = { promotionId: id, customerIds: [encodeId('customer', customerId)], expiresAt }
  expect(refusalOf(await send(system, 'promotionOffer', offered, 'offers { id }'))).toBeUndefined()
  const { cart } = (await send(customer, 'cartCreate', { lines: LINES }, CART)) as never as { cart: CaseCart }
  expect(cart).toMatchObject({ subtotal: { amountMinor: 900 } })
  await turn('promotionPause', id)
  expect(await read({ id: cart.id, ctx: customer as Begun['ctx'] })).toMatchObject({
    subtotal: { amountMinor: 1_000 },
    problems: [],
    trace: [{ code: 'PAUSED' }],
  })
})
