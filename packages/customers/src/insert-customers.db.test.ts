import { command } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ok, SYSTEM, unwrap } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { consentsOf } from './consent.ts'
import { customerFacts } from './customer-facts.ts'
import { customersByIds } from './customer-queries.ts'
import { insertCustomerGroups, insertCustomers, type NewCustomer } from './insert-customers.ts'

const { db } = await testDatabase()
const ctx = testContext(db)

const insert = async (customers: readonly NewCustomer[]) =>
  unwrap(
    await command(ctx, { operation: 'test', input: null }, async (inner) =>
      ok(await insertCustomers(inner, customers)),
    ),
  )

test('a thousand customers take as many statements as one', async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => ({
    name: `Customer ${index}`,
    email: `bulk${index}@home.test`,
  }))
  const one = await recordStatements(() => insert([{ name: 'One', email: 'one@home.test' }]))
  const { result, statements } = await recordStatements(() => insert(many))
  expect(result).toHaveLength(1_000)
  expect(statements).toHaveLength(one.statements.length)
})

test('groups and consents come with the customer', async () => {
  const groups = await insertCustomerGroups(ctx, [
    { code: 'vip', name: { en: 'VIP' } },
    { code: 'staff-family', name: { en: 'Family' } },
  ])
  const [id] = await insert([
    { name: 'Ana', groupIds: [...groups.values()], consents: ['DEVICE_PURCHASE'], email: 'ana@home.test' },
  ])
  expect(await customerFacts(db, id!, new Date())).toEqual({
    groups: [
      { id: groups.get('staff-family'), code: 'staff-family' },
      { id: groups.get('vip'), code: 'vip' },
    ],
    segments: [],
    loyaltyTier: null,
  })
  expect(await consentsOf(db, [id!])).toMatchObject([{ purpose: 'DEVICE_PURCHASE', given: true }])
})

test('groups that are there already are found again', async () => {
  const first = await insertCustomerGroups(ctx, [{ code: 'club', name: { en: 'Club' } }])
  expect(await insertCustomerGroups(ctx, [{ code: 'club', name: { en: 'Club' } }])).toEqual(first)
})

test('whose e-mail is taken is left out whole; who has none is kept', async () => {
  const ids = await insert([
    { name: 'First', email: 'taken@home.test' },
    { name: 'Second', email: 'taken@home.test' },
    { name: 'Third' },
  ])
  const stored = await customersByIds(db, SYSTEM, ids)
  expect(stored.map(({ name }) => name).sort()).toEqual(['First', 'Third'])
  expect(await db.selectFrom('customer').select('id').where('name', '=', 'Second').execute()).toEqual([])
})

test('nobody to insert is nothing to do', async () => {
  expect(await insert([])).toEqual([])
})
