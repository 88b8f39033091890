import { staffActor } from '@hilo/access/testing'
import { seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, money, type Uuid } from '@hilo/kernel'
import { setPrices } from '@hilo/prices'
import { createPricedProduct, createTestPriceList, createTestPromotion } from '@hilo/promotions/testing'
import { expect, test } from 'vitest'
import { createTestCart } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const shop = testContext(db, { channel: channels.webEu })
const guest = { ...shop, actor: GUEST }

const { variantId } = await createPricedProduct(shop, { sku: 'mug', amounts: { EUR: 1000, JPY: 2000 } })

/** What the shelf of a channel said so many days ago. */
const said = async (channelId: Uuid, currency: string, ...rows: [days: number, amount: number][]) => {
  for (const [days, amount] of rows)
    await db
      .insertInto('price_history')
      .values({
        variant_id: variantId,
        channel_id: channelId,
        currency,
        amount_minor: BigInt(amount),
        list_minor: BigInt(amount),
        at: new Date(shop.now().getTime() - days * 86_400_000),
      })
      .execute()
}

await said(channels.webEu.id, 'EUR', [90, 700], [40, 950], [20, 980])
await said(channels.deviceEu.id, 'EUR', [90, 850])
await said(channels.webJp.id, 'JPY', [90, 1900])
await createTestPromotion(shop, { items: { sku: ['mug'] } })
// On devices a sale that follows from another list, below which the promotion goes too.
const base = await createTestPriceList(shop, {
  code: 'devices',
  currency: 'EUR',
  channelIds: [channels.deviceEu.id],
})
await seeding(shop, (ctx) => setPrices(ctx, [{ variantId, priceListId: base, amount: money(1000n, 'EUR') }]))
await createTestPriceList(shop, {
  code: 'sale',
  currency: 'EUR',
  kind: 'SALE',
  channelIds: [channels.deviceEu.id],
  derivation: { baseId: base, adjustmentPpm: -100_000, rounding: 'NONE', direction: 'NEAREST' },
})

const FIELDS = 'unit { amountMinor } unitList { amountMinor } lowestPrice30d { amountMinor currency }'
const lowest = (amountMinor: number, currency = 'EUR') => ({ lowestPrice30d: { amountMinor, currency } })

const LINE = `mutation ($input: CartUpdateInput!) { cartUpdate(input: $input) { cart { lines { ${FIELDS} } } userErrors { code } } }`

test('a line of a cart shows a reduced price with the lowest of the 30 days before, of the channel that looks', async () => {
  const cart = await createTestCart(guest, { lines: [{ sku: 'mug', quantity: 1 }] })
  const seen = async (channel: typeof channels.webEu) => {
    const input = { cartId: encodeId('cart', cart.cartId), country: 'FR' }
    const { data } = await ask<{ cartUpdate: { cart: { lines: object[] } } }>(LINE, {
      ctx: { ...cart.ctx, channel },
      variables: { input },
    })
    return data.cartUpdate.cart.lines
  }
  expect(await seen(channels.webEu)).toMatchObject([{ unit: { amountMinor: 900 }, ...lowest(950) }])
  expect(await seen(channels.deviceEu)).toMatchObject([{ unit: { amountMinor: 810 }, ...lowest(850) }])
})

test('so does what staff see as somebody else, and each cell of the parity report, in its own channel and currency', async () => {
  const source = `query ($ids: [ID!]!, $eu: ID!, $device: ID!, $jp: ID!) {
    viewAs(viewer: { channelId: $device }) { shelfPrices(variantIds: $ids) { lowestPrice30d { amountMinor currency } } }
    parityReport(input: { variantIds: $ids, channelIds: [$eu, $device, $jp] }) {
      rows { cells { lowestPrice30d { amountMinor currency } } } } }`
  const channelId = (key: 'webEu' | 'deviceEu' | 'webJp') => encodeId('channel', channels[key].id)
  const variables = {
    ids: [encodeId('variant', variantId)],
    eu: channelId('webEu'),
    device: channelId('deviceEu'),
    jp: channelId('webJp'),
  }
  const { result, statements } = await recordStatements(() =>
    ask<object>(source, { ctx: { ...shop, actor: staffActor() }, variables }),
  )
  expect(result.errors).toBeUndefined()
  expect(result.data).toMatchObject({
    viewAs: { shelfPrices: [lowest(850)] },
    parityReport: { rows: [{ cells: [lowest(950), lowest(850), lowest(1900, 'JPY')] }] },
  })
  expect(statements.filter((sql) => sql.includes('from price_history')).length).toBeLessThanOrEqual(2)
})

test('a list and a product show it, and what is not reduced shows none', async () => {
  const source = `{ products(first: 5) { nodes { variants { sku price { lowestPrice30d { amountMinor } } } } }
    variant(sku: "mug") { price { lowestPrice30d { amountMinor } } } }`
  await createPricedProduct(shop, { sku: 'plain', amounts: { EUR: 1000 } })
  const { data } = await ask<{ products: { nodes: { variants: object[] }[] } }>(source, { ctx: guest })
  const shown = data.products.nodes.flatMap(({ variants }) => variants)
  expect(shown).toHaveLength(2)
  expect(shown).toEqual(
    expect.arrayContaining([
      { sku: 'mug', price: { lowestPrice30d: { amountMinor: 950 } } },
      { sku: 'plain', price: { lowestPrice30d: null } },
    ]),
  )
  expect(data).toMatchObject({ variant: { price: { lowestPrice30d: { amountMinor: 950 } } } })
})
