import { createTestCart } from '@hilo/carts/testing'
import { type NewCart, updateCart } from '@hilo/carts'
import { createTestChannels, type TestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { createTestLocation, createTestStock, stockLevels } from '@hilo/inventory/testing'
import { money, newId, type Result, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { applicationsOfOrders, linesOfOrders } from './order-line-queries.ts'
import { type OrderRequest, ordersByIds, placeOrder, readableOrders } from './index.ts'

const { db } = await testDatabase()
let channels: TestChannels
let ctx: Context
let place: Uuid

beforeAll(async () => {
  channels = await createTestChannels(db)
  ctx = testContext(db, { channel: channels.webEu })
  place = await createTestLocation(db, { channelIds: [channels.webEu.id] })
})

const product = async (sku: string, stock: number, amount = 1000) => {
  const made = await createPricedProduct(ctx, { sku, amounts: { EUR: amount } })
  await createTestStock(db, place, { [made.variantId]: stock })
  return made.variantId
}

const order = (in_: Context, request: OrderRequest, idempotencyKey?: string) =>
  command(in_, { operation: 'orderPlace', input: request.cartId, idempotencyKey }, (inner) =>
    placeOrder(inner, request),
  )

const guestCart = (cart: NewCart) => createTestCart(ctx, { email: 'guest@home.test', ...cart })

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code)

const placed = async (in_: Context, outcome: Awaited<ReturnType<typeof order>>) => {
  if (!outcome.ok) throw new Error(outcome.error.code)
  const [row] = await ordersByIds(db, readableOrders(in_), [outcome.value.orderId])
  return row!
}

describe('placing an order', () => {
  it('keeps what was bought, promises the stock and closes the cart', async () => {
    const variantId = await product('keep', 5)
    const lines = [{ sku: 'keep', quantity: 2, properties: { engraving: 'Ada' } }]
    const cart = await guestCart({ lines, country: 'FR' })
    const row = await placed(cart.ctx, await order(cart.ctx, { cartId: cart.cartId }))
    expect(row).toMatchObject({
      status: 'PLACED',
      number: expect.stringMatching(/^H-\d{6}$/),
      email: 'guest@home.test',
      country: 'FR',
      currency: 'EUR',
      pricesIncludeTax: true,
      subtotal: 2000n,
      discount: 0n,
      delivery: 500n,
      total: 2500n,
      version: 1,
    })
    expect(row.taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0)).toBe(Number(row.tax))
    expect(row.taxes.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0)).toBe(2500)
    expect(await linesOfOrders(db, [row.id])).toMatchObject([
      {
        variantId,
        sku: 'keep',
        name: 'keep',
        quantity: 2,
        unit: 1000n,
        gross: 2000n,
        properties: { engraving: 'Ada' },
      },
    ])
    expect(await stockLevels(db, variantId)).toEqual([{ locationId: place, onHand: 5, reserved: 2 }])
    const closed = await db.selectFrom('cart').select('status').where('id', '=', cart.cartId).execute()
    expect(closed).toEqual([{ status: 'ORDERED' }])
  })

  it('belongs to the customer who has signed in with the cart of a guest in hand', async () => {
    await product('late', 5)
    const cart = await createTestCart(ctx, { lines: [{ sku: 'late', quantity: 1 }] })
    const { id: customerId } = await createTestCustomer(ctx)
    const signedIn: Context = { ...cart.ctx, actor: { kind: 'customer', customerId } }
    const row = await placed(signedIn, await order(signedIn, { cartId: cart.cartId }))
    expect(row).toMatchObject({ customerId, email: null })
  })

  it('keeps its lines as they were, whatever the catalogue says later', async () => {
    const variantId = await product('later', 5)
    const cart = await guestCart({ lines: [{ sku: 'later', quantity: 1 }] })
    const row = await placed(cart.ctx, await order(cart.ctx, { cartId: cart.cartId }))
    await db.updateTable('variant').set({ sku: 'renamed' }).where('id', '=', variantId).execute()
    await db.updateTable('price').set({ amount_minor: 1n }).where('variant_id', '=', variantId).execute()
    expect(await linesOfOrders(db, [row.id])).toMatchObject([{ sku: 'later', unit: 1000n }])
  })

  it('tells the log once, with number, total and what was bought', async () => {
    await product('told', 5)
    const cart = await guestCart({ lines: [{ sku: 'told', quantity: 2 }] })
    const row = await placed(cart.ctx, await order(cart.ctx, { cartId: cart.cartId }))
    const events = await db
      .selectFrom('event')
      .select(['type', 'payload', 'scope', 'permission'])
      .where('aggregate_id', 'in', [row.id, cart.cartId])
      .orderBy('id')
      .execute()
    const guest = Buffer.from(cart.ctx.cartTokenHash!).toString('hex')
    expect(events).toMatchObject([
      { type: 'CartChanged.v1' },
      {
        type: 'OrderPlaced.v1',
        scope: { guest },
        permission: 'orders:read',
        payload: {
          number: row.number,
          totalMinor: 2500,
          currency: 'EUR',
          test: false,
          lines: [{ sku: 'told', quantity: 2 }],
        },
      },
      { type: 'CartChanged.v1' },
    ])
  })

  it('writes what promotions did to the lines it made', async () => {
    await product('cheaper', 5)
    await createTestPromotion(ctx, { couponCodes: ['TENTH'], name: 'A tenth' })
    const cart = await guestCart({ lines: [{ sku: 'cheaper', quantity: 2 }] })
    await db.insertInto('cart_coupon').values({ cart_id: cart.cartId, code: 'TENTH' }).execute()
    const row = await placed(cart.ctx, await order(cart.ctx, { cartId: cart.cartId }))
    const [line] = await linesOfOrders(db, [row.id])
    const [application] = await applicationsOfOrders(db, [row.id])
    expect(application).toMatchObject({ name: 'A tenth', couponCode: 'TENTH', amount: 200n })
    expect(application!.allocations).toEqual([{ lineId: line!.id, amountMinor: 200 }])
    const used = await db
      .selectFrom('promotion_claim')
      .innerJoin('coupon', 'coupon.id', 'promotion_claim.coupon_id')
      .select(['code', 'state'])
      .where('order_id', '=', row.id)
      .execute()
    expect(used).toEqual([{ code: 'TENTH', state: 'USED' }])
  })

  it('takes as many statements for fifty lines as for one', async () => {
    const { variantIds } = await createPricedProduct(ctx, {
      sku: 'wide-0',
      moreSkus: Array.from({ length: 49 }, (_, index) => `wide-${index + 1}`),
      amounts: { EUR: 100 },
    })
    await createTestStock(db, place, Object.fromEntries(variantIds.map((id) => [id, 9])))
    const of = async (ids: readonly Uuid[]) => {
      const cart = await guestCart({ lines: ids.map((variantId) => ({ variantId, quantity: 1 })) })
      return recordStatements(() => order(cart.ctx, { cartId: cart.cartId }))
    }
    const [one, many] = [await of(variantIds.slice(0, 1)), await of(variantIds)]
    expect(many.result.ok).toBe(true)
    expect(many.statements).toHaveLength(one.statements.length)
    expect(one.statements.length).toBeLessThanOrEqual(15)
  })
})

