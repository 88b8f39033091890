import { createSecretKey, randomBytes } from 'node:crypto'
import { hashToken } from '@hilo/access'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { type Actor, GUEST, newId } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/promotions/testing'
import { expect, test } from 'vitest'
import './index.ts'
import '@hilo/promotions/graphql'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const shop = testContext(db, { channel: webEu })
const quoting = { keys: [createSecretKey(randomBytes(32))] as const, lifetimeMs: 900_000 }
const { variantId } = await createPricedProduct(shop, { sku: 'MUG', amounts: { EUR: 700 } })
await createTestStock(db, await createTestLocation(db, { channelIds: [webEu.id] }), { [variantId]: 100 })

const as = (actor: Actor, token?: string) => ({
  ...shop,
  quoting,
  actor,
  ...(token && { cartTokenHash: hashToken(token) }),
})

const customer = async (): Promise<Actor> => ({
  kind: 'customer',
  customerId: (await createTestCustomer(shop)).id,
})

const askFor = async <Data extends object>(ctx: ReturnType<typeof as>, source: string) => {
  const { data, errors } = await ask<Data>(source, { ctx })
  expect(errors).toBeUndefined()
  return data
}

interface Priced {
  readonly cart: {
    readonly id: string
    readonly lines: readonly { readonly unit: { amountMinor: number } }[]
  }
}

const LINES = 'cart { id lines { unit { amountMinor } } problems { code } }'

/** A guest's cart in which a customer has put a line at the price that was quoted to them alone; dearer by now. */
const lentCart = async (ana: Actor) => {
  await db.updateTable('price').set({ amount_minor: 700n }).execute()
  const { variant } = await askFor<{ variant: { price: { token: string } } }>(
    as(ana),
    '{ variant(sku: "MUG") { price { token } } }',
  )
  await db.updateTable('price').set({ amount_minor: 1000n }).execute()
  const { cartCreate } = await askFor<{ cartCreate: { cart: { id: string }; token: string } }>(
    as(GUEST),
    'mutation { cartCreate(input: {}) { cart { id } token } }',
  )
  const { cart, token: cartToken } = cartCreate
  const line = `{ sku: "MUG", quantity: 1, priceToken: "${variant.price.token}" }`
  const { cartLineSet } = await askFor<{ cartLineSet: Priced }>(
    as(ana, cartToken),
    `mutation { cartLineSet(input: { cartId: "${cart.id}", line: ${line} }) { ${LINES} } }`,
  )
  expect(cartLineSet.cart.lines).toEqual([{ unit: { amountMinor: 700 } }])
  return { cartId: cart.id, cartToken }
}

test('a price quoted to a customer is asked of nobody else who holds the cart that it stands in', async () => {
  const { cartId, cartToken } = await lentCart(await customer())
  const guest = as(GUEST, cartToken)
  const { cartUpdate } = await askFor<{ cartUpdate: Priced }>(
    guest,
    `mutation { cartUpdate(input: { cartId: "${cartId}", email: "guest@example.com" }) { ${LINES} } }`,
  )
  expect(cartUpdate.cart).toMatchObject({
    lines: [{ unit: { amountMinor: 1000 } }],
    problems: [{ code: 'PRICE_CHANGED' }],
  })
  const { orderPlace } = await askFor<{ orderPlace: object }>(
    guest,
    `mutation { orderPlace(input: { cartId: "${cartId}", idempotencyKey: "${newId()}" }) {
      order { id } userErrors { code } } }`,
  )
  expect(orderPlace).toMatchObject({ order: null, userErrors: [{ code: 'PRICE_CHANGED' }] })
  const { cartPricesAccept } = await askFor<{ cartPricesAccept: Priced }>(
    guest,
    `mutation { cartPricesAccept(input: { cartId: "${cartId}" }) { ${LINES} } }`,
  )
  expect(cartPricesAccept.cart).toMatchObject({ problems: [] })
})

test('nor of another customer who takes the cart over', async () => {
  const [ana, ben] = [await customer(), await customer()]
  const { cartId, cartToken } = await lentCart(ana)
  const { cartClaim } = await askFor<{ cartClaim: Priced }>(
    as(ben),
    `mutation { cartClaim(input: { cartId: "${cartId}", cartToken: "${cartToken}" }) { ${LINES} } }`,
  )
  expect(cartClaim.cart).toMatchObject({
    lines: [{ unit: { amountMinor: 1000 } }],
    problems: [{ code: 'PRICE_CHANGED' }],
  })
})

test('but it is theirs still when they take it over themselves', async () => {
  const ana = await customer()
  const { cartId, cartToken } = await lentCart(ana)
  const { cartClaim } = await askFor<{ cartClaim: Priced }>(
    as(ana),
    `mutation { cartClaim(input: { cartId: "${cartId}", cartToken: "${cartToken}" }) { ${LINES} } }`,
  )
  expect(cartClaim.cart).toMatchObject({ lines: [{ unit: { amountMinor: 700 } }], problems: [] })
})
