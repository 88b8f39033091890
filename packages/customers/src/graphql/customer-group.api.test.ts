import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, grant, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { customerFacts } from '../customer-facts.ts'
import { createTestCustomer } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const staff = testContext(db)
const NOW = staff.now()
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
  readonly customerGroup?: { readonly id: string } | null
  readonly deletedId?: string | null
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
}

const mutate = async (name: string, input: object, { ctx = staff, fields = '' } = {}): Promise<Payload> => {
  const source = `mutation ($input: CustomerGroup${name}Input!) {
    payload: customerGroup${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<{ payload: Payload }>(source, { ctx, variables: { input } })
  expect(errors).toBeUndefined()
  return data.payload
}

const refusals = ({ userErrors }: Payload) => userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)

const create = async (code: string): Promise<string> =>
  (await mutate('Create', { code, name: { en: code } }, { fields: 'customerGroup { id }' })).customerGroup!.id

const people = async (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await createTestCustomer(staff)).id))

const members = (name: 'Add' | 'Remove', input: object, ctx = staff) =>
  mutate(`Members${name}`, input, {
    ctx,
    fields: 'changed customerGroup { members { totalCount nodes { id } } }',
  })

const codesOf = async (id: Parameters<typeof customerFacts>[1]) =>
  (await customerFacts(db, id, NOW)).groups.map(({ code }) => code)

test('A group is made and named anew, and customers come into it and leave it; pricing is told', async () => {
  const groupId = await create('trade')
  const fields = 'customerGroup { code name version nameTexts { text(locale: "es") } }'
  const named = { id: groupId, ifVersion: 1, name: { en: 'The trade', es: 'El comercio' } }
  expect((await mutate('Update', named, { fields })).customerGroup).toEqual({
    code: 'trade',
    name: 'The trade',
    version: 2,
    nameTexts: { text: 'El comercio' },
  })
  expect(refusals(await mutate('Update', named))).toEqual(['VERSION_CONFLICT ifVersion'])
  const ids = await people(2)
  const customerIds = ids.map((id) => encodeId('customer', id))
  expect(await members('Add', { groupId, customerIds: customerIds.slice(1) })).toMatchObject({ changed: 1 })
  expect(await members('Add', { groupId, customerIds })).toMatchObject({
    changed: 1,
    customerGroup: { members: { totalCount: 2, nodes: customerIds.toSorted().map((id) => ({ id })) } },
  })
  expect(await codesOf(ids[0]!)).toEqual(['trade'])
  expect(await members('Remove', { groupId, customerIds: customerIds.slice(0, 1) })).toMatchObject({
    changed: 1,
  })
  expect(await codesOf(ids[0]!)).toEqual([])
  const events = await db
    .selectFrom('event')
    .select(['type', 'scope'])
    .where('aggregate_id', '=', ids[0]!)
    .where('type', 'like', 'CustomerGroup%')
    .execute()
  expect(events.map(({ type, scope }) => [type, scope])).toEqual([
    ['CustomerGroupJoined.v1', { customer: ids[0] }],
    ['CustomerGroupLeft.v1', { customer: ids[0] }],
  ])
})

test('A group is deleted with its memberships, and its code is free again', async () => {
  const groupId = await create('passing')
  const [id] = await people(1)
  await members('Add', { groupId, customerIds: [encodeId('customer', id!)] })
  expect(refusals(await mutate('Delete', { id: groupId, ifVersion: 2 }))).toEqual([
    'VERSION_CONFLICT ifVersion',
  ])
  expect(await mutate('Delete', { id: groupId }, { fields: 'deletedId' })).toMatchObject({
    deletedId: groupId,
  })
  expect(await codesOf(id!)).toEqual([])
  expect(refusals(await mutate('Delete', { id: groupId }))).toEqual(['NOT_FOUND id'])
  expect(await create('passing')).not.toBe(groupId)
})

test('What cannot be is refused with its field, and nothing is half done', async () => {
  const groupId = await create('strict')
  const [id] = await people(1)
  const known = encodeId('customer', id!)
  const add = async (input: object) =>
    refusals(await members('Add', { groupId, customerIds: [known], ...input }))
  expect(await add({ customerIds: [known, encodeId('customer', newId())] })).toEqual([
    'NOT_FOUND customerIds.1',
  ])
  expect(await add({ customerIds: Array.from({ length: 1_001 }, () => known) })).toEqual([
    'TOO_MANY_CUSTOMERS customerIds',
  ])
  expect(await add({ groupId: encodeId('customerGroup', newId()) })).toEqual(['NOT_FOUND groupId'])
  expect(await codesOf(id!)).toEqual([])
  const made = async (input: object) =>
    refusals(await mutate('Create', { code: 'new', name: { en: 'New' }, ...input }))
  expect(await made({ code: 'strict' })).toEqual(['CUSTOMER_GROUP_CODE_TAKEN code'])
  expect(await made({ code: 'Not so' })).toEqual(['CUSTOMER_GROUP_CODE_INVALID code'])
  expect(await made({ name: { en: ' ' } })).toEqual(['CUSTOMER_GROUP_NAME_INVALID name'])
  expect(await made({ name: { en: 'x'.repeat(501) } })).toEqual(['CUSTOMER_GROUP_NAME_INVALID name'])
})

test('Who changes customers of some channels makes no groups, and finds none of the others', async () => {
  const groupId = await create('ours')
  const [id] = await people(1)
  const name = { en: 'Theirs' }
  expect(refusals(await mutate('Create', { code: 'theirs', name }, { ctx: narrowed }))).toEqual([
    'FORBIDDEN ',
  ])
  expect(refusals(await mutate('Update', { id: groupId, name }, { ctx: narrowed }))).toEqual(['FORBIDDEN '])
  expect(refusals(await mutate('Delete', { id: groupId }, { ctx: narrowed }))).toEqual(['FORBIDDEN '])
  const input = { groupId, customerIds: [encodeId('customer', id!)] }
  expect(refusals(await members('Add', input, narrowed))).toEqual(['NOT_FOUND customerIds.0'])
})

test('Staff see the groups of a customer; the customer is not told', async () => {
  const groupId = await create('secret')
  const [id] = await people(1)
  await members('Add', { groupId, customerIds: [encodeId('customer', id!)] })
  const source = `{ customer(id: "${encodeId('customer', id!)}") { groups { code } } }`
  expect((await ask(source, { ctx: staff })).data).toEqual({ customer: { groups: [{ code: 'secret' }] } })
  const ctx = { ...staff, actor: { kind: 'customer', customerId: id! } as const }
  expect((await ask(source, { ctx })).data).toEqual({ customer: { groups: [] } })
})

test('Many members take as many statements as one; groups with their members are three, by page', async () => {
  const groupId = await create('statements')
  const customerIds = (await people(5)).map((id) => encodeId('customer', id))
  const one = await recordStatements(() => members('Add', { groupId, customerIds: customerIds.slice(0, 1) }))
  const many = await recordStatements(() => members('Add', { groupId, customerIds: customerIds.slice(1) }))
  expect(many.statements).toHaveLength(one.statements.length)
  const query = '{ customerGroups { code members(first: 2) { nodes { email } pageInfo { endCursor } } } }'
  const { result, statements } = await recordStatements(() => ask(query, { ctx: staff }))
  expect(result.errors).toBeUndefined()
  expect(statements).toHaveLength(3)
  const page = `query ($id: ID!, $after: String) { node(id: $id) {
    ... on CustomerGroup { members(first: 4, after: $after) { nodes { id } pageInfo { endCursor } } } } }`
  interface Read {
    readonly node: {
      readonly members: { readonly nodes: object[]; readonly pageInfo: { readonly endCursor: string } }
    }
  }
  const read = async (after?: string) =>
    (await ask<Read>(page, { ctx: staff, variables: { id: groupId, after } })).data.node.members
  const first = await read()
  const second = await read(first.pageInfo.endCursor)
  expect([first.nodes.length, second.nodes.length]).toEqual([4, 1])
})