describe('an order is refused, and nothing is half-written', () => {
  const nothingOf = async (cartId: Uuid) => {
    const orders = await db.selectFrom('order').select('id').where('cart_id', '=', cartId).execute()
    const cart = await db
      .selectFrom('cart')
      .select('status')
      .where('id', '=', cartId)
      .executeTakeFirstOrThrow()
    expect([orders, cart.status]).toEqual([[], 'ACTIVE'])
  }

  it('without lines, without an e-mail of a guest, and with a useless coupon', async () => {
    await product('refused', 5)
    const lines = [{ sku: 'refused', quantity: 1 }]
    const [empty, silent, couponed] = [
      await guestCart({}),
      await createTestCart(ctx, { lines }),
      await guestCart({ lines }),
    ]
    await db.insertInto('cart_coupon').values({ cart_id: couponed.cartId, code: 'GONE' }).execute()
    expect(codeOf(await order(empty.ctx, { cartId: empty.cartId }))).toBe('CART_EMPTY')
    expect(codeOf(await order(silent.ctx, { cartId: silent.cartId }))).toBe('EMAIL_REQUIRED')
    expect(codeOf(await order(silent.ctx, { cartId: silent.cartId, email: 'nobody' }))).toBe('EMAIL_INVALID')
    expect(codeOf(await order(couponed.ctx, { cartId: couponed.cartId }))).toBe('COUPON_UNKNOWN')
    for (const { cartId } of [empty, silent, couponed]) await nothingOf(cartId)
    expect(codeOf(await order(silent.ctx, { cartId: silent.cartId, email: 'ada@home.test' }))).toBe('ok')
  })

  it('when the total is not the one the customer has seen', async () => {
    await product('repriced', 5)
    const cart = await guestCart({ lines: [{ sku: 'repriced', quantity: 1 }] })
    const expecting = (amount: bigint, code = 'EUR') =>
      order(cart.ctx, { cartId: cart.cartId, expectedTotal: money(amount, code) })
    expect(await expecting(1499n)).toMatchObject({
      error: { code: 'PRICE_CHANGED', data: { expected: money(1499n, 'EUR'), actual: money(1500n, 'EUR') } },
    })
    expect(codeOf(await expecting(1500n, 'USD'))).toBe('WRONG_CURRENCY')
    await nothingOf(cart.cartId)
    expect(codeOf(await expecting(1500n))).toBe('ok')
  })

  it('when two lines of a variant together need more than there is', async () => {
    const variantId = await product('pair', 3)
    const cart = await guestCart({
      lines: [
        { sku: 'pair', quantity: 2 },
        { sku: 'pair', quantity: 2 },
      ],
    })
    expect(await order(cart.ctx, { cartId: cart.cartId })).toMatchObject({
      error: { code: 'OUT_OF_STOCK', data: { sku: 'pair', requested: 4, available: 3 } },
    })
    await nothingOf(cart.cartId)
    expect(await stockLevels(db, variantId)).toMatchObject([{ onHand: 3, reserved: 0 }])
  })

  it('when a variant is no longer sold here', async () => {
    const { productId } = await createPricedProduct(ctx, { sku: 'withdrawn', amounts: { EUR: 1 } })
    const cart = await guestCart({ lines: [{ sku: 'withdrawn', quantity: 1 }] })
    await db.updateTable('product').set({ status: 'ARCHIVED' }).where('id', '=', productId).execute()
    expect(await order(cart.ctx, { cartId: cart.cartId })).toMatchObject({
      error: { code: 'NOT_PRICED', data: { sku: 'withdrawn', channel: 'web-eu' } },
    })
  })

  it('when the cart is somebody else’s or of another market', async () => {
    await product('mine', 5)
    const cart = await guestCart({ lines: [{ sku: 'mine', quantity: 1 }] })
    const { id: customerId } = await createTestCustomer(ctx)
    const stranger: Context = { ...ctx, actor: { kind: 'customer', customerId } }
    expect(codeOf(await order(stranger, { cartId: cart.cartId }))).toBe('NOT_FOUND')
    const abroad = { ...cart.ctx, channel: channels.webUs }
    expect(codeOf(await order(abroad, { cartId: cart.cartId }))).toBe('CART_OTHER_MARKET')
    await nothingOf(cart.cartId)
  })

  it('when the cart was ordered already, naming the order', async () => {
    await product('twice', 5)
    const cart = await guestCart({ lines: [{ sku: 'twice', quantity: 1 }] })
    const row = await placed(cart.ctx, await order(cart.ctx, { cartId: cart.cartId }))
    expect(await order(cart.ctx, { cartId: cart.cartId })).toMatchObject({
      error: { code: 'CART_ALREADY_ORDERED', data: { number: row.number } },
    })
    const late = await command(cart.ctx, { operation: 'update', input: null }, (inner) =>
      updateCart(inner, { cartId: cart.cartId, country: 'ES' }),
    )
    expect(late).toMatchObject({ error: { code: 'CART_NOT_ACTIVE', data: { status: 'ORDERED' } } })
  })
})

