import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openDatabase } from './open-database.ts'
import { testDatabase } from './testing/index.ts'
import { inTransaction } from './transaction.ts'

const { url } = await testDatabase()

const opened = async (name: string) => {
  const database = openDatabase({ url, max: 1 })
  await sql`create table ${sql.table(name)} (id integer primary key deferrable initially deferred)`.execute(
    database.kysely,
  )
  return {
    database,
    insert: (tx: typeof database.kysely, id: number) =>
      sql`insert into ${sql.table(name)} values (${id})`.execute(tx),
    ids: async () =>
      (
        await sql<{ id: number }>`select id from ${sql.table(name)} order by id`.execute(database.kysely)
      ).rows.map(({ id }) => id),
  }
}

it('commits what was asked at once, in that order, and the last statement with it', async () => {
  const { database, insert, ids } = await opened('together')
  const seen = await inTransaction(database.kysely, {
    run: async (tx) => {
      const [, , counted] = await Promise.all([
        insert(tx, 1),
        insert(tx, 2),
        sql<{ count: number }>`select count(*)::int as count from together`.execute(tx),
      ])
      return counted.rows[0]!.count
    },
    last: (tx, count) => insert(tx, count + 1),
  })
  expect(seen).toBe(2)
  expect(await ids()).toEqual([1, 2, 3])
  await database.close()
})

it('commits nothing when one of them fails, the last one, or the commit itself', async () => {
  const { database, insert, ids } = await opened('failing')
  const { kysely } = database
  const divided = (tx: typeof kysely) => sql`select 1 / ${0}::int`.execute(tx)
  const failing = { run: (tx: typeof kysely) => Promise.all([insert(tx, 1), divided(tx), insert(tx, 2)]) }
  await expect(inTransaction(kysely, failing)).rejects.toThrow('division by zero')
  const last = { run: (tx: typeof kysely) => insert(tx, 3), last: divided }
  await expect(inTransaction(kysely, last)).rejects.toThrow('division by zero')
  const doubled = { run: (tx: typeof kysely) => Promise.all([insert(tx, 4), insert(tx, 4)]) }
  await expect(inTransaction(kysely, doubled)).rejects.toThrow('duplicate key')
  expect(await ids()).toEqual([])
  await database.close()
})

it('lets nothing through that still runs when it is over', async () => {
  const { database, insert, ids } = await opened('late')
  const { kysely } = database
  const late = Promise.withResolvers<unknown>()
  const outcome = inTransaction(kysely, {
    run: (tx) => {
      const straying = delay(1).then(() => insert(tx, 1))
      straying.then(late.resolve, late.resolve)
      return Promise.all([sql`select 1 / ${0}::int`.execute(tx), straying])
    },
  })
  await expect(outcome).rejects.toThrow()
  await late.promise
  expect(await ids()).toEqual([])
  await database.close()
})

it('gives the connection back after a failure, fit for the next', async () => {
  const { database, insert, ids } = await opened('next')
  const refused = inTransaction(database.kysely, { run: () => Promise.reject(new Error('no')) })
  await expect(refused).rejects.toThrow('no')
  await inTransaction(database.kysely, { run: (tx) => insert(tx, 1) })
  expect(await ids()).toEqual([1])
  await database.close()
})
