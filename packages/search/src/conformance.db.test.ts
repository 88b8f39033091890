import { testDatabase } from '@hilo/db/testing'
import { postgresSearch } from './postgres/postgres-engine.ts'
import { conformance, memorySearch } from './testing/index.ts'

const { db } = await testDatabase()

conformance('Postgres', () => Promise.resolve(postgresSearch(db)))
conformance('memory', () => Promise.resolve(memorySearch()))
