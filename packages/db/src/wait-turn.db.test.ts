import { newId, ok } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { command, type Context, waitTurn } from './index.ts'
import { testContext, testDatabase } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)

const addWhileFewer = async ({ db: tx }: Context, max: number) => {
  await waitTurn(tx, 'category')
  const { length } = await tx.selectFrom('category').select('id').execute()
  if (length >= max) return ok(false)
  const id = newId()
  await tx.insertInto('category').values({ id, slug: id, name: '{}' }).execute()
  return ok(true)
}

test('of many who count before they insert, each in its turn, no more get in than there is room for', async () => {
  const asked = Array.from({ length: 12 }, () =>
    command(ctx, { operation: 'add', input: null }, (inner) => addWhileFewer(inner, 5)),
  )
  const entered = (await Promise.all(asked)).filter((done) => done.ok && done.value)
  expect(entered).toHaveLength(5)
  expect(await db.selectFrom('category').select('id').execute()).toHaveLength(5)
})

test('turns of different nouns do not wait for each other, and one who has the turn has it again at once', async () => {
  await command(ctx, { operation: 'outer', input: null }, async (outer) => {
    await waitTurn(outer.db, 'segment')
    await waitTurn(outer.db, 'segment')
    const other = await command(ctx, { operation: 'other', input: null }, async (inner) => {
      await waitTurn(inner.db, 'customer_group')
      return ok('passed')
    })
    expect(other).toMatchObject({ value: 'passed' })
    return ok(null)
  })
})
