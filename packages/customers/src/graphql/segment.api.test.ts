import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, grant, GUEST, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { customerFacts } from '../customer-facts.ts'
import { createTestCustomer } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const staff = testContext(db)
const NOW = staff.now()
const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000)
const narrowed = {
  ...staff,
  actor: {
    kind: 'staff',
    staffId: newId(),
    sessionId: newId(),
    grants: [grant(['customers:write'], { channels: [newId()] })],
  } as const,
}

interface Payload {
  readonly segment?: { readonly id: string; readonly version: number; readonly archived: boolean } | null
  readonly changed?: number | null
  readonly customers?: readonly object[] | null
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
}

const mutate = async (name: string, input: object, { ctx = staff, fields = '' } = {}): Promise<Payload> => {
  const title = name[0]!.toUpperCase() + name.slice(1)
  const source = `mutation ($input: ${title}Input!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusals = ({ userErrors }: Payload) => userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)

const create = async (code: string): Promise<string> =>
  (await mutate('segmentCreate', { code, name: { en: code } }, { fields: 'segment { id }' })).segment!.id

const change = (name: 'Add' | 'Remove', input: object, ctx = staff) =>
  mutate(`segmentMembers${name}`, input, { ctx, fields: 'changed segment { members { totalCount } }' })

test('Customers come into a segment, until a time or for good, and leave it; pricing is told', async () => {
  const segmentId = await create('loyal')
  const [ana, ben] = [await createTestCustomer(staff), await createTestCustomer(staff)]
  const customerIds = [ana, ben].map(({ id }) => encodeId('customer', id))
  expect(await change('Add', { segmentId, customerIds, until: hours(1).toISOString() })).toMatchObject({
    changed: 2,
    segment: { members: { totalCount: 2 } },
  })
  expect(await change('Add', { segmentId, customerIds, until: hours(1).toISOString() })).toMatchObject({
    changed: 0,
  })
  expect(await change('Add', { segmentId, customerIds: customerIds.slice(1) })).toMatchObject({ changed: 1 })
  const codes = async (id: string, now: Date) =>
    (await customerFacts(db, id, now)).segments.map(({ code }) => code)
  expect(await codes(ana.id, NOW)).toEqual(['loyal'])
  expect(await codes(ana.id, hours(1))).toEqual([])
  expect(await codes(ben.id, hours(1))).toEqual(['loyal'])
  expect(await change('Remove', { segmentId, customerIds })).toMatchObject({ changed: 2 })
  expect(await codes(ben.id, NOW)).toEqual([])
  const events = await db
    .selectFrom('event')
    .select(['type', 'scope'])
    .where('aggregate_id', '=', ana.id)
    .where('type', 'like', 'CustomerSegment%')
    .execute()
  expect(events).toEqual([
    { type: 'CustomerSegmentJoined.v1', scope: { customer: ana.id } },
    { type: 'CustomerSegmentLeft.v1', scope: { customer: ana.id } },
  ])
})

test('A segment in the archive counts for nothing and takes nobody in until it is taken out', async () => {
  const segmentId = await create('sleeping')
  const { id } = await createTestCustomer(staff)
  const customerIds = [encodeId('customer', id)]
  await change('Add', { segmentId, customerIds })
  const fields = 'segment { version archived }'
  const archived = await mutate('segmentUpdate', { id: segmentId, ifVersion: 1, archived: true }, { fields })
  expect(archived.segment).toEqual({ version: 2, archived: true })
  expect((await customerFacts(db, id, NOW)).segments).toEqual([])
  expect(refusals(await change('Add', { segmentId, customerIds }))).toEqual(['SEGMENT_ARCHIVED segmentId'])
  expect(refusals(await mutate('segmentUpdate', { id: segmentId, ifVersion: 1 }))).toEqual([
    'VERSION_CONFLICT ifVersion',
  ])
  await mutate('segmentUpdate', { id: segmentId, archived: false })
  expect((await customerFacts(db, id, NOW)).segments).toMatchObject([{ code: 'sleeping' }])
})

test('A loyalty tier is set for many at once and taken away; only changes are events', async () => {
  const people = [await createTestCustomer(staff), await createTestCustomer(staff)]
  const customerIds = people.map(({ id }) => encodeId('customer', id))
  const set = (tier: string | null) =>
    mutate('customerLoyaltyTierSet', { customerIds, tier }, { fields: 'customers { loyaltyTier }' })
  expect((await set('gold')).customers).toEqual([{ loyaltyTier: 'gold' }, { loyaltyTier: 'gold' }])
  expect((await set('gold')).customers).toEqual([])
  expect((await customerFacts(db, people[0]!.id, NOW)).loyaltyTier).toBe('gold')
  expect((await set(null)).customers).toHaveLength(2)
  expect(refusals(await set('two words'))).toEqual(['LOYALTY_TIER_INVALID tier'])
})

test('What cannot be is refused with its field, and nothing is half done', async () => {
  const segmentId = await create('strict')
  const { id } = await createTestCustomer(staff)
  const known = encodeId('customer', id)
  const add = async (input: object) =>
    refusals(await change('Add', { segmentId, customerIds: [known], ...input }))
  expect(await add({ customerIds: [known, encodeId('customer', newId())] })).toEqual([
    'NOT_FOUND customerIds.1',
  ])
  expect((await customerFacts(db, id, NOW)).segments).toEqual([])
  expect(await add({ customerIds: Array.from({ length: 1_001 }, () => known) })).toEqual([
    'TOO_MANY_CUSTOMERS customerIds',
  ])
  expect(await add({ until: NOW.toISOString() })).toEqual(['MEMBERSHIP_OVER until'])
  expect(await add({ segmentId: encodeId('segment', newId()) })).toEqual(['NOT_FOUND segmentId'])
  const made = async (input: object) =>
    refusals(await mutate('segmentCreate', { code: 'new', name: { en: 'New' }, ...input }))
  expect(await made({ code: 'strict' })).toEqual(['SEGMENT_CODE_TAKEN code'])
  expect(await made({ code: 'Not so' })).toEqual(['SEGMENT_CODE_INVALID code'])
  expect(await made({ name: { en: '' } })).toEqual(['SEGMENT_TEXT_INVALID name'])
  expect(await made({ name: { en: 'a\0b' } })).toEqual(['SEGMENT_TEXT_INVALID name'])
})

test('Who changes customers of some channels makes no segments, and finds none of the others', async () => {
  const segmentId = await create('ours')
  const { id } = await createTestCustomer(staff)
  const input = { code: 'theirs', name: { en: 'Theirs' } }
  expect(refusals(await mutate('segmentCreate', input, { ctx: narrowed }))).toEqual(['FORBIDDEN '])
  expect(refusals(await mutate('segmentUpdate', { id: segmentId }, { ctx: narrowed }))).toEqual([
    'FORBIDDEN ',
  ])
  const members = { segmentId, customerIds: [encodeId('customer', id)] }
  expect(refusals(await change('Add', members, narrowed))).toEqual(['NOT_FOUND customerIds.0'])
  const code = async (source: string, actor: typeof GUEST) =>
    (await ask(source, { ctx: { ...staff, actor } })).errors?.[0]?.extensions?.['code']
  expect(await code('{ segments { nodes { id } } }', GUEST)).toBe('UNAUTHENTICATED')
  expect(await code('{ customerGroups { id } }', GUEST)).toBe('UNAUTHENTICATED')
})

test('Customers are not told which segments they are in', async () => {
  const segmentId = await create('secret')
  const { id } = await createTestCustomer(staff)
  await change('Add', { segmentId, customerIds: [encodeId('customer', id)] })
  const source = `{ customer(id: "${encodeId('customer', id)}") { segments { segment { code } } } }`
  const ctx = { ...staff, actor: { kind: 'customer', customerId: id } as const }
  expect((await ask(source, { ctx })).data).toEqual({ customer: { segments: [] } })
  expect((await ask(source, { ctx: staff })).data).toEqual({
    customer: { segments: [{ segment: { code: 'secret' } }] },
  })
})

test('Many members take as many statements as one; segments with their members are three', async () => {
  const segmentId = await create('statements')
  const ids: string[] = []
  for (let n = 0; n < 5; n += 1) ids.push(encodeId('customer', (await createTestCustomer(staff)).id))
  const one = await recordStatements(() => change('Add', { segmentId, customerIds: ids.slice(0, 1) }))
  const many = await recordStatements(() => change('Add', { segmentId, customerIds: ids.slice(1) }))
  expect(many.statements).toHaveLength(one.statements.length)
  const query = '{ segments { nodes { code members(first: 2) { nodes { customer { email } } } } } }'
  const { result, statements } = await recordStatements(() => ask(query, { ctx: staff }))
  expect(result.errors).toBeUndefined()
  expect(statements).toHaveLength(3)
})
