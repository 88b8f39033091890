import { expect, it } from 'vitest'
import { createTestShop, type Headers, codes } from './testing/shop.ts'

const { post, people, ids, sku } = await createTestShop()

/** An answer as a test walks through it. */
// oxlint-disable-next-line no-explicit-any
type Answer = any

const mutate = async (name: string, input: object, { fields = '', as = people.staff as Headers } = {}) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await post({ query, variables: { input } }, as)
  expect(errors).toBeUndefined()
  const payload = data!['payload'] as Answer
  expect(payload.userErrors).toEqual([])
  return payload
}

const read = async (query: string, as: Headers = people.staff): Promise<Answer> => {
  const { data, errors } = await post({ query }, as)
  expect(errors).toBeUndefined()
  return data
}

const CH: Headers = { 'hilo-channel': 'web-ch' }

const CART = `cart { id total { decimal currency } tax { decimal } delivery { decimal }
  taxes { ratePpm } lines { unit { decimal } } problems { code } }`

/** A market in francs and a web channel in it, made through the API alone. */
const openSwitzerland = async () => {
  const { market } = await mutate(
    'marketCreate',
    {
      code: 'ch',
      name: { en: 'Switzerland', es: 'Suiza' },
      currency: 'CHF',
      pricesIncludeTax: false,
      countries: [{ country: 'CH', standardPpm: 81_000, reducedPpm: 26_000 }],
      defaultLocale: 'en',
      delivery: { amountMinor: 0, currency: 'CHF' },
    },
    { fields: 'market { id }' },
  )
  const { channel } = await mutate(
    'channelCreate',
    { code: 'web-ch', name: { en: 'Web' }, kind: 'WEB', marketId: market.id },
    { fields: 'channel { id }' },
  )
  return { marketId: market.id as string, channelId: channel.id as string }
}

it('a second market and channel made through the API sell a product at their own price and tax', async () => {
  const { marketId, channelId } = await openSwitzerland()
  const { product } = (await read(`{ variant(sku: "${sku}") { product { id } } }`)).variant
  const seen = async () =>
    (
      await read(
        `{ variant(sku: "${sku}") { price { unit { decimal currency } } availability { status } } }`,
        CH,
      )
    ).variant
  // Nothing is published there until it is said.
  expect(codes(await post({ query: `{ product(id: "${product.id}") { id } }` }, CH))).toEqual(['NOT_FOUND'])
  await mutate('productPublish', { productIds: [product.id], channelIds: [channelId] })
  expect(await seen()).toMatchObject({ price: null })
  const { priceList } = await mutate(
    'priceListCreate',
    { code: 'ch', name: { en: 'Swiss' }, kind: 'BASE', currency: 'CHF', audience: { marketIds: [marketId] } },
    { fields: 'priceList { id }' },
  )
  const { id: variantId } = (await read(`{ variant(sku: "${sku}") { id } }`)).variant
  const amount = { amountMinor: 2_000, currency: 'CHF' }
  await mutate('priceSet', { variantId, priceListId: priceList.id, amount })
  expect(await seen()).toEqual({
    price: { unit: { decimal: '20.00', currency: 'CHF' } },
    availability: { status: 'OUT_OF_STOCK' },
  })
  const location = (await read('{ locations { id channels { id } } }')).locations.find(
    ({ id }: Answer) => id === ids.location,
  )
  const channelIds = [...location.channels.map(({ id }: Answer) => id), channelId]
  await mutate('locationChannelsSet', { id: location.id, channelIds })
  expect(await seen()).toMatchObject({ availability: { status: 'IN_STOCK' } })

  const lines = [{ sku, quantity: 2 }]
  const { cart, token } = await mutate(
    'cartCreate',
    { lines, email: 'buyer@home.test' },
    { fields: `token ${CART}`, as: CH },
  )
  expect(cart).toEqual({
    id: expect.any(String),
    total: { decimal: '43.24', currency: 'CHF' },
    tax: { decimal: '3.24' },
    delivery: { decimal: '0.00' },
    taxes: [{ ratePpm: 81_000 }],
    lines: [{ unit: { decimal: '20.00' } }],
    problems: [],
  })
  const buyer = { ...CH, 'hilo-cart-token': token }
  await mutate('marketUpdate', {
    id: marketId,
    countries: [{ country: 'CH', standardPpm: 100_000, reducedPpm: 0 }],
    delivery: { amountMinor: 700, currency: 'CHF' },
  })
  const again = await mutate(
    'cartUpdate',
    { cartId: cart.id, email: 'b@home.test' },
    { fields: CART, as: buyer },
  )
  expect(again.cart).toMatchObject({ delivery: { decimal: '7.00' }, total: { decimal: '51.70' } })
  const address = { name: 'B', line1: 'Gasse 1', postalCode: '8001', city: 'Zürich', country: 'CH' }
  await mutate('cartUpdate', { cartId: cart.id, address }, { as: buyer })
  const { order } = await mutate(
    'orderPlace',
    { cartId: cart.id, idempotencyKey: 'swiss-order-1' },
    { fields: 'order { total { decimal currency } channel { code } }', as: buyer },
  )
  expect(order).toEqual({ total: { decimal: '51.70', currency: 'CHF' }, channel: { code: 'web-ch' } })
})

it('a closed channel refuses requests in every process within moments, and answers again when it is opened', async () => {
  const { channel } = await mutate(
    'channelCreate',
    { code: 'chat-eu', name: { en: 'Chat' }, kind: 'CHAT', marketId: ids.market },
    { fields: 'channel { id }' },
  )
  const ask = async () => codes(await post({ query: '{ shop { code } }' }, { 'hilo-channel': 'chat-eu' }))
  expect(await ask()).toEqual([])
  await mutate('channelUpdate', { id: channel.id, active: false })
  await expect.poll(ask).toEqual(['UNKNOWN_CHANNEL'])
  await mutate('channelUpdate', { id: channel.id, active: true })
  await expect.poll(ask).toEqual([])
})

it('the default channel of the shop answers whoever names none, in moments', async () => {
  const code = async () => (await read('{ context { channel { code } } }', {})).context.channel.code
  const was = await code()
  const channelId = (name: string) =>
    read('{ channels { id code } }').then(
      ({ channels }) => channels.find(({ code: c }: Answer) => c === name).id,
    )
  await mutate('shopUpdate', { defaultChannelId: await channelId('web-jp') })
  await expect.poll(code).toBe('web-jp')
  await mutate('shopUpdate', { defaultChannelId: await channelId(was) })
  await expect.poll(code).toBe(was)
})

it('staff of some channels reach neither a new channel nor its settings', async () => {
  const channels: Answer[] = (await read('{ channels { id code } }')).channels
  const { id } = channels.find(({ code }) => code === 'web-ch')
  const list = async (channelId: string, code: string) => {
    const query = `mutation { priceListCreate(input: { code: "${code}", name: { en: "x" }, kind: SALE, currency: "CHF",
      audience: { channelIds: ["${channelId}"] } }) { userErrors { code } } }`
    return (await post({ query }, people.near)).data
  }
  expect(await list(ids.channel, 'near')).toMatchObject({ priceListCreate: { userErrors: [] } })
  expect(await list(id, 'far')).toMatchObject({ priceListCreate: { userErrors: [{ code: 'FORBIDDEN' }] } })
  const close = `mutation { channelUpdate(input: { id: "${id}", active: false }) { userErrors { code } } }`
  expect(codes(await post({ query: close }, people.near))).toEqual(['FORBIDDEN'])
})
