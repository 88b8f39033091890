import { createTestChannels } from '@hilo/channels/testing'
import { createTestProduct, seeding } from '@hilo/catalog/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { newId, type Uuid } from '@hilo/kernel'
import { choosePrice } from '@hilo/pricing'
import { beforeAll, expect, test } from 'vitest'
import { variantsWithPriceBoundary } from './boundaries.ts'
import { insertPrices } from './insert-prices.ts'
import { type PriceQuestion, priceCandidates, toCandidates } from './price-candidates.ts'
import { createTestPriceList } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const groupId = newId()
const NOW = new Date('2026-03-02T10:00:00Z')
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)

const LARGEST = 2n ** 53n - 1n

const question = (over: Partial<PriceQuestion> = {}): PriceQuestion => ({
  currency: 'EUR',
  now: NOW,
  channelId: webEu.id,
  marketId: webEu.market.id,
  country: 'ES',
  customerGroupIds: [],
  ...over,
})

const candidates = async (variantIds: readonly Uuid[], asked: PriceQuestion) =>
  toCandidates((await priceCandidates(variantIds, asked).execute(db)).rows)

/** What the pure function chooses among the candidates that the statement brings. */
const chosen = async (
  variantId: Uuid,
  { quantity = 1, ...over }: Partial<PriceQuestion> & { quantity?: number } = {},
) => {
  const asked = question(over)
  const rows = await candidates([variantId], asked)
  return choosePrice(rows, { ...asked, now: asked.now.toISOString(), quantity })?.amountMinor
}

let beans: Uuid
let timed: Uuid

beforeAll(async () => {
  await db
    .insertInto('customer_group')
    .values({ id: groupId, code: 'trade', name: '{"en":"Trade"}' })
    .execute()
  beans = (await createTestProduct(ctx, { sku: 'beans' })).variantId
  timed = (await createTestProduct(ctx, { sku: 'timed' })).variantId
  await createTestPriceList(ctx, { code: 'base', currency: 'EUR' })
  await createTestPriceList(ctx, { code: 'dollars', currency: 'USD' })
  await createTestPriceList(ctx, { code: 'france', currency: 'EUR', countries: ['FR'] })
  await createTestPriceList(ctx, {
    code: 'trade',
    currency: 'EUR',
    kind: 'CONTRACT',
    customerGroupIds: [groupId],
  })
  await createTestPriceList(ctx, {
    code: 'sale',
    currency: 'EUR',
    kind: 'SALE',
    valid: { from: at(1), until: at(2) },
  })
  const price = (list: string, amountMinor: bigint, more = {}) => ({
    variantId: beans,
    list,
    amountMinor,
    ...more,
  })
  await seeding(ctx, (inner) =>
    insertPrices(inner, [
      price('base', 1_000n),
      price('base', 900n, { minQuantity: 10 }),
      price('dollars', 1_100n),
      price('france', 950n),
      price('trade', 400n),
      price('sale', 700n),
      { variantId: timed, list: 'base', amountMinor: 5n, valid: { from: null, until: at(0) } },
      { variantId: timed, list: 'base', amountMinor: 0n, valid: { from: at(0), until: at(3) } },
      { variantId: timed, list: 'dollars', amountMinor: LARGEST },
    ]),
  )
})

test('The more specific list wins, and the tier of the quantity within it', async () => {
  expect(await chosen(beans)).toBe(1_000n)
  expect(await chosen(beans, { quantity: 10 })).toBe(900n)
  expect(await chosen(beans, { country: 'FR' })).toBe(950n)
  expect(await chosen(beans, { country: 'FR', customerGroupIds: [groupId] })).toBe(400n)
  expect(await chosen(beans, { customerGroupIds: [newId()] })).toBe(1_000n)
})

test('Another currency is another price, and no price is not a price of zero', async () => {
  const inDollars = { currency: 'USD', channelId: webUs.id, marketId: webUs.market.id }
  expect(await chosen(beans, inDollars)).toBe(1_100n)
  expect(await chosen(timed, inDollars)).toBe(LARGEST)
  expect(await chosen(beans, { currency: 'JPY' })).toBeUndefined()
  expect(await chosen(newId())).toBeUndefined()
})

test('A list holds from its first instant until just before its last', async () => {
  expect(await chosen(beans, { now: at(1) })).toBe(700n)
  expect(await chosen(beans, { now: new Date(at(2).getTime() - 1) })).toBe(700n)
  expect(await chosen(beans, { now: at(2) })).toBe(1_000n)
})

test('Rows of one list may follow each other in time, and a price of zero is a price', async () => {
  expect(await chosen(timed, { now: new Date(NOW.getTime() - 1) })).toBe(5n)
  expect(await chosen(timed)).toBe(0n)
  expect(await chosen(timed, { now: at(3) })).toBeUndefined()
})

test('Two rows of a list that would hold at the same time are refused by the database', async () => {
  const twice = seeding(ctx, (inner) =>
    insertPrices(inner, [{ variantId: beans, list: 'base', amountMinor: 1n }]),
  )
  await expect(twice).rejects.toMatchObject({ code: '23P01' })
})

test('Any number of variants is one statement', async () => {
  const { result, statements } = await recordStatements(() => candidates([beans, timed, newId()], question()))
  expect(statements).toHaveLength(1)
  expect(new Set(result.map(({ variantId }) => variantId)).size).toBe(2)
})

test('What starts or ends in a time is found, by the row’s time and by its list’s', async () => {
  const between = (from: number, until: number) =>
    variantsWithPriceBoundary(db, { after: at(from), until: at(until) })
  expect(await between(-1, 0)).toEqual([timed])
  expect(await between(0, 1)).toEqual([beans])
  expect((await between(1, 3)).sort()).toEqual([beans, timed].sort())
  expect(await between(3, 9)).toEqual([])
})
