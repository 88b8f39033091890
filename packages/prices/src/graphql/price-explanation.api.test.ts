import { createTestProduct, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createSegment, insertCustomerGroups } from '@hilo/customers'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, grant, GUEST, newId, SYSTEM, unwrap } from '@hilo/kernel'
import { beforeAll, expect, test } from 'vitest'
import { insertPrices } from '../insert-prices.ts'
import { createTestPriceList } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
const NOW = staff.now()
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000)
const { variantId } = await createTestProduct(staff, { sku: 'beans' })
const groups = await insertCustomerGroups(staff, [{ code: 'medusa', name: { en: 'Medusa' } }])
const { segmentId } = await seeding(staff, async (ctx) =>
  unwrap(await createSegment({ ...ctx, actor: SYSTEM }, { code: 'loyal', name: { en: 'Loyal' } })),
)
const medusa = encodeId('customerGroup', groups.get('medusa')!)
const loyal = encodeId('segment', segmentId)

beforeAll(async () => {
  const company = { customerGroupIds: [groups.get('medusa')!] }
  const list = (code: string, more: object = {}) =>
    createTestPriceList(staff, { code, currency: 'EUR', ...more })
  await list('default')
  await list('company', company)
  await list('region', { countries: ['PL'] })
  await list('region-company', { countries: ['PL'], ...company })
  await list('loyal', { segmentIds: [segmentId] })
  await list('off', { status: 'INACTIVE', kind: 'CONTRACT' })
  await list('past', { kind: 'CONTRACT', valid: { from: null, until: days(-1) } })
  await list('future', { kind: 'SALE', valid: { from: days(10), until: days(20) } })
  await list('elsewhere', { kind: 'CONTRACT', channelIds: [webUs.id] })
  const row = (code: string, amount: number, minQuantity: number, maxQuantity: number) => ({
    variantId,
    list: code,
    amountMinor: BigInt(amount),
    minQuantity,
    maxQuantity,
  })
  await seeding(staff, (ctx) =>
    insertPrices(ctx, [
      row('default', 1000, 1, 10),
      row('company', 400, 1, 5),
      row('region', 300, 1, 4),
      row('region', 250, 4, 10),
      row('region-company', 999, 1, 10),
      row('loyal', 350, 1, 2),
      row('off', 1, 1, 100),
      row('past', 1, 1, 100),
      row('future', 700, 1, 100),
      row('elsewhere', 1, 1, 100),
    ]),
  )
})

interface Explained {
  readonly priceList: { readonly code: string }
  readonly amount: { readonly amountMinor: number }
  readonly reason: string | null
  readonly message: string
}

interface Answer {
  readonly priceExplanation: {
    readonly chosen: Explained | null
    readonly compared: Explained | null
    readonly candidates: readonly Explained[]
    readonly candidateCount: number
  }
}

const SOURCE = `query ($id: ID!, $quantity: Int, $country: CountryCode, $groups: [ID!], $segments: [ID!], $at: DateTime, $channel: ID) {
  priceExplanation(variantId: $id, quantity: $quantity, country: $country, customerGroupIds: $groups, segmentIds: $segments,
    at: $at, channelId: $channel) {
    chosen { amount { amountMinor } } compared { amount { amountMinor } } candidateCount
    candidates { priceList { code } amount { amountMinor } reason message } } }`

const explain = (variables: object = {}, ctx: object = staff) =>
  ask<Answer>(SOURCE, {
    ctx: ctx as typeof staff,
    variables: { id: encodeId('variant', variantId), country: 'DE', ...variables },
  })

test.each([
  ['only the currency', {}, 1000],
  ['the region', { country: 'PL' }, 300],
  ['the region and five units', { country: 'PL', quantity: 5 }, 250],
  ['the region where two tiers meet', { country: 'PL', quantity: 4 }, 250],
  ['the company', { groups: [medusa] }, 400],
  ['the company beyond its quantity', { groups: [medusa], quantity: 6 }, 1000],
  ['region and company', { country: 'PL', groups: [medusa] }, 999],
  ['a segment', { segments: [loyal] }, 350],
  ['a segment and a group, of which the group ranks higher', { segments: [loyal], groups: [medusa] }, 400],
  ['a quantity that no row has', { quantity: 11 }, undefined],
  ['a time when a sale holds', { at: days(15).toISOString() }, 700],
])('The published cases: what holds for %s', async (_, variables, amount) => {
  const { data, errors } = await explain(variables)
  expect(errors).toBeUndefined()
  expect(data.priceExplanation.chosen?.amount.amountMinor).toBe(amount)
})

