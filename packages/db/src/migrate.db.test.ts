import { execFile } from 'node:child_process'
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { type Database, migrate, openDatabase } from './index.ts'

const folder = await mkdtemp(join(tmpdir(), 'hilo-migrations-'))
const migrations = pathToFileURL(`${folder}/`)
const admin = openDatabase({ url: inject('testServerUrl') })
const opened: Database[] = []

const emptyDatabase = async (name: string): Promise<Database> => {
  const address = new URL(inject('testServerUrl'))
  address.pathname = `/migrate_${name}`
  await sql.raw(`create database migrate_${name}`).execute(admin.kysely)
  const database = openDatabase({ url: address.href })
  opened.push(database)
  return database
}

afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  for (const { config } of opened) {
    const name = new URL(config.connectionString!).pathname.slice(1)
    await sql.raw(`drop database ${name} with (force)`).execute(admin.kysely)
  }
  await admin.close()
  await rm(folder, { recursive: true })
})

const write = (name: string, text: string) => writeFile(join(folder, name), text)

await cp(new URL('../migrations/0001_foundation.sql', import.meta.url), join(folder, '0001_foundation.sql'))
await write('0002_one.sql', 'create table one (id int);\ninsert into one values (1);')

const count = async (database: Database, table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int4 as n from ${sql.table(table)}`.execute(
    database.kysely,
  )
  return rows[0]!.n
}

describe('migrating', () => {
  it('applies what is missing, once', async () => {
    const database = await emptyDatabase('once')
    expect(await migrate(database.kysely, migrations)).toEqual(['0001_foundation', '0002_one'])
    expect(await migrate(database.kysely, migrations)).toEqual([])
    expect(await count(database, 'one')).toBe(1)
  })

  it('lets one of four processes work that start at once, and the others find nothing left', async () => {
    const database = await emptyDatabase('parallel')
    const program = `
      import { migrate, openDatabase } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const database = openDatabase({ url: process.argv[1] })
      console.log((await migrate(database.kysely)).length)
      await database.close()`
    const outputs = await Promise.all(
      Array.from({ length: 4 }, () =>
        promisify(execFile)(process.execPath, [
          '--input-type=module-typescript',
          '--eval',
          program,
          database.config.connectionString!,
        ]),
      ),
    )
    const counts = outputs.map(({ stdout }) => Number(stdout)).sort((a, b) => b - a)
    expect(counts[0]).toBeGreaterThanOrEqual(11)
    expect(counts.slice(1)).toEqual([0, 0, 0])
  })

  it('leaves nothing of a migration that fails, and says which and why', async () => {
    const database = await emptyDatabase('fails')
    await write('0003_bad.sql', 'create table two (id int);\nselect no_such_function();')
    await expect(migrate(database.kysely, migrations)).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      names: ['0003_bad'],
      message: expect.stringContaining('no_such_function'),
    })
    const { rows } = await sql<{
      two: string | null
    }>`select to_regclass('one') as one, to_regclass('two') as two`.execute(database.kysely)
    expect(rows).toEqual([{ one: null, two: null }])
    await rm(join(folder, '0003_bad.sql'))
    expect(await migrate(database.kysely, migrations)).toHaveLength(2)
  })

  it('lets others through while it waits for a table that somebody reads', async () => {
    const database = await emptyDatabase('busy')
    await migrate(database.kysely, migrations)
    await write('0003_busy.sql', 'alter table one add column more int;')
    let migrating: Promise<readonly string[]> | undefined
    await database.kysely.transaction().execute(async (tx) => {
      await sql`select from one`.execute(tx)
      migrating = migrate(database.kysely, migrations)
      const isWaiting = async () => {
        const { rows } = await sql`select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(database.kysely)
        return rows.length > 0
      }
      // It begins to wait, and gives way, more than once: nobody queues behind it for ever.
      for (let time = 0; time < 2; time += 1) {
        await expect.poll(isWaiting, { interval: 10 }).toBe(true)
        expect(await count(database, 'one')).toBe(1)
      }
    })
    expect(await migrating).toEqual(['0003_busy'])
    await rm(join(folder, '0003_busy.sql'))
  })

  it('refuses a file that was edited after it was applied, whatever its line ends', async () => {
    const database = await emptyDatabase('edited')
    await migrate(database.kysely, migrations)
    await write('0002_one.sql', 'create table one (id int);\r\ninsert into one values (1);')
    expect(await migrate(database.kysely, migrations)).toEqual([])
    await write('0002_one.sql', 'create table one (id bigint);\ninsert into one values (1);')
    await expect(migrate(database.kysely, migrations)).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      names: ['0002_one'],
    })
    await write('0002_one.sql', 'create table one (id int);\ninsert into one values (1);')
  })

  it('leaves a database that a newer version has migrated as it is, and starts', async () => {
    const database = await emptyDatabase('newer')
    await write('0003_later.sql', 'create table later (id int);')
    await migrate(database.kysely, migrations)
    await rename(join(folder, '0003_later.sql'), join(folder, 'later.txt'))
    expect(await migrate(database.kysely, migrations)).toEqual([])
    expect(await count(database, 'later')).toBe(0)
  })

  it('refuses a database of another branch, which has what these files lack and lacks what they have', async () => {
    const database = await emptyDatabase('branch')
    await rename(join(folder, 'later.txt'), join(folder, '0003_later.sql'))
    await migrate(database.kysely, migrations)
    await rename(join(folder, '0003_later.sql'), join(folder, 'later.txt'))
    await write('0004_ours.sql', 'create table ours (id int);')
    await expect(migrate(database.kysely, migrations)).rejects.toMatchObject({
      code: 'VERSIONS_DIVERGED',
      names: ['0003_later'],
      message: expect.stringContaining('0004_ours'),
    })
  })

  it('applies a file that came later with a smaller number', async () => {
    const database = await emptyDatabase('unordered')
    await migrate(database.kysely, migrations)
    await write('0003_between.sql', 'create table between_them (id int);')
    expect(await migrate(database.kysely, migrations)).toEqual(['0003_between'])
  })
})
