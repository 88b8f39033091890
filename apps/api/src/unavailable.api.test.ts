import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { openDatabase } from '@hilo/db'
import { systemClock } from '@hilo/kernel'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { createApi } from './create-api.ts'
import { codes, createTestShop, post } from './testing/shop.ts'

const { database } = await createTestShop()
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
    pool.pool.options.connectionTimeoutMillis = 50
    const held = await pool.pool.connect()
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