test('Every other price says why it is not the one, in the language of the reader', async () => {
  const { data } = await explain({ country: 'PL', quantity: 4 })
  const { candidates, candidateCount } = data.priceExplanation
  const reasons = candidates.map(
    ({ priceList, amount, reason }) => `${priceList.code} ${amount.amountMinor} ${reason}`,
  )
  expect(candidateCount).toBe(10)
  expect(reasons.slice(0, 3)).toEqual([
    'region 250 null',
    'region 300 LOWER_TIER',
    'default 1000 LESS_SPECIFIC',
  ])
  expect(reasons.slice(3).sort()).toEqual([
    'company 400 CUSTOMER_GROUP',
    'elsewhere 1 CHANNEL',
    'future 700 NOT_STARTED',
    'loyal 350 SEGMENT',
    'off 1 LIST_INACTIVE',
    'past 1 EXPIRED',
    'region-company 999 CUSTOMER_GROUP',
  ])
  expect(candidates.find(({ reason }) => reason === 'LESS_SPECIFIC')?.message).toBe(
    'The chosen price is of a more specific list: rank 2, this one 0.',
  )
  const spanish = await explain({ quantity: 7 }, { ...staff, locale: 'es' })
  expect(
    spanish.data.priceExplanation.candidates.find(({ priceList }) => priceList.code === 'loyal')?.message,
  ).toBe('Su lista es para otros segmentos.')
})

test('A sale names the price it is shown against', async () => {
  const { data } = await explain({ at: days(15).toISOString() })
  expect(data.priceExplanation.compared?.amount.amountMinor).toBe(1000)
  const message = async (locale: 'en' | 'es') => {
    const { candidates } = (await explain({ at: days(15).toISOString() }, { ...staff, locale })).data
      .priceExplanation
    return candidates.find(({ priceList }) => priceList.code === 'default')?.message
  }
  expect(await message('en')).toBe(
    'The chosen price is of a sale, which goes before base prices: rank 32, this one 0.',
  )
  expect(await message('es')).toBe(
    'El precio elegido es de una oferta, que va antes que los precios base: rango 32, este 0.',
  )
})

test('Four statements, however many rows there are; bad questions and guests are refused', async () => {
  const { statements } = await recordStatements(() => explain())
  expect(statements.length).toBeLessThanOrEqual(4)
  const code = async (variables: object, ctx?: object) =>
    (await explain(variables, ctx)).errors?.[0]?.extensions?.['code']
  expect(await code({ quantity: 0 })).toBe('QUANTITY_INVALID')
  expect(await code({ id: encodeId('variant', newId()) })).toBe('NOT_FOUND')
  expect(await code({ channel: encodeId('channel', newId()) })).toBe('NOT_FOUND')
  expect(await code({ segments: ['loyal'] })).toBe('INVALID_ID')
  expect(await code({}, { ...staff, actor: GUEST })).toBe('UNAUTHENTICATED')
})

test('Who reads prices of one channel is told of it alone, and not of lists that are for others', async () => {
  const actor = {
    kind: 'staff',
    staffId: newId(),
    sessionId: newId(),
    grants: [grant(['prices:read', 'catalog:read'], { channels: [webEu.id] })],
  } as const
  const { data } = await explain({}, { ...staff, actor })
  expect(data.priceExplanation.chosen?.amount.amountMinor).toBe(1000)
  expect(data.priceExplanation.candidates.map(({ priceList }) => priceList.code)).not.toContain('elsewhere')
  const { errors } = await explain({ channel: encodeId('channel', webUs.id) }, { ...staff, actor })
  expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
})
