import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { recordStatements, testContext, testDatabase } from './index.ts'

const { db } = await testDatabase()
const other = await testDatabase()

it('counts the statements of what runs, and not those of others at the same time', async () => {
  const { result, statements } = await recordStatements(async () => {
    await Promise.all([db.selectFrom('shop').selectAll().execute(), sql`select 1`.execute(db)])
    return 'done'
  })
  const outside = recordStatements(() => sql`select 2`.execute(db))
  await sql`select 3`.execute(db)
  expect(result).toBe('done')
  expect(statements.toSorted()).toEqual(['select * from "shop"', 'select 1'])
  expect((await outside).statements).toEqual(['select 2'])
})

it('gives each caller a migrated database of its own', async () => {
  await db.insertInto('shop').values({ code: 'mine', name: 'Mine' }).execute()
  expect(await other.db.selectFrom('shop').select('code').execute()).toEqual([])
  expect(testContext(other.db, { locale: 'es' })).toMatchObject({ locale: 'es', actor: { kind: 'system' } })
})
