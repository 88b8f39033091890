import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate, openDatabase, startEmbeddedPostgres } from '../index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for tests, connected to its maintenance database. */
    testServerUrl: string
    /** The migrated database that test databases are copied from. */
    testTemplate: string
  }
}

const startThrowaway = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'hilo-test-'))
  const server = await startEmbeddedPostgres({ dataDir, durable: false })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
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
  const server = external ? { url: external, stop: async () => undefined } : await startThrowaway()
  const template = `hilo_template_${randomBytes(6).toString('hex')}`
  const admin = new Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${template}`)
  const database = openDatabase({ url: withDatabase(server.url, template), name: 'template' })
  await migrate(database.kysely)
  await database.close()
  project.provide('testServerUrl', server.url)
  project.provide('testTemplate', template)
  return async () => {
    if (external) await admin.query(`drop database ${template} with (force)`)
    await admin.end()
    await server.stop()
  }
}
