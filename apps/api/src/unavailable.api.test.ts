import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { type DatabaseOptions, openDatabase } from '@hilo/db'
import { systemClock } from '@hilo/kernel'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { createApi } from './create-api.ts'
import { codes, createTestShop, post } from './testing/shop.ts'

const { database, people } = await createTestShop()
const feed = {
  subscribe: () => {
    throw new Error('Nobody subscribes here')
  },
} as never
const closing: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

/** An API whose database has this address. */
const apiOf = (url: string) => {
  const gone = openDatabase({ url, max: 1 })
  closing.push(gone.close)
  return createApi({
    database: gone,
    feed,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    corsOrigin: '*',
  })
}

const refusedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const expectRetryable = async (api: ReturnType<typeof apiOf>) => {
  const answer = await post(
    api,
    { query: '{ shop { code } }' },
    { accept: 'application/graphql-response+json' },
  )
  expect(codes(answer)).toEqual(['SERVICE_UNAVAILABLE'])
  expect(answer.errors![0]!.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', retryable: true })
  expect(answer.status).toBe(503)
}

describe('a request while the database is out of reach', () => {
  it('is refused as retryable when nobody listens there', async () => {
    await expectRetryable(apiOf(`postgres://hilo:secret@127.0.0.1:${await refusedPort()}/hilo`))
  })

  it('is refused as retryable when the connection is cut while it is made', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(async () => void server.close())
    const { port } = server.address() as AddressInfo
    await expectRetryable(apiOf(`postgres://hilo:secret@127.0.0.1:${port}/hilo`))
  })

  it('is refused as retryable when the pool has been closed, and when no connection is free in time', async () => {
    const pool = openDatabase({ url: database.config.connectionString!, max: 1 })
    const busy = createApi({
      database: pool,
      feed,
      clock: systemClock,
      logger: pino({ level: 'silent' }),
      corsOrigin: '*',
    })
    const held = await pool.pool.connect()
    pool.pool.options.connectionTimeoutMillis = 50
    await expectRetryable(busy)
    held.release()
    await pool.close()
    await expectRetryable(busy)
  })

  it('is told what is wrong with it nevertheless', async () => {
    const api = apiOf(`postgres://hilo:secret@127.0.0.1:${await refusedPort()}/hilo`)
    expect(codes(await post(api, { query: '{ shop {' }))).toEqual(['GRAPHQL_PARSE_FAILED'])
  })
})

/** An API of its own on the shop's database, with a pool as said. */
const apiWith = (options: Partial<DatabaseOptions>) => {
  const own = openDatabase({ url: database.config.connectionString!, ...options })
  closing.push(own.close)
  const api = createApi({
    database: own,
    feed,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    corsOrigin: '*',
  })
  return { api, own }
}

const accept = { accept: 'application/graphql-response+json' }
const READ = { query: '{ shop { code } }' }

/** Makes a category, under a key of its own. */
const createOf = (slug: string) => ({
  query: `mutation ($input: CategoryCreateInput!) { categoryCreate(input: $input) { replayed userErrors { code } } }`,
  variables: { input: { slug, name: { en: slug }, idempotencyKey: slug } },
})

describe('a request that the database cannot serve for now', () => {
  it('is refused at once when too many wait already, and the rest are answered', async () => {
    const { api, own } = apiWith({ max: 4, maxWaiting: 100 })
    const held = await Promise.all(Array.from({ length: 4 }, () => own.pool.connect()))
    // Each of them must look at least who it is from.
    const asking = Array.from({ length: 2_000 }, () => post(api, READ, { ...people.staff, ...accept }))
    await Promise.race(asking)
    const waiting = own.pool.waitingCount
    for (const client of held) client.release()
    const answers = await Promise.all(asking)
    const byStatus = Map.groupBy(answers, ({ status }) => status)
    expect(new Set(byStatus.keys())).toEqual(new Set([200, 503]))
    for (const answer of byStatus.get(503)!) {
      expect(answer.errors![0]!.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', retryable: true })
    }
    expect(waiting).toBe(100)
    expect((await post(api, READ, accept)).status).toBe(200)
    expect(own.pool).toMatchObject({ waitingCount: 0, idleCount: own.pool.totalCount })
  })

  it('is refused as retryable when a statement takes too long, and leaves nothing behind', async () => {
    const { api } = apiWith({ max: 2, statementTimeout: 100 })
    const staff = { ...people.staff, ...accept }
    const create = createOf('shelf-of-late')
    const held = await database.pool.connect()
    await held.query('begin; lock table category in access exclusive mode')
    const answer = await post(api, create, staff)
    await held.query('rollback')
    held.release()
    expect([answer.status, codes(answer)]).toEqual([503, ['SERVICE_UNAVAILABLE']])
    expect((await post(api, create, staff)).data).toMatchObject({ categoryCreate: { replayed: false } })
  })

  it('is refused as retryable while the disk is full: nothing is half-written, and reads go on', async () => {
    const { api } = apiWith({ max: 2 })
    const staff = { ...people.staff, ...accept }
    const create = createOf('shelf-of-full')
    // What Postgres says when a table cannot grow: the event is the last that a change writes.
    await database.pool.query(`
      create function no_space() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
      create trigger full_disk before insert on event execute function no_space();`)
    const answer = await post(api, create, staff)
    expect([answer.status, codes(answer)]).toEqual([503, ['SERVICE_UNAVAILABLE']])
    expect((await post(api, READ, accept)).status).toBe(200)
    const { rows } = await database.pool.query(`select from category where slug = 'shelf-of-full'
      union all select from idempotency where key = 'shelf-of-full'`)
    expect(rows).toEqual([])
    await database.pool.query('drop trigger full_disk on event')
    expect((await post(api, create, staff)).data).toMatchObject({ categoryCreate: { replayed: false } })
  })
})
