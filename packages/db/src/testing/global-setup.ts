import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate, openDatabase } from '../index.ts'
import { startThrowawayPostgres } from './throwaway-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for tests, connected to its maintenance database. */
    testServerUrl: string
    /** The migrated database that test databases are copied from. */
    testTemplate: string
  }
}

const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** Vitest's global set-up: one server for the run (`HILO_TEST_DATABASE_URL`, else embedded) with a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env['HILO_TEST_DATABASE_URL']
  const server = external ? { url: external, stop: async () => undefined } : await startThrowawayPostgres()
  const template = `hilo_template_${randomBytes(6).toString('hex')}`
  const admin = new Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${template}`)
  const database = openDatabase({ url: withDatabase(server.url, template), name: 'template' })
  await migrate(database.kysely)
  await database.close()
  // A connection to it would keep others from copying it.
  await admin.query(`alter database ${template} with allow_connections false`)
  project.provide('testServerUrl', server.url)
  project.provide('testTemplate', template)
  return async () => {
    if (external) await admin.query(`drop database ${template} with (force)`)
    await admin.end()
    await server.stop()
  }
}
