// Starts the server of a folder and writes without end; prints the id of each write once it is acknowledged.
import { writeSync } from 'node:fs'
import { newId, ok } from '@hilo/kernel'
import { appendEvents, command, migrate, openDatabase, startEmbeddedPostgres } from '../index.ts'
import { testContext } from './test-context.ts'

const WRITERS = 8

const server = await startEmbeddedPostgres({ dataDir: process.argv[2]! })
const database = openDatabase({ url: server.url, name: 'writer' })
await migrate(database.kysely)
const ctx = testContext(database.kysely)

const write = async (): Promise<never> => {
  for (;;) {
    const id = newId()
    await command(ctx, { operation: 'write', input: id, idempotencyKey: id }, async ({ db, ...inner }) => {
      await db.insertInto('category').values({ id, slug: id, name: '{}' }).execute()
      const event = { aggregate: 'category', aggregateId: id, type: 'CategoryCreated.v1', payload: { id } }
      await appendEvents({ db, ...inner }, [event])
      return ok({ id })
    })
    writeSync(1, `${id}\n`)
  }
}

await Promise.all(Array.from({ length: WRITERS }, write))
