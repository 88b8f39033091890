import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createPricedProduct, createTestPriceList } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
const guest = { ...staff, actor: GUEST }
const listId = await createTestPriceList(staff, { code: 'base', currency: 'EUR' })
const priceListId = encodeId('priceList', listId)

interface Payload {
  readonly price: { readonly id: string } | null
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
}

const set = async (input: object): Promise<Payload> => {
  const source = `mutation ($input: PriceSetInput!) { priceSet(input: $input) {
    price { id amount { amountMinor currency decimal } minQuantity priceList { code } validFrom validUntil }
    variant { sku prices { amount { amountMinor } minQuantity } }
    userErrors { code path message ... on WrongCurrencyError { currency expected } }
  } }`
  const { data, errors } = await ask<{ priceSet: Payload }>(source, { ctx: staff, variables: { input } })
  expect(errors).toBeUndefined()
  return data.priceSet
}

const variantOf = async (sku: string) =>
  encodeId('variant', (await createTestProduct(staff, { sku })).variantId)

const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

test('A price is set, changed in place, given a tier, and taken away', async () => {
  const variantId = await variantOf('beans')
  const first = await set({ variantId, priceListId, amount: EUR(1250) })
  expect(first.price).toMatchObject({ amount: { amountMinor: 1250, decimal: '12.50' }, minQuantity: 1 })
  const second = await set({ variantId, priceListId, amount: EUR(0) })
  expect(second.price?.id).toBe(first.price?.id)
  const tier = await set({ variantId, priceListId, amount: EUR(900), minQuantity: 10 })
  expect(tier).toMatchObject({
    variant: {
      prices: [
        { amount: { amountMinor: 0 }, minQuantity: 1 },
        { amount: { amountMinor: 900 }, minQuantity: 10 },
      ],
    },
  })
  const source = `mutation { priceRemove(input: { id: "${first.price!.id}" }) { variant { prices { minQuantity } } userErrors { code } } }`
  expect((await ask(source, { ctx: staff })).data).toEqual({
    priceRemove: { variant: { prices: [{ minQuantity: 10 }] }, userErrors: [] },
  })
  expect((await ask(source, { ctx: staff })).data).toMatchObject({
    priceRemove: { userErrors: [{ code: 'NOT_FOUND' }] },
  })
})

test('A wrong currency, an amount out of range and unknown ids are refused with a code and a path', async () => {
  const variantId = await variantOf('bad')
  const refusal = async (input: object) => {
    const [error] = (await set({ variantId, priceListId, amount: EUR(1), ...input })).userErrors
    return error && `${error.code} ${error.path.join('.')}`
  }
  expect(await refusal({ amount: { amountMinor: 1, currency: 'USD' } })).toBe(
    'WRONG_CURRENCY amount.currency',
  )
  expect(await refusal({ amount: EUR(-1) })).toBe('AMOUNT_INVALID amount.amountMinor')
  expect(await refusal({ minQuantity: 0 })).toBe('QUANTITY_INVALID minQuantity')
  expect(await refusal({ minQuantity: -5 })).toBe('QUANTITY_INVALID minQuantity')
  expect(await refusal({ priceListId: encodeId('priceList', newId()) })).toBe('NOT_FOUND priceListId')
  expect(await refusal({ variantId: encodeId('variant', newId()) })).toBe('NOT_FOUND variantId')
  expect(await refusal({ variantId: 'beans' })).toBe('INVALID_ID variantId')
  const backwards = { validFrom: '2026-05-02T00:00:00Z', validUntil: '2026-05-01T00:00:00Z' }
  expect(await refusal(backwards)).toBe('PERIOD_INVALID validUntil')
  const { data } = await ask('{ variant(sku: "bad") { prices { id } } }', { ctx: staff })
  expect(data).toEqual({ variant: { prices: [] } })
})

test('The largest amount that JSON can carry is a price, and one more is not even an input', async () => {
  const variantId = await variantOf('dear')
  const largest = await set({ variantId, priceListId, amount: EUR(Number.MAX_SAFE_INTEGER) })
  expect(largest.price).toMatchObject({ amount: { amountMinor: Number.MAX_SAFE_INTEGER } })
  const source = 'mutation ($input: PriceSetInput!) { priceSet(input: $input) { price { id } } }'
  const input = { variantId, priceListId, amount: EUR(2 ** 53) }
  expect((await ask(source, { ctx: staff, variables: { input } })).errors).toHaveLength(1)
})

test('Times of a price may touch but not overlap', async () => {
  const variantId = await variantOf('seasons')
  const may = { validFrom: '2026-05-01T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }
  const june = { validFrom: '2026-06-01T00:00:00Z', validUntil: null }
  expect(
    (await set({ variantId, priceListId, amount: EUR(1), ...may, idempotencyKey: 'may' })).userErrors,
  ).toEqual([])
  expect((await set({ variantId, priceListId, amount: EUR(2), ...june })).userErrors).toEqual([])
  const [error] = (await set({ variantId, priceListId, amount: EUR(3) })).userErrors
  expect(error).toMatchObject({ code: 'PRICE_OVERLAPS', path: ['validFrom'] })
})

test('Many changes of one price at once leave one row, and a dense sequence of events', async () => {
  const variantId = await variantOf('busy')
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => set({ variantId, priceListId, amount: EUR(index) })),
  )
  const { data } = await ask<{ variant: { prices: object[] } }>(
    '{ variant(sku: "busy") { prices { id } } }',
    { ctx: staff },
  )
  expect(data.variant.prices).toHaveLength(1)
  const events = await db
    .selectFrom('event')
    .select('seq')
    .where('type', '=', 'PriceChanged.v1')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  expect(events.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 2),
  )
})

test('Guests see neither lists nor rows', async () => {
  const code = async (source: string) => (await ask(source, { ctx: guest })).errors?.[0]?.extensions?.['code']
  expect(await code('{ priceLists { code } }')).toBe('UNAUTHENTICATED')
  expect(await code('{ variant(sku: "busy") { prices { id } } }')).toBe('UNAUTHENTICATED')
  expect((await ask(`{ node(id: "${priceListId}") { id } }`, { ctx: guest })).data).toEqual({ node: null })
})

test('The prices of a list of products are one more statement, with their lists two', async () => {
  await Promise.all(['a', 'b', 'c'].map((sku) => createPricedProduct(staff, { sku, amounts: { JPY: 100 } })))
  const source = '{ products { nodes { variants { prices { amount { decimal } priceList { code } } } } } }'
  const { statements } = await recordStatements(() => ask(source, { ctx: staff }))
  expect(statements).toHaveLength(3)
})
