import type { FullExecutor } from '../executor.ts'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, inject } from 'vitest'
import { type Database, openDatabase } from '../open-database.ts'
import { recordStatement } from './statements.ts'

/** A fresh migrated database of one test file. */
export interface TestDatabase {
  readonly db: FullExecutor
  readonly url: string
  /** The pool beneath `db`, for what takes a `Database` (the event feed). */
  readonly database: Database
}

const asAdmin = async (statement: string): Promise<void> => {
  const client = new Client({ connectionString: inject('testServerUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * Copies the migrated template: `const { db } = await testDatabase()` at the top of a `.db.test.ts` or `.api.test.ts`
 * file. It is closed and dropped by itself after the file.
 */
export const testDatabase = async (): Promise<TestDatabase> => {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(`create database ${name} template ${inject('testTemplate')}`)
  const address = new URL(inject('testServerUrl'))
  address.pathname = `/${name}`
  const database = openDatabase({ url: address.href, name: 'test', log: recordStatement })
  afterAll(async () => {
    await database.close()
    await asAdmin(`drop database ${name} with (force)`)
  })
  return { db: database.kysely, url: address.href, database }
}
