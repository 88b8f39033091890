import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { insertCustomerGroups } from '@hilo/customers'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, grant, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createPricedProduct, createTestPriceList } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, webJp } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
const narrowed = {
  ...staff,
  actor: {
    kind: 'staff',
    staffId: newId(),
    sessionId: newId(),
    grants: [grant(['prices:write'], { channels: [webEu.id] })],
  } as const,
}
const groups = await insertCustomerGroups(staff, [{ code: 'trade', name: { en: 'Trade' } }])
const trade = encodeId('customerGroup', groups.get('trade')!)
const eu = encodeId('market', webEu.market.id)

interface Payload {
  readonly priceList: { readonly id: string; readonly version: number; readonly rank: number } | null
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
}

const FIELDS = `priceList { id code status rank version currency markets { code } channels { code } countries
  customerGroups { code } segments { code } validFrom validUntil derivation { base { code } adjustmentPpm rounding direction } }
  userErrors { code path message }`

const mutate = async (name: string, input: object, ctx = staff): Promise<Payload> => {
  const title = name[0]!.toUpperCase() + name.slice(1)
  const source = `mutation ($input: ${title}Input!) { ${name}(input: $input) { ${FIELDS} } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusals = ({ userErrors }: Payload) => userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)

const base = { name: { en: 'List' }, kind: 'BASE', currency: 'EUR' }
const idOf = async (input: object): Promise<string> =>
  (await mutate('priceListCreate', { ...base, ...input })).priceList!.id

test('A list is made, its rank follows from its audience and again from another audience, and it is archived', async () => {
  const made = await mutate('priceListCreate', {
    ...base,
    code: 'many',
    kind: 'CONTRACT',
    audience: { marketIds: [eu], countries: ['ES', 'PT', 'ES'], customerGroupIds: [trade] },
    validUntil: '2027-01-01T00:00:00Z',
  })
  expect(made.userErrors).toEqual([])
  expect(made.priceList).toMatchObject({
    rank: 64 + 16 + 2 + 1,
    countries: ['ES', 'PT'],
    customerGroups: [{ code: 'trade' }],
    markets: [{ code: webEu.market.code }],
    status: 'ACTIVE',
    validUntil: '2027-01-01T00:00:00.000Z',
  })
  const { id } = made.priceList!
  const changed = await mutate('priceListUpdate', {
    id,
    ifVersion: 1,
    audience: {},
    active: false,
    validUntil: null,
  })
  expect(changed.priceList).toMatchObject({ rank: 64, status: 'INACTIVE', validUntil: null, version: 2 })
  expect(refusals(await mutate('priceListUpdate', { id, ifVersion: 1 }))).toEqual([
    'VERSION_CONFLICT ifVersion',
  ])
  expect((await mutate('priceListArchive', { id })).priceList).toMatchObject({ status: 'ARCHIVED' })
  expect(refusals(await mutate('priceListUpdate', { id, active: true }))).toEqual(['PRICE_LIST_ARCHIVED id'])
  const { data } = await ask<{ priceLists: { code: string }[] }>('{ priceLists { code } }', { ctx: staff })
  expect(data.priceLists.map(({ code }) => code)).not.toContain('many')
  const events = await db.selectFrom('event').select('type').where('aggregate', '=', 'price_list').execute()
  expect(events.map(({ type }) => type)).toEqual([
    'PriceListCreated.v1',
    'PriceListUpdated.v1',
    'PriceListArchived.v1',
  ])
})

test('What no list can be is refused with its field', async () => {
  const id = await idOf({ code: 'taken' })
  const create = async (input: object) =>
    refusals(await mutate('priceListCreate', { ...base, code: 'x', ...input }))
  expect(await create({ code: 'taken' })).toEqual(['PRICE_LIST_CODE_TAKEN code'])
  expect(await create({ code: 'Capital' })).toEqual(['PRICE_LIST_CODE_INVALID code'])
  expect(await create({ name: { en: ' ' } })).toEqual(['PRICE_LIST_NAME_INVALID name'])
  expect(await create({ name: { en: 'a\0b' } })).toEqual(['PRICE_LIST_NAME_INVALID name'])
  const backwards = { validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }
  expect(await create(backwards)).toEqual(['PERIOD_INVALID validUntil'])
  const unknown = encodeId('segment', newId())
  expect(await create({ audience: { segmentIds: [unknown] } })).toEqual(['NOT_FOUND audience.segmentIds'])
  const many = Array.from({ length: 1_001 }, () => encodeId('channel', newId()))
  expect(await create({ audience: { channelIds: many } })).toEqual(['AUDIENCE_TOO_LARGE audience.channelIds'])
  const derivation = { baseId: id, adjustmentPpm: -1_000_001 }
  expect(await create({ derivation })).toEqual(['ADJUSTMENT_INVALID derivation.adjustmentPpm'])
  const dollars = { currency: 'USD', derivation: { baseId: id, adjustmentPpm: 0 } }
  expect(await create(dollars)).toEqual(['WRONG_CURRENCY derivation.baseId'])
  const source =
    'mutation ($input: PriceListCreateInput!) { priceListCreate(input: $input) { priceList { id } } }'
  const input = { ...base, code: 'x', currency: 'XXQ' }
  expect((await ask(source, { ctx: staff, variables: { input } })).errors).toHaveLength(1)
})

test('Lists derive over three steps, never in a circle, and one that others derive from cannot end', async () => {
  const ids: string[] = [await idOf({ code: 'step-0' })]
  const from = (baseId: string) => ({ derivation: { baseId, adjustmentPpm: -100_000 } })
  for (const step of [1, 2, 3]) ids.push(await idOf({ code: `step-${step}`, ...from(ids[step - 1]!) }))
  const further = await mutate('priceListCreate', { ...base, code: 'step-4', ...from(ids[3]!) })
  expect(refusals(further)).toEqual(['DERIVATION_TOO_LONG derivation.baseId'])
  const circle = await mutate('priceListUpdate', { id: ids[0], ...from(ids[2]!) })
  expect(refusals(circle)).toEqual(['DERIVATION_CYCLE derivation.baseId'])
  expect(refusals(await mutate('priceListUpdate', { id: ids[1], ...from(ids[1]!) }))).toEqual([
    'DERIVATION_CYCLE derivation.baseId',
  ])
  const other = await idOf({ code: 'other' })
  expect(refusals(await mutate('priceListUpdate', { id: ids[0], ...from(other) }))).toEqual([
    'DERIVATION_TOO_LONG derivation.baseId',
  ])
  expect(refusals(await mutate('priceListArchive', { id: ids[0] }))).toEqual(['PRICE_LIST_IN_USE id'])
  const freed = await mutate('priceListUpdate', { id: ids[1], derivation: null })
  expect(freed.priceList).toMatchObject({ derivation: null })
  expect((await mutate('priceListArchive', { id: ids[0] })).userErrors).toEqual([])
})

test('Two who derive two lists from each other at once close no circle', async () => {
  const [a, b] = [await idOf({ code: 'loop-a' }), await idOf({ code: 'loop-b' })]
  const derive = (id: string, baseId: string) =>
    mutate('priceListUpdate', { id, derivation: { baseId, adjustmentPpm: 0 } })
  const answers = await Promise.all([derive(a, b), derive(b, a)])
  expect(answers.flatMap(refusals)).toEqual(['DERIVATION_CYCLE derivation.baseId'])
})

test('Who sets prices in one channel makes and changes lists for it alone', async () => {
  const channelIds = [encodeId('channel', webEu.id)]
  const both = [...channelIds, encodeId('channel', webJp.id)]
  const create = (code: string, audience: object) =>
    mutate('priceListCreate', { ...base, code, audience }, narrowed)
  expect((await create('near', { channelIds })).userErrors).toEqual([])
  expect(refusals(await create('all', {}))).toEqual(['FORBIDDEN audience.channelIds'])
  expect(refusals(await create('both', { channelIds: both }))).toEqual(['FORBIDDEN audience.channelIds'])
  const shared = await idOf({ code: 'shared', audience: { channelIds: both } })
  expect(refusals(await mutate('priceListUpdate', { id: shared, active: false }, narrowed))).toEqual([
    'FORBIDDEN id',
  ])
  const far = await idOf({ code: 'far', audience: { channelIds: both.slice(1) } })
  expect(refusals(await mutate('priceListArchive', { id: far }, narrowed))).toEqual(['NOT_FOUND id'])
})

test('The pages of a list show its own prices and those that follow, in as many statements for many lists', async () => {
  const { variantId } = await createPricedProduct(staff, { sku: 'beans', amounts: { EUR: 1_999 } })
  const { variantId: tea } = await createPricedProduct(staff, { sku: 'tea', amounts: { EUR: 1_000 } })
  const { id: baseId } = await db
    .selectFrom('price_list')
    .select('id')
    .where('code', '=', 'base-eur')
    .executeTakeFirstOrThrow()
  const derivation = { baseId, adjustmentPpm: -100_000, rounding: 'ENDS_99', direction: 'NEAREST' } as const
  const listId = await createTestPriceList(staff, { code: 'tenth-off', currency: 'EUR', derivation })
  const source = `mutation ($input: PriceSetInput!) { priceSet(input: $input) { userErrors { code } } }`
  const input = {
    variantId: encodeId('variant', tea),
    priceListId: encodeId('priceList', listId),
    amount: { amountMinor: 777, currency: 'EUR' },
  }
  await ask(source, { ctx: staff, variables: { input } })
  const query = `{ priceListSearch(search: "tenth") { totalCount nodes { prices { totalCount nodes {
    sku derived amount { amountMinor } row { priceList { code } } } } } } }`
  const { data } = await ask<{ priceListSearch: { nodes: { prices: { nodes: object[] } }[] } }>(query, {
    ctx: staff,
  })
  const [list] = data.priceListSearch.nodes
  expect(list?.prices).toMatchObject({ totalCount: 2 })
  expect(list?.prices.nodes).toEqual(
    expect.arrayContaining([
      {
        sku: 'beans',
        derived: true,
        amount: { amountMinor: 1_799 },
        row: { priceList: { code: 'base-eur' } },
      },
      { sku: 'tea', derived: false, amount: { amountMinor: 777 }, row: { priceList: { code: 'tenth-off' } } },
    ]),
  )
  const paged = `query ($after: String) { node(id: "${input.priceListId}") { ... on PriceList {
    prices(first: 1, after: $after) { nodes { sku } pageInfo { hasNextPage endCursor } } } } }`
  interface Page {
    readonly node: {
      prices: { nodes: { sku: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
    }
  }
  const first = (await ask<Page>(paged, { ctx: staff })).data.node.prices
  const second = (await ask<Page>(paged, { ctx: staff, variables: { after: first.pageInfo.endCursor } })).data
    .node.prices
  expect([...first.nodes, ...second.nodes].map(({ sku }) => sku).sort()).toEqual(['beans', 'tea'])
  expect(second.pageInfo.hasNextPage).toBe(false)
  const some = `query ($ids: [ID!]) { node(id: "${input.priceListId}") { ... on PriceList {
    prices(variantIds: $ids) { totalCount nodes { sku } } } } }`
  const only = await ask(some, { ctx: staff, variables: { ids: [input.variantId] } })
  expect(only.data).toEqual({ node: { prices: { totalCount: 1, nodes: [{ sku: 'tea' }] } } })
  const tooMany = await ask(some, {
    ctx: staff,
    variables: { ids: Array.from({ length: 1_001 }, () => input.variantId) },
  })
  expect(tooMany.errors?.[0]?.extensions?.['code']).toBe('TOO_MANY_ROWS')
  const all = '{ priceLists { prices(first: 2) { nodes { amount { amountMinor } } } } }'
  const { statements } = await recordStatements(() => ask(all, { ctx: staff }))
  expect(statements).toHaveLength(3)
  expect(variantId).toBeDefined()
})

test('A price cannot be set in an archived list, nor taken out of it', async () => {
  const id = await idOf({ code: 'over' })
  const { variantId } = await createTestProduct(staff, { sku: 'late' })
  const input = {
    variantId: encodeId('variant', variantId),
    priceListId: id,
    amount: { amountMinor: 1, currency: 'EUR' },
  }
  const set = async () =>
    (
      await ask<{ priceSet: object }>(
        `mutation ($input: PriceSetInput!) { priceSet(input: $input) { price { id } userErrors { code path } } }`,
        { ctx: staff, variables: { input } },
      )
    ).data.priceSet
  const before = (await set()) as { readonly price: { readonly id: string } }
  await mutate('priceListArchive', { id })
  expect(await set()).toMatchObject({ userErrors: [{ code: 'PRICE_LIST_ARCHIVED', path: ['priceListId'] }] })
  const remove = `mutation ($id: ID!) { priceRemove(input: { id: $id }) { userErrors { code path } } }`
  expect((await ask(remove, { ctx: staff, variables: { id: before.price.id } })).data).toEqual({
    priceRemove: { userErrors: [{ code: 'PRICE_LIST_ARCHIVED', path: ['id'] }] },
  })
})
