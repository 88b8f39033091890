import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import type { Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { cartsByIds, claimCart, readableCarts, updateCart } from './index.ts'
import { createTestCart } from './testing/index.ts'

const { db } = await testDatabase()
let ctx: Context

beforeAll(async () => {
  const { webEu } = await createTestChannels(db)
  ctx = testContext(db, { channel: webEu })
  for (const sku of ['A', 'B']) await createPricedProduct(ctx, { sku, amounts: { EUR: 1000 } })
})

type Wanted = readonly [sku: string, quantity: number, engraving?: string]

const linesOf = (wanted: readonly Wanted[]) =>
  wanted.map(([sku, quantity, engraving]) => ({
    sku,
    quantity,
    ...(engraving && { properties: { engraving } }),
  }))

const newCustomer = async () => {
  const { id: customerId } = await createTestCustomer(ctx)
  return { customerId, signedIn: { ...ctx, actor: { kind: 'customer', customerId } } satisfies Context }
}

const claim = (signedIn: Context, customerId: Uuid, cart: { cartId: Uuid; token: string | undefined }) =>
  command(signedIn, { operation: 'claim', input: null }, (inner) =>
    claimCart(inner, { cartId: cart.cartId, cartToken: cart.token!, customerId }),
  )

const contents = async (in_: Context, cartId: Uuid) => {
  const [cart] = await cartsByIds(db, readableCarts(in_), [cartId])
  const skus = await db.selectFrom('variant').select(['id', 'sku']).execute()
  return cart?.lines.map(({ variantId, quantity, properties }) => [
    skus.find(({ id }) => id === variantId)!.sku,
    quantity,
    ...Object.values(properties),
  ])
}

describe('claiming a cart at sign-in', () => {
  const cases: readonly (readonly [readonly Wanted[], readonly Wanted[], readonly Wanted[]])[] = [
    [
      [['A', 1]],
      [['B', 1]],
      [
        ['A', 1],
        ['B', 1],
      ],
    ],
    [[['A', 1]], [['A', 3]], [['A', 3]]],
    [
      [['A', 1, 'Ada']],
      [['A', 1, 'Bo']],
      [
        ['A', 1, 'Ada'],
        ['A', 1, 'Bo'],
      ],
    ],
    [[], [['B', 2]], [['B', 2]]],
    [[['A', 1]], [], [['A', 1]]],
  ]

  it.each(cases)('merges %o and %o to %o, once', async (own, guest, expected) => {
    const { customerId, signedIn } = await newCustomer()
    const mine = await createTestCart(signedIn, { lines: linesOf(own) })
    const theirs = await createTestCart(ctx, { lines: linesOf(guest) })
    for (const _time of [1, 2]) {
      expect(await claim(signedIn, customerId, theirs)).toMatchObject({ value: { cartId: mine.cartId } })
      expect(await contents(signedIn, mine.cartId)).toEqual(expected)
    }
    expect(await contents(theirs.ctx, theirs.cartId)).toBeUndefined()
  })

  it('makes the active cart when there is none, with what the guest said already', async () => {
    const { customerId, signedIn } = await newCustomer()
    const guest = await createTestCart(ctx, {
      lines: linesOf([['A', 2]]),
      email: 'ada@home.test',
      country: 'FR',
    })
    const claimed = await claim(signedIn, customerId, guest)
    if (!claimed.ok) throw new Error(claimed.error.code)
    const [cart] = await cartsByIds(db, readableCarts(signedIn), [claimed.value.cartId])
    expect(cart).toMatchObject({ email: 'ada@home.test', country: 'FR', status: 'ACTIVE', customerId })
  })

  it('keeps what the customer has said before', async () => {
    const { customerId, signedIn } = await newCustomer()
    const mine = await createTestCart(signedIn, { country: 'ES' })
    const guest = await createTestCart(ctx, { country: 'FR', email: 'guest@home.test' })
    await claim(signedIn, customerId, guest)
    const [cart] = await cartsByIds(db, readableCarts(signedIn), [mine.cartId])
    expect(cart).toMatchObject({ country: 'ES', email: 'guest@home.test' })
  })

  it('is refused without the right token, and the guest keeps the cart', async () => {
    const { customerId, signedIn } = await newCustomer()
    const guest = await createTestCart(ctx, { lines: linesOf([['A', 1]]) })
    const other = await createTestCart(ctx)
    const forged = await claim(signedIn, customerId, { ...guest, token: other.token })
    expect(forged).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await contents(guest.ctx, guest.cartId)).toEqual([['A', 1]])
  })

  it('gives a cart to one customer only, however many claim it at once', async () => {
    const guest = await createTestCart(ctx, { lines: linesOf([['A', 4]]) })
    const customers = await Promise.all(Array.from({ length: 4 }, newCustomer))
    const claims = await Promise.all(
      customers.map(({ customerId, signedIn }) => claim(signedIn, customerId, guest)),
    )
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('ends what the token opens', async () => {
    const { customerId, signedIn } = await newCustomer()
    const guest = await createTestCart(ctx, { lines: linesOf([['A', 1]]) })
    await claim(signedIn, customerId, guest)
    const late = await command(guest.ctx, { operation: 'update', input: null }, (inner) =>
      updateCart(inner, { cartId: guest.cartId, country: 'ES' }),
    )
    expect(late).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })
})
