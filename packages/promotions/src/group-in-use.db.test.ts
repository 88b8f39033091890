import { createCustomerGroup, deleteCustomerGroup } from '@hilo/customers'
import { command, type Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { type Result, unwrap, type Uuid } from '@hilo/kernel'
import { createPriceList } from '@hilo/prices'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestPromotion } from './testing/index.ts'

const { db } = await testDatabase()
const staff = testContext(db)

const run = <Value>(use: (ctx: Context) => Promise<Result<Value>>) =>
  command(staff, { operation: 'test', input: null }, use)

const makeGroup = async (code: string): Promise<Uuid> =>
  unwrap(await run((ctx) => createCustomerGroup(ctx, { code, name: { en: code } }))).groupId

const list = (code: string, customerGroupIds: readonly Uuid[]) =>
  run((ctx) =>
    createPriceList(ctx, {
      code,
      name: { en: code },
      kind: 'CONTRACT',
      currency: 'EUR',
      audience: { customerGroupIds },
    }),
  )

const archive = async (table: 'price_list' | 'promotion') => {
  await db.updateTable(table).set({ status: 'ARCHIVED' }).execute()
}

test('A group that price lists and promotions name is not deleted until they are archived', async () => {
  const id = await makeGroup('trade')
  const remove = () => run((ctx) => deleteCustomerGroup(ctx, { id }))
  unwrap(await list('trade-prices', [await makeGroup('others'), id]))
  await createTestPromotion(staff, { audience: { customerGroups: ['trade'] } })
  await createTestPromotion(staff, { audience: { customerGroups: ['others'] } })
  const refused = (priceLists: number, promotions: number) => ({
    ok: false,
    error: {
      code: 'CUSTOMER_GROUP_IN_USE',
      data: { groupCode: 'trade', priceLists, promotions },
      path: ['id'],
    },
  })
  expect(await remove()).toMatchObject(refused(1, 1))
  await archive('price_list')
  expect(await remove()).toMatchObject(refused(0, 1))
  await archive('promotion')
  expect(await remove()).toMatchObject({ ok: true })
})

test('A draft that names a group beside the published version counts too', async () => {
  const id = await makeGroup('drafted')
  const promotionId = await createTestPromotion(staff)
  await db
    .insertInto('promotion_version')
    .columns(['promotion_id', 'version', 'definition', 'actor'])
    .values({
      promotion_id: promotionId,
      version: 2,
      definition: JSON.stringify({ audience: { customerGroups: ['drafted'] } }),
      actor: 'test',
    })
    .execute()
  await db.updateTable('promotion').set({ version: 2 }).where('id', '=', promotionId).execute()
  expect(await run((ctx) => deleteCustomerGroup(ctx, { id }))).toMatchObject({
    error: { data: { priceLists: 0, promotions: 1 } },
  })
})

test('A list that archived prices named a group in goes on after the group, and a list cannot name it then', async () => {
  const id = await makeGroup('gone')
  unwrap(await list('gone-prices', [id]))
  await archive('price_list')
  unwrap(await run((ctx) => deleteCustomerGroup(ctx, { id })))
  expect(await list('late-prices', [id])).toMatchObject({
    error: { code: 'NOT_FOUND', path: ['audience', 'customerGroupIds'] },
  })
})

test('While a list is being made, none of its groups can be held for deletion', async () => {
  const [first, id] = [await makeGroup('first'), await makeGroup('second')]
  const made = await run(async (ctx) => {
    const result = await createPriceList(ctx, {
      code: 'both',
      name: { en: 'Both' },
      kind: 'CONTRACT',
      currency: 'EUR',
      audience: { customerGroupIds: [first, id] },
    })
    const hold = sql`select from customer_group where id = ${id} for update nowait`
    await expect(hold.execute(db)).rejects.toMatchObject({ code: '55P03' })
    return result
  })
  expect(made.ok).toBe(true)
})