describe('many orders at once', () => {
  it('of one cart become one order', async () => {
    const variantId = await product('once', 50)
    const cart = await guestCart({ lines: [{ sku: 'once', quantity: 1 }] })
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => order(cart.ctx, { cartId: cart.cartId })),
    )
    expect(outcomes.map(codeOf).sort()).toEqual([...Array<string>(9).fill('CART_ALREADY_ORDERED'), 'ok'])
    expect(await stockLevels(db, variantId)).toMatchObject([{ reserved: 1 }])
  })

  it('with one idempotency key get one answer', async () => {
    await product('keyed', 50)
    const cart = await guestCart({ lines: [{ sku: 'keyed', quantity: 1 }] })
    const key = newId()
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => order(cart.ctx, { cartId: cart.cartId }, key)),
    )
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.value.number)).size).toBe(1)
    expect(outcomes.filter(({ replayed }) => replayed)).toHaveLength(7)
  })

  it('sell exactly what there is', async () => {
    const variantId = await product('hundred', 100)
    const carts = []
    for (let index = 0; index < 150; index += 1) {
      carts.push(await guestCart({ lines: [{ sku: 'hundred', quantity: 1 }] }))
    }
    const outcomes = await Promise.all(carts.map((cart) => order(cart.ctx, { cartId: cart.cartId })))
    const counts = Map.groupBy(outcomes.map(codeOf), (code) => code)
    expect([counts.get('ok')?.length, counts.get('OUT_OF_STOCK')?.length]).toEqual([100, 50])
    expect(await stockLevels(db, variantId)).toMatchObject([{ onHand: 100, reserved: 100 }])
  })

  it('use a coupon exactly as often as it can be', async () => {
    await product('couponed', 500)
    await createTestPromotion(ctx, { couponCodes: ['FIFTEEN'], usageLimit: 15 })
    const carts = []
    for (let index = 0; index < 40; index += 1) {
      const cart = await guestCart({ lines: [{ sku: 'couponed', quantity: 1 }] })
      await db.insertInto('cart_coupon').values({ cart_id: cart.cartId, code: 'FIFTEEN' }).execute()
      carts.push(cart)
    }
    const outcomes = await Promise.all(carts.map((cart) => order(cart.ctx, { cartId: cart.cartId })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(15)
    const refused = new Set(outcomes.filter(({ ok }) => !ok).map(codeOf))
    expect([...refused].every((code) => ['COUPON_SPENT', 'PROMOTION_SPENT'].includes(code))).toBe(true)
  })
})
