import { staffActor } from '@hilo/access/testing'
import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels, type TestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { GUEST, newId, type Result, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { cartsByIds, createCart, priceCart, readableCarts, removeLine, setLine, updateCart } from './index.ts'
import { createTestCart } from './testing/index.ts'

const { db } = await testDatabase()
let channels: TestChannels
let ctx: Context
let coffee: Uuid

beforeAll(async () => {
  channels = await createTestChannels(db)
  ctx = testContext(db, { channel: channels.webEu })
  coffee = (await createPricedProduct(ctx, { sku: 'coffee', amounts: { EUR: 1000 } })).variantId
})

const run = <T>(in_: Context, use: (inner: Context) => Promise<Result<T>>) =>
  command(in_, { operation: 'test', input: null }, use)

const read = async (in_: Context, cartId: Uuid) => (await cartsByIds(db, readableCarts(in_), [cartId]))[0]

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code)

describe('a line of a cart', () => {
  it('is set and never added twice, under the id that the client made', async () => {
    const cart = await createTestCart(ctx)
    const id = newId()
    for (const quantity of [2, 2, 5]) {
      await run(cart.ctx, (inner) =>
        setLine(inner, { cartId: cart.cartId, line: { id, variantId: coffee, quantity } }),
      )
    }
    expect(await read(cart.ctx, cart.cartId)).toMatchObject({
      version: 4,
      lines: [{ id, variantId: coffee, quantity: 5, properties: {} }],
    })
  })

  it('keeps its place when it is set again, and goes when it is removed', async () => {
    const cart = await createTestCart(ctx)
    const ids = [newId(), newId(), newId()]
    const set = (id: Uuid, quantity: number) =>
      run(cart.ctx, (inner) => setLine(inner, { cartId: cart.cartId, line: { id, sku: 'coffee', quantity } }))
    for (const id of ids) await set(id, 1)
    await set(ids[0]!, 9)
    const remove = () => run(cart.ctx, (inner) => removeLine(inner, { cartId: cart.cartId, lineId: ids[1]! }))
    expect(codeOf(await remove())).toBe('ok')
    expect(codeOf(await remove())).toBe('NOT_FOUND')
    expect((await read(cart.ctx, cart.cartId))!.lines.map(({ id }) => id)).toEqual([ids[0], ids[2]])
  })

  it('is refused when it cannot be bought here, and then nothing is written', async () => {
    const unpriced = await createTestProduct(ctx, { sku: 'unpriced' })
    const draft = await createPricedProduct(ctx, { sku: 'draft', amounts: { EUR: 1 }, status: 'DRAFT' })
    const dollars = await createPricedProduct(ctx, { sku: 'dollars', amounts: { USD: 1 } })
    const cart = await createTestCart(ctx)
    const set = async (line: object) =>
      codeOf(
        await run(cart.ctx, (inner) =>
          setLine(inner, { cartId: cart.cartId, line: { quantity: 1, ...line } }),
        ),
      )
    expect(await set({ variantId: unpriced.variantId })).toBe('NOT_PRICED')
    expect(await set({ variantId: dollars.variantId })).toBe('NOT_PRICED')
    expect(await set({ variantId: draft.variantId })).toBe('NOT_FOUND')
    expect(await set({ variantId: newId() })).toBe('NOT_FOUND')
    expect(await set({ sku: 'no\u0000such' })).toBe('NOT_FOUND')
    expect(await set({})).toBe('VARIANT_MISSING')
    expect(await set({ sku: 'coffee', quantity: 0 })).toBe('QUANTITY_INVALID')
    expect(await set({ sku: 'coffee', properties: [1] })).toBe('PROPERTIES_INVALID')
    expect(await read(cart.ctx, cart.cartId)).toMatchObject({ version: 1, lines: [] })
  })

  it('finds no room after five hundred', async () => {
    const lines = Array.from({ length: 500 }, () => ({ sku: 'coffee', quantity: 1 }))
    const cart = await createTestCart(ctx, { lines })
    const set = (id?: Uuid) =>
      run(cart.ctx, (inner) =>
        setLine(inner, { cartId: cart.cartId, line: { id, sku: 'coffee', quantity: 2 } }),
      )
    expect(codeOf(await set())).toBe('CART_TOO_MANY_LINES')
    const [first] = (await read(cart.ctx, cart.cartId))!.lines
    expect(codeOf(await set(first!.id))).toBe('ok')
  })
})

describe('a change of a cart', () => {
  it('is refused when the cart is at another version, and says at which', async () => {
    const cart = await createTestCart(ctx)
    const update = (ifVersion: number) =>
      run(cart.ctx, (inner) => updateCart(inner, { cartId: cart.cartId, ifVersion, email: 'Ada@Home.test' }))
    expect(codeOf(await update(1))).toBe('ok')
    expect(await update(1)).toMatchObject({ error: { code: 'VERSION_CONFLICT', data: { current: 2 } } })
    expect(await read(cart.ctx, cart.cartId)).toMatchObject({ email: 'ada@home.test', version: 2 })
  })

  it('of many at once is made one after the other', async () => {
    const cart = await createTestCart(ctx)
    const ids = Array.from({ length: 20 }, () => newId())
    await Promise.all(
      ids.map((id) =>
        run(cart.ctx, (inner) =>
          setLine(inner, { cartId: cart.cartId, line: { id, sku: 'coffee', quantity: 1 } }),
        ),
      ),
    )
    const { version, lines } = (await read(cart.ctx, cart.cartId))!
    expect([version, lines.length]).toEqual([21, 20])
  })

  it('is refused from a channel of another market', async () => {
    const cart = await createTestCart(ctx)
    const there = { ...cart.ctx, channel: channels.webUs }
    const update = await run(there, (inner) => updateCart(inner, { cartId: cart.cartId, country: 'US' }))
    expect(update).toMatchObject({
      error: { code: 'CART_OTHER_MARKET', data: { market: 'us', expected: 'eu' } },
    })
  })

  it('tells the log for the owner and for staff who read orders, and for nobody else', async () => {
    const customer = await createTestCustomer(ctx)
    const own = await createTestCart({ ...ctx, actor: { kind: 'customer', customerId: customer.id } })
    const guests = await createTestCart(ctx)
    const scopes = await Promise.all(
      [own, guests].map(({ cartId }) =>
        db
          .selectFrom('event')
          .select(['scope', 'permission'])
          .where('aggregate_id', '=', cartId)
          .executeTakeFirstOrThrow(),
      ),
    )
    expect(scopes).toEqual([
      { scope: { customer: customer.id, channel: ctx.channel.id }, permission: 'orders:read' },
      {
        scope: { guest: Buffer.from(guests.ctx.cartTokenHash!).toString('hex'), channel: ctx.channel.id },
        permission: 'orders:read',
      },
    ])
  })
})

