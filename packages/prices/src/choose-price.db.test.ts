import { createTestProduct, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createSegment, insertCustomerGroups } from '@hilo/customers'
import { testContext, testDatabase } from '@hilo/db/testing'
import { currency, unwrap, type Uuid } from '@hilo/kernel'
import { choosePrice, derivePrice, ROUNDINGS } from '@hilo/pricing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { insertPrices, type PriceListSeed, type PriceSeed } from './insert-prices.ts'
import { priceCandidates, toCandidates } from './price-candidates.ts'
import { createTestPriceList } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const groups = [
  ...(
    await insertCustomerGroups(ctx, [
      { code: 'a', name: { en: 'A' } },
      { code: 'b', name: { en: 'B' } },
    ])
  ).values(),
]
const segments = await Promise.all(
  ['c', 'd'].map(async (code) => {
    const made = await seeding(ctx, (inner) => createSegment(inner, { code, name: { en: code } }))
    return unwrap(made).segmentId
  }),
)
const { variantId } = await createTestProduct(ctx, { sku: 'beans' })
const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1)
const day = (number: number) => new Date(START + number * DAY)

/** Mostly for everyone, so that several lists often fit one request and what is specific decides. */
const some = <Value>(values: readonly Value[], maxLength = 1) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1, maxLength }) },
  )
const mostly = <Value>(value: Value, ...others: readonly Value[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
const period = fc
  .tuple(
    fc.option(fc.integer({ min: 0, max: 4 }), { freq: 1 }),
    fc.option(fc.integer({ min: 5, max: 9 }), { freq: 1 }),
  )
  .map(([from, until]) => ({
    from: from === null ? null : day(from),
    until: until === null ? null : day(until),
  }))
const listArbitrary = fc.record({
  kind: mostly('BASE' as const, 'SALE' as const, 'CONTRACT' as const),
  status: mostly('ACTIVE' as const, 'INACTIVE' as const),
  marketIds: some([webEu.market.id, webUs.market.id]),
  channelIds: some([webEu.id, webUs.id]),
  countries: some(['ES', 'FR', 'PT'], 2),
  customerGroupIds: some(groups),
  segmentIds: some(segments, 2),
  valid: period,
  /** Which of the lists before it derives from. */
  base: fc.option(fc.nat(5)),
  adjustmentPpm: fc.integer({ min: -500_000, max: 500_000 }),
  rounding: fc.constantFrom(...ROUNDINGS),
})
const rowArbitrary = fc.record({
  list: fc.nat(5),
  amount: fc.integer({ min: 0, max: 5_000 }),
  minQuantity: mostly(1, 3, 10),
  span: fc.option(fc.nat(8), { freq: 1 }),
  valid: period,
})
const requestArbitrary = fc.record({
  at: fc.integer({ min: 0, max: 9 }),
  quantity: fc.integer({ min: 1, max: 20 }),
  country: fc.constantFrom('ES', 'FR', 'DE'),
  groupIds: fc.subarray(groups),
  segmentIds: mostly(segments, segments.slice(1), []),
})

type List = (typeof listArbitrary extends fc.Arbitrary<infer Value> ? Value : never) &
  PriceListSeed & { id: Uuid }
type Row = PriceSeed & { valid: NonNullable<PriceSeed['valid']>; minQuantity: number }
type Request = typeof requestArbitrary extends fc.Arbitrary<infer Value> ? Value : never

const holds = ({ from, until }: { from: Date | null; until: Date | null }, at: Date) =>
  (from === null || from <= at) && (until === null || at < until)

/** When and how many. */
interface Moment {
  readonly at: Date
  readonly quantity: number
}

/** The rows of a list at a time for so many, worked out the slow way. */
const rowsAt = (list: List, lists: readonly List[], rows: readonly Row[], moment: Moment): Row[] => {
  const { at, quantity } = moment
  const own = rows.filter((row) => row.list === list.code && holds(row.valid, at))
  const { derivation } = list
  if (!derivation) return own
  const base = lists.find(({ id }) => id === derivation.baseId)!
  const stands = (row: Row) => quantity <= (row.maxQuantity ?? Infinity)
  const following = rowsAt(base, lists, rows, moment)
    .filter(({ minQuantity }) => !own.some((row) => row.minQuantity === minQuantity && stands(row)))
    .map((row) => ({ ...row, amountMinor: derivePrice(row.amountMinor, derivation, currency('EUR')) }))
  return [...own, ...following]
}

const RANKS = { BASE: 0, SALE: 1, CONTRACT: 2 }

/** From the most to the least specific, compared one after the other instead of added up. */
const specificity = (list: List): number[] => [
  RANKS[list.kind],
  ...[list.customerGroupIds, list.segmentIds, list.channelIds, list.countries, list.marketIds].map((ids) =>
    ids!.length > 0 ? 1 : 0,
  ),
]

const bruteForce = (lists: readonly List[], rows: readonly Row[], request: Request): bigint | undefined => {
  const isFor = (wanted: readonly string[] | undefined, asked: readonly string[]) =>
    !wanted?.length || wanted.some((one) => asked.includes(one))
  const at = day(request.at)
  const fitting = lists
    .filter(
      (list) =>
        list.status === 'ACTIVE' &&
        holds(list.valid!, at) &&
        isFor(list.marketIds, [webEu.market.id]) &&
        isFor(list.channelIds, [webEu.id]) &&
        isFor(list.countries, [request.country]) &&
        isFor(list.customerGroupIds, request.groupIds) &&
        isFor(list.segmentIds, request.segmentIds),
    )
    .flatMap((list) =>
      rowsAt(list, lists, rows, { at, quantity: request.quantity }).map((row) => ({ list, row })),
    )
    .filter(
      ({ row }) => row.minQuantity <= request.quantity && request.quantity <= (row.maxQuantity ?? Infinity),
    )
  const key = ({ list, row }: (typeof fitting)[number]) => [
    ...specificity(list).map((part) => -part),
    -row.minQuantity,
    Number(row.amountMinor),
  ]
  const sorted = fitting.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)]
    const differs = left.findIndex((part, index) => part !== right[index])
    return differs === -1 ? 0 : left[differs]! - right[differs]!
  })
  return sorted[0]?.row.amountMinor
}

