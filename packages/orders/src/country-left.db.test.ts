import { cartsByIds, changeableCarts, priceCart } from '@hilo/carts'
import { createTestCart } from '@hilo/carts/testing'
import { seeding } from '@hilo/catalog/testing'
import { updateMarket } from '@hilo/channels'
import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { unwrap } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { expect, test } from 'vitest'
import { placeOrder } from './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const ratesPpm = { STANDARD: 210_000, REDUCED: 100_000, ZERO: 0 }

test('a cart for a country that its market has left since is refused, also where that is not known yet', async () => {
  const location = await createTestLocation(db, { channelIds: [webEu.id] })
  const { variantId } = await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 1000 } })
  await createTestStock(db, location, { [variantId]: 5 })
  const lines = [{ sku: 'mug', quantity: 1 }]
  const cart = await createTestCart(ctx, { lines, country: 'FR', email: 'guest@home.test' })
  const countries = [{ country: 'ES', ratesPpm }]
  await seeding(ctx, async (inner) => unwrap(await updateMarket(inner, { id: webEu.market.id, countries })))
  // The context names the countries of before, as a process does that has not heard of the change.
  const order = await command(cart.ctx, { operation: 'orderPlace', input: null }, (inner) =>
    placeOrder(inner, { cartId: cart.cartId }),
  )
  const refused = { code: 'COUNTRY_NOT_SERVED', data: { country: 'FR' } }
  expect(order).toMatchObject({ ok: false, error: refused })
  const [row] = await cartsByIds(db, changeableCarts(cart.ctx), [cart.cartId])
  expect((await priceCart(cart.ctx, row!)).problems).toMatchObject([refused])
})