describe('whose a cart is', () => {
  it('is not told to others: they do not find it, and cannot change it', async () => {
    const cart = await createTestCart(ctx)
    const customer = await createTestCustomer(ctx)
    const strangers: Context[] = [
      { ...ctx, actor: GUEST },
      { ...ctx, actor: GUEST, cartTokenHash: Buffer.alloc(32) },
      { ...ctx, actor: { kind: 'customer', customerId: customer.id } },
      { ...cart.ctx, actor: { kind: 'device', deviceId: newId(), customerId: customer.id } },
    ]
    for (const stranger of strangers) {
      expect(await read(stranger, cart.cartId)).toBeUndefined()
      const update = await run(stranger, (inner) => updateCart(inner, { cartId: cart.cartId, country: 'ES' }))
      expect(codeOf(update)).toBe('NOT_FOUND')
    }
  })

  it('lets staff who read orders look, but not change', async () => {
    const cart = await createTestCart(ctx)
    const staff: Context = {
      ...ctx,
      actor: staffActor(['orders:read']),
    }
    expect(await read(staff, cart.cartId)).toBeDefined()
    const update = await run(staff, (inner) => updateCart(inner, { cartId: cart.cartId, country: 'ES' }))
    expect(codeOf(update)).toBe('NOT_FOUND')
  })

  it('is one for a customer in all channels of a market, even when many ask at once', async () => {
    const { id: customerId } = await createTestCustomer(ctx)
    const asks = Array.from({ length: 12 }, (_, index) => {
      const channel = index % 2 ? channels.webEu : channels.deviceEu
      return run({ ...ctx, channel, actor: { kind: 'customer', customerId } }, (inner) =>
        createCart(inner, { lines: [{ sku: 'coffee', quantity: index + 1 }] }),
      )
    })
    const ids = new Set((await Promise.all(asks)).map((made) => (made.ok ? made.value.cartId : made.error)))
    expect(ids.size).toBe(1)
    const dollars = await createTestCart({
      ...ctx,
      channel: channels.webUs,
      actor: { kind: 'customer', customerId },
    })
    expect(ids.has(dollars.cartId)).toBe(false)
    const [cartId] = ids as Set<string>
    const found = await read({ ...ctx, actor: { kind: 'customer', customerId } }, cartId!)
    expect(found!.lines.map(({ quantity }) => quantity)).toEqual([12])
  })
})

describe('pricing a cart', () => {
  const cartOf = async (count: number) => {
    const lines = Array.from({ length: count }, (_, index) => ({ sku: 'coffee', quantity: index + 1 }))
    const cart = await createTestCart(ctx, { lines })
    return { ...cart, row: (await read(cart.ctx, cart.cartId))! }
  }

  it('takes as many statements for two hundred lines as for one', async () => {
    const [small, large] = [await cartOf(1), await cartOf(200)]
    const of = (cart: typeof small) => recordStatements(() => priceCart(cart.ctx, cart.row))
    // The first look compiles promotions; the count is the same.
    const [one, many] = [await of(small), await of(large)]
    expect(many.statements).toHaveLength(one.statements.length)
    expect(one.statements.length).toBeLessThanOrEqual(7)
    expect(many.result.priced.totals.subtotal).toBe(1000n * 20_100n)
  })

  it('and setting a line of it does too', async () => {
    const [small, large] = [await cartOf(1), await cartOf(200)]
    const set = ({ ctx, cartId }: typeof small) =>
      recordStatements(() =>
        run(ctx, (inner) => setLine(inner, { cartId, line: { variantId: coffee, quantity: 1 } })),
      )
    const [one, many] = [await set(small), await set(large)]
    expect(many.statements).toHaveLength(one.statements.length)
    expect(one.statements.length).toBeLessThanOrEqual(16)
  })

  it('says what would refuse an order of it now', async () => {
    const empty = await createTestCart(ctx)
    const { problems } = await priceCart(empty.ctx, (await read(empty.ctx, empty.cartId))!)
    expect(problems.map(({ code }) => code)).toEqual(['CART_EMPTY'])
    const short = await cartOf(2)
    expect((await priceCart(short.ctx, short.row)).problems).toMatchObject([
      { code: 'OUT_OF_STOCK', data: { sku: 'coffee', requested: 3, available: 0 } },
    ])
  })

  it('is in the own channel of the cart for staff who look from another market', async () => {
    const cart = await cartOf(1)
    const abroad = await priceCart({ ...ctx, channel: channels.webUs }, cart.row)
    expect(abroad.priced.currency).toBe('EUR')
  })
})