let shops = 0

test('What the statement and the choice give is what all rows of all lists give the slow way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(listArbitrary, { minLength: 1, maxLength: 6, size: 'max' }),
      fc.array(rowArbitrary, { minLength: 1, maxLength: 16, size: 'max' }),
      fc.array(requestArbitrary, { minLength: 12, maxLength: 12 }),
      async (drafts, rowDrafts, requests) => {
        await db.deleteFrom('price').execute()
        await db.updateTable('price_list').set({ status: 'ARCHIVED' }).execute()
        shops += 1
        const lists: List[] = []
        for (const [index, { base, ...draft }] of drafts.entries()) {
          const from = base === null ? undefined : lists[base % Math.max(1, index)]
          const { adjustmentPpm, rounding } = draft
          const derivation = from
            ? { baseId: from.id, adjustmentPpm, rounding, direction: 'NEAREST' as const }
            : null
          const list = {
            ...draft,
            base,
            code: `list-${shops}-${index}`,
            currency: 'EUR',
            name: { en: '' },
            derivation,
          }
          lists.push({ ...list, id: await createTestPriceList(ctx, list) })
        }
        const taken = new Set<string>()
        const rows = rowDrafts.flatMap(({ list, amount, minQuantity, span, valid }): Row[] => {
          const { code } = lists[list % lists.length]!
          const place = `${code} ${minQuantity}`
          // One row for a quantity, so that none overlaps another.
          if (taken.has(place)) return []
          taken.add(place)
          const end = span === null ? {} : { maxQuantity: minQuantity + span }
          return [{ variantId, list: code, amountMinor: BigInt(amount), minQuantity, valid, ...end }]
        })
        await seeding(ctx, (inner) => insertPrices(inner, rows))
        for (const request of requests) {
          const question = {
            currency: 'EUR',
            now: day(request.at),
            channelId: webEu.id,
            marketId: webEu.market.id,
            country: request.country,
            customerGroupIds: request.groupIds,
            segmentIds: request.segmentIds,
          }
          const found = toCandidates((await priceCandidates([variantId], question).execute(db)).rows)
          const asked = { ...question, now: question.now.toISOString(), quantity: request.quantity }
          expect(choosePrice(found, asked)?.amountMinor).toBe(bruteForce(lists, rows, request))
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('A row of its own stands in a derived list up to its greatest quantity; beyond it the price follows again', async () => {
  await db.deleteFrom('price').execute()
  await db.updateTable('price_list').set({ status: 'ARCHIVED' }).execute()
  const derived = (code: string, baseId: Uuid, adjustmentPpm: number) =>
    createTestPriceList(ctx, {
      code,
      currency: 'EUR',
      customerGroupIds: groups,
      derivation: { baseId, adjustmentPpm, rounding: 'NONE', direction: 'NEAREST' },
    })
  const base = await createTestPriceList(ctx, { code: 'base', currency: 'EUR', channelIds: [webUs.id] })
  const tenth = await derived('tenth', base, -100_000)
  const half = await derived('half', tenth, -500_000)
  await seeding(ctx, (inner) =>
    insertPrices(inner, [
      { variantId, list: 'base', amountMinor: 2000n },
      { variantId, list: 'tenth', amountMinor: 1500n, maxQuantity: 5 },
      { variantId, list: 'half', amountMinor: 700n, maxQuantity: 2 },
    ]),
  )
  const amounts = async (list: Uuid) => {
    const question = {
      currency: 'EUR',
      now: day(0),
      channelId: webEu.id,
      marketId: webEu.market.id,
      country: 'ES',
      customerGroupIds: groups,
    }
    const found = toCandidates((await priceCandidates([variantId], question).execute(db)).rows)
    const own = found.filter(({ priceListId }) => priceListId === list)
    const asked = { ...question, now: question.now.toISOString() }
    return [2, 3, 5, 6].map((quantity) => choosePrice(own, { ...asked, quantity })?.amountMinor)
  }
  expect(await amounts(tenth)).toEqual([1500n, 1500n, 1500n, 1800n])
  expect(await amounts(half)).toEqual([700n, 750n, 750n, 900n])
})
