import { hashToken } from '@hilo/access'
import { createTestChannels } from '@hilo/channels/testing'
import type { Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { GUEST } from '@hilo/kernel'
import { createPricedProduct, createTestPromotion } from '@hilo/promotions/testing'
import { expect, it } from 'vitest'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const system = testContext(db, { channel: webEu })
await createPricedProduct(system, { sku: 'mug', amounts: { EUR: 1_000 } })
await createTestPromotion(system, { couponCodes: ['SCARCE'], usageLimit: 1 })

const CART =
  'cart { id coupons couponHold { code until } subtotal { amountMinor } paymentMethod place { latitude } }'

interface Cart {
  readonly id: string
  readonly coupons: readonly string[]
  readonly couponHold: { readonly code: string; readonly until: string } | null
}

interface Answer {
  readonly token?: string
  readonly cart: Cart | null
  readonly userErrors: readonly {
    readonly code: string
    readonly path: readonly string[]
    readonly message: string
  }[]
}

const send = async (ctx: Context, name: string, input: object, fields = CART): Promise<Answer> => {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const { data, errors } = await ask<Record<string, Answer>>(
    `mutation ($input: ${title}!) { ${name}(input: $input) { ${fields} userErrors { code path message } } }`,
    { ctx, variables: { input } },
  )
  expect(errors).toBeUndefined()
  return data[name]!
}

const begin = async (email: string) => {
  const guest = { ...system, actor: GUEST }
  const details = { email, paymentMethod: 'card', place: { latitude: 40.4, longitude: -3.7 } }
  const input = { lines: [{ sku: 'mug', quantity: 1 }], ...details }
  const { cart, token } = await send(guest, 'cartCreate', input, `token ${CART}`)
  return { cartId: cart!.id, ctx: { ...guest, cartTokenHash: hashToken(token!) } }
}

it('keeps the last use of a code for one cart until it expires or is taken off', async () => {
  const [mine, other] = [await begin('a@home.test'), await begin('b@home.test')]
  const hold = ({ cartId, ctx }: typeof mine) =>
    send(ctx, 'cartCouponAdd', { cartId, code: 'SCARCE', hold: true })
  const held = await hold(mine)
  expect(held).toMatchObject({
    userErrors: [],
    cart: {
      coupons: ['SCARCE'],
      couponHold: { code: 'SCARCE' },
      subtotal: { amountMinor: 900 },
      paymentMethod: 'card',
    },
  })
  const minutes = (Date.parse(held.cart!.couponHold!.until) - system.now().getTime()) / 60_000
  expect(minutes).toBe(15)
  const { until } = held.cart!.couponHold!
  const message = `The coupon SCARCE is kept for somebody else, until ${until} at the latest.`
  const keptForOthers = { cart: null, userErrors: [{ code: 'COUPON_HELD', path: ['code'], message }] }
  expect(await hold(other)).toMatchObject(keptForOthers)
  expect(await send(other.ctx, 'cartCouponAdd', { cartId: other.cartId, code: 'SCARCE' })).toMatchObject(
    keptForOthers,
  )
  const gone = await send(mine.ctx, 'cartCouponRemove', { cartId: mine.cartId, code: 'SCARCE' })
  expect(gone.cart).toMatchObject({ coupons: [], couponHold: null })
  expect((await hold(other)).cart).toMatchObject({ couponHold: { code: 'SCARCE' } })
  const later = new Date(system.now().getTime() + 16 * 60_000)
  const again = await hold({ ...mine, ctx: { ...mine.ctx, now: () => later } })
  expect(again.cart).toMatchObject({ couponHold: { code: 'SCARCE' } })
})

it('asks who somebody is before it keeps a code for them, and says nothing of limits per customer', async () => {
  await createTestPromotion(system, { couponCodes: ['RARE'], usageLimit: 5 })
  const nobody = { ...system, actor: GUEST }
  const { cart, token } = await send(
    nobody,
    'cartCreate',
    { lines: [{ sku: 'mug', quantity: 1 }] },
    `token ${CART}`,
  )
  const ctx = { ...nobody, cartTokenHash: hashToken(token!) }
  const { userErrors } = await send(ctx, 'cartCouponAdd', { cartId: cart!.id, code: 'RARE', hold: true })
  const message = 'The coupon RARE asks who uses it: sign in or give an e-mail address.'
  expect(userErrors).toMatchObject([{ code: 'COUPON_NEEDS_CUSTOMER', message }])
})

it('keeps a code of the cart anew when its hold has expired, and says so when the code itself is over by then', async () => {
  const promotionId = await createTestPromotion(system, { couponCodes: ['ANEW'], usageLimit: 1 })
  const { cartId, ctx } = await begin('e@home.test')
  const holdAfter = (minutes: number) => {
    const at = new Date(system.now().getTime() + minutes * 60_000)
    return send({ ...ctx, now: () => at }, 'cartCouponAdd', { cartId, code: 'ANEW', hold: true })
  }
  const untilAfter = async (minutes: number) =>
    (Date.parse((await holdAfter(minutes)).cart!.couponHold!.until) - system.now().getTime()) / 60_000
  expect(await untilAfter(0)).toBe(15)
  expect(await untilAfter(14)).toBe(15)
  expect(await untilAfter(16)).toBe(31)
  const endsAt = new Date(system.now().getTime() + 20 * 60_000)
  await db.updateTable('coupon').set({ expires_at: endsAt }).where('code', '=', 'ANEW').execute()
  expect(await holdAfter(40)).toMatchObject({ cart: null, userErrors: [{ code: 'COUPON_EXPIRED' }] })
  await db
    .updateTable('coupon')
    .set({ expires_at: null, disabled_at: endsAt })
    .where('code', '=', 'ANEW')
    .execute()
  expect(await holdAfter(40)).toMatchObject({ cart: null, userErrors: [{ code: 'COUPON_WITHDRAWN' }] })
  await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', promotionId).execute()
})

it('says of a code of which nothing is kept that it was used up', async () => {
  const id = await createTestPromotion(system, { couponCodes: ['SPENT'], usageLimit: 1 })
  await db.updateTable('promotion').set({ used: 1 }).where('id', '=', id).execute()
  const { cartId, ctx } = await begin('d@home.test')
  for (const hold of [true, false])
    expect(await send(ctx, 'cartCouponAdd', { cartId, code: 'SPENT', hold })).toMatchObject({
      userErrors: [{ code: 'COUPON_SPENT' }],
    })
})

it('refuses methods and places that are none', async () => {
  const { cartId, ctx } = await begin('c@home.test')
  const refusal = async (input: object) => {
    const [error] = (await send(ctx, 'cartUpdate', { cartId, ...input })).userErrors
    return error && `${error.code} ${error.path.join('.')}`
  }
  expect(await refusal({ paymentMethod: 'a b' })).toBe('METHOD_INVALID paymentMethod')
  expect(await refusal({ deliveryMethod: 'x'.repeat(65) })).toBe('METHOD_INVALID deliveryMethod')
  expect(await refusal({ place: { latitude: 91, longitude: 0 } })).toBe('PLACE_INVALID place')
  expect(await refusal({ place: null, paymentMethod: null })).toBeUndefined()
})
