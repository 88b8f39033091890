import { ok } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { command } from './command.ts'
import { openDatabase } from './open-database.ts'
import { PLANNED_EACH_TIME } from './preparing-client.ts'
import { testContext, testDatabase } from './testing/index.ts'

const { url } = await testDatabase()

const prepared = (of: { readonly pool: ReturnType<typeof openDatabase>['pool'] }) =>
  of.pool.query<{ statement: string }>('select statement from pg_prepared_statements')

it('prepares what comes again and again, and nothing else', async () => {
  const database = openDatabase({ url, max: 1 })
  const often = (value: number) => sql`select ${value}::int as often`.execute(database.kysely)
  for (let count = 0; count < 8; count += 1) await often(count)
  await sql`select ${1}::int as once`.execute(database.kysely)
  for (let count = 0; count < 8; count += 1)
    await sql`${sql.raw(PLANNED_EACH_TIME)} select ${count}::int as anew`.execute(database.kysely)
  expect((await prepared(database)).rows).toEqual([{ statement: 'select $1::int as often' }])
  await database.close()
})

it('prepares anew after a migration has changed what a statement answers', async () => {
  const database = openDatabase({ url, max: 2 })
  const { kysely } = database
  await sql`create table growing (id integer)`.execute(kysely)
  await sql`insert into growing values (1)`.execute(kysely)
  const read = () => sql`select * from growing where id = ${1}`.execute(kysely)
  for (let count = 0; count < 8; count += 1) await read()
  await sql`alter table growing add column more integer`.execute(kysely)
  expect((await read()).rows).toEqual([{ id: 1, more: null }])
  await sql`alter table growing add column most integer`.execute(kysely)
  const outcome = await command(testContext(kysely), { operation: 'read', input: null }, async (inner) =>
    ok((await sql`select * from growing where id = ${1}`.execute(inner.db)).rows),
  )
  expect(outcome).toMatchObject({ ok: true, value: [{ id: 1, more: null, most: null }] })
  await database.close()
})
