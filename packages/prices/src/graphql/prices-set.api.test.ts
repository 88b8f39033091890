import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createTestPriceList } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
const list = async (code: string) =>
  encodeId('priceList', await createTestPriceList(staff, { code, currency: 'EUR' }))
const variantOf = async (sku: string) =>
  encodeId('variant', (await createTestProduct(staff, { sku })).variantId)
const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

interface Refused {
  readonly code: string
  readonly path: readonly string[]
}

interface Payload {
  readonly prices: readonly { readonly minQuantity: number }[] | null
  readonly refused: readonly Refused[] | null
  readonly userErrors: readonly Refused[]
}

const set = async (rows: readonly object[], more: object = {}): Promise<Payload> => {
  const source = `mutation ($input: PricesSetInput!) { pricesSet(input: $input) {
    prices { amount { amountMinor } minQuantity maxQuantity } refused { code path }
    userErrors { code path message ... on PriceOverlapsError { validFrom validUntil amount { decimal } priceId minQuantity } }
  } }`
  const { data, errors } = await ask<{ pricesSet: Payload }>(source, {
    ctx: staff,
    variables: { input: { rows, ...more } },
  })
  expect(errors).toBeUndefined()
  return data.pricesSet
}

const shown = (refused: readonly Refused[] | null) =>
  refused?.map(({ code, path }) => `${code} ${path.join('.')}`)

test('A thousand rows take as many statements as one, and one more is refused', async () => {
  const priceListId = await list('bulk')
  const variants = []
  for (let n = 0; n < 10; n += 1) variants.push(await variantOf(`bulk-${n}`))
  const rows = variants.flatMap((variantId) =>
    Array.from({ length: 100 }, (_, tier) => ({
      variantId,
      priceListId,
      amount: EUR(tier),
      minQuantity: tier + 1,
    })),
  )
  const one = await recordStatements(() => set(rows.slice(0, 1)))
  const first = await recordStatements(() => set(rows.slice(1)))
  expect(first.result.prices).toHaveLength(999)
  // Reading back the payload's prices is the last statement of each.
  expect(first.statements).toHaveLength(one.statements.length)
  const again = await set(rows)
  expect(again.prices).toHaveLength(1_000)
  const { count } = await db
    .selectFrom('price')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(1_000n)
  expect(shown((await set([...rows, rows[0]!])).userErrors)).toEqual(['TOO_MANY_ROWS rows'])
})

test('One refused row leaves all as they were and each is named; with partial the others are set', async () => {
  const [priceListId, variantId] = [await list('half'), await variantOf('half')]
  const good = { variantId, priceListId, amount: EUR(100) }
  const rows = [
    good,
    { ...good, amount: { amountMinor: 1, currency: 'USD' } },
    { ...good, amount: EUR(-1), minQuantity: 2 },
    { ...good, minQuantity: 5, maxQuantity: 4 },
    { ...good, minQuantity: 0 },
    { ...good, validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
  ]
  const refused = [
    'WRONG_CURRENCY rows.1.amount.currency',
    'AMOUNT_INVALID rows.2.amount.amountMinor',
    'TIER_INVALID rows.3.maxQuantity',
    'QUANTITY_INVALID rows.4.minQuantity',
    'PERIOD_INVALID rows.5.validUntil',
  ]
  const none = await set(rows)
  expect(shown(none.userErrors)).toEqual(refused)
  expect(none.prices).toBeNull()
  const { data } = await ask('{ variant(sku: "half") { prices { id } } }', { ctx: staff })
  expect(data).toEqual({ variant: { prices: [] } })
  const some = await set(rows, { partial: true })
  expect(some.userErrors).toEqual([])
  expect(shown(some.refused)).toEqual(refused)
  expect(some.prices).toMatchObject([{ amount: { amountMinor: 100 }, minQuantity: 1, maxQuantity: null }])
})

test('Rows that overlap a stored one or each other are refused with what they overlap', async () => {
  const [priceListId, variantId] = [await list('seasons'), await variantOf('seasons')]
  const may = { validFrom: '2026-05-01T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }
  const row = { variantId, priceListId, amount: EUR(250), ...may }
  expect((await set([row])).userErrors).toEqual([])
  const late = { ...row, validFrom: '2026-05-31T00:00:00Z', validUntil: null }
  expect((await set([late])).userErrors).toMatchObject([
    {
      code: 'PRICE_OVERLAPS',
      path: ['rows', '0', 'validFrom'],
      validFrom: '2026-05-01T00:00:00.000Z',
      validUntil: '2026-06-01T00:00:00.000Z',
      amount: { decimal: '2.50' },
      minQuantity: 1,
      priceId: expect.stringMatching(/^price_/),
    },
  ])
  const tier = { ...row, minQuantity: 3 }
  expect((await set([tier, tier])).userErrors).toMatchObject([
    { code: 'PRICE_OVERLAPS', path: ['rows', '1', 'validFrom'], priceId: '' },
  ])
})

test('Two requests that set the same rows in other orders at once both succeed', async () => {
  const priceListId = await list('crossed')
  const variants = [await variantOf('crossed-1'), await variantOf('crossed-2')]
  const rows = variants.map((variantId) => ({ variantId, priceListId, amount: EUR(5) }))
  const answers = await Promise.all([set(rows), set(rows.toReversed()), set(rows)])
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([])
})
