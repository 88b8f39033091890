import { createApi } from '@hilo/api'
import { createTestCart } from '@hilo/carts/testing'
import { channelByCode } from '@hilo/channels'
import { command, type Context, type Database, openDatabase } from '@hilo/db'
import { encodeId, GUEST, newId, type Result, SYSTEM, systemClock, type Uuid } from '@hilo/kernel'
import { Client } from 'pg'
import { pino } from 'pino'
import type { Figures, MeasureEnv } from '../scenario.ts'
import { UNLIMITED } from './unlimited.ts'

/** A statement as it was sent. */
interface Sent {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** A guest's cart that is ready to be ordered. */
export interface BenchCart {
  readonly cartId: Uuid
  readonly headers: Readonly<Record<string, string>>
  /** The guest, on the database of the bench. */
  readonly ctx: Context
}

const CHANNEL = 'web-eu'
/** Of so many variants in the order of SKUs, one is taken. */
const SPREAD = 3
const PLENTY = 1_000_000

/** The system in the first channel of the shop. */
export const benchContext = async ({ database }: Pick<MeasureEnv, 'database'>): Promise<Context> => ({
  db: database.kysely,
  actor: SYSTEM,
  channel: (await channelByCode(database.kysely, CHANNEL))!,
  locale: 'en',
  now: systemClock,
  correlationId: 'bench',
})

/** A variant with stock that does not end. */
export interface BenchVariant {
  readonly id: Uuid
  readonly sku: string
}

/** So many variants of the shop, spread over it, the same at every call; they get stock that does not end. */
export const someVariants = async (
  { database: { kysely: db } }: Pick<MeasureEnv, 'database'>,
  count: number,
): Promise<BenchVariant[]> => {
  const all = await db
    .selectFrom('variant')
    .select(['id', 'sku'])
    .orderBy('sku')
    .limit(count * SPREAD)
    .execute()
  const chosen = all.filter((_, index) => index % SPREAD === 0)
  await db
    .updateTable('stock')
    .set({ on_hand: PLENTY })
    .where(
      'variant_id',
      'in',
      chosen.map(({ id }) => id),
    )
    .where('on_hand', '<', PLENTY)
    .execute()
  return chosen
}

/** Carts of different guests, each with the lines of its turn. */
export const benchCarts = async (
  ctx: Context,
  count: number,
  linesOf: (index: number) => readonly BenchVariant[],
): Promise<BenchCart[]> => {
  const carts: BenchCart[] = []
  for (let index = 0; index < count; index += 1) {
    const cart = await createTestCart(
      { ...ctx, actor: GUEST },
      {
        email: `guest-${index}@bench.test`,
        lines: linesOf(index).map(({ id }) => ({ variantId: id, quantity: 1 })),
      },
    )
    carts.push({
      cartId: cart.cartId,
      headers: { 'hilo-channel': CHANNEL, 'hilo-cart-token': cart.token! },
      ctx: cart.ctx,
    })
  }
  return carts
}

interface Mutation {
  readonly input: object
  readonly headers: Readonly<Record<string, string>>
  /** The fields that are asked for beside refusals. */
  readonly answer?: string
}

/** Our API on a pool of its own, asked without a network between; every answer must be without errors. */
export const openApi = (url: string) => {
  const database: Database = openDatabase({ url, name: 'bench-writes' })
  const api = createApi({
    database,
    feed: undefined as never,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    corsOrigin: '*',
    limits: UNLIMITED,
    // What is measured is the mutation, not how its text is found.
    persistedOnly: [],
  })
  const mutate = async (
    field: string,
    { input, headers, answer: fields = 'replayed' }: Mutation,
  ): Promise<void> => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`
    const answer = await api.fetch('http://bench/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        query: `mutation ($input: ${type}!) { ${field}(input: $input) { ${fields} userErrors { code message } } }`,
        variables: { input: { ...input, idempotencyKey: newId() } },
      }),
    })
    const text = await answer.text()
    const { data } = JSON.parse(text) as { data?: Record<string, { userErrors: object[] }> | null }
    if (!data || data[field]!.userErrors.length > 0) throw new Error(`${field} was answered with ${text}`)
  }
  return { mutate, close: database.close }
}

/**
 * Does everything once, so many at a time, each client the next as soon as the last is done; times in milliseconds. The
 * first tenth is not counted: connections are opened and statements prepared by it.
 */
export const inClients = async <T>(
  items: readonly T[],
  clients: number,
  run: (item: T, client: number) => Promise<unknown>,
): Promise<Figures> => {
  const times: number[] = []
  const warm = Math.ceil(items.length / 10)
  const work = async (part: Iterable<T>): Promise<void> => {
    const client = async (_: unknown, number: number): Promise<void> => {
      for (const item of part) {
        const from = performance.now()
        await run(item, number)
        times.push(performance.now() - from)
      }
    }
    await Promise.all(Array.from({ length: clients }, client))
  }
  await work(items.slice(0, warm).values())
  times.length = 0
  const startedAt = performance.now()
  await work(items.slice(warm).values())
  const perSecond = (times.length * 1_000) / (performance.now() - startedAt)
  const sorted = times.toSorted((a, b) => a - b)
  return { perSecond, p50: sorted[sorted.length >> 1]!, p99: sorted[Math.floor(sorted.length * 0.99)]! }
}

/** A command of the plain script: who asks for what. */
interface Recording {
  readonly ctx: Context
  readonly operation: string
  readonly input: object
  readonly run: (ctx: Context) => Promise<Result<unknown>>
}

/** Ends a transaction that was only recorded. */
class Recorded extends Error {}

const takenBack = async (db: Database['kysely'], { ctx, run, ...request }: Recording): Promise<void> => {
  try {
    await command({ ...ctx, db }, { ...request, idempotencyKey: newId() }, async (inner) => {
      const result = await run(inner)
      if (!result.ok) throw new Error(result.error.code)
      throw new Recorded()
    })
  } catch (error) {
    if (!(error instanceof Recorded)) throw error
  }
}

/**
 * What a command sends for each item between `begin` and `commit`, but for the answer that is stored with the commit.
 * Nothing of it stays, so that a plain script can send it again.
 */
export const recordCommands = async <T>(
  url: string,
  items: readonly T[],
  of: (item: T) => Recording,
): Promise<Sent[][]> => {
  let sent: Sent[] = []
  const database = openDatabase({
    url,
    max: 1,
    log: ({ level, query }) => {
      if (level === 'query' && !/^(?:begin|commit|rollback)/.test(query.sql))
        sent.push({ sql: query.sql, parameters: query.parameters })
    },
  })
  const all: Sent[][] = []
  for (const item of items) {
    sent = []
    await takenBack(database.kysely, of(item))
    all.push(sent)
  }
  await database.close()
  return all
}

/** Sends recorded statements, prepared, each list in a transaction, over one connection for each client. */
export const replay = async (
  url: string,
  work: readonly (readonly Sent[])[],
  clients: number,
): Promise<Figures> => {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client(url)
      await client.connect()
      return client
    }),
  )
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    if (!names.has(text)) names.set(text, `plain_${names.size}`)
    return names.get(text)!
  }
  try {
    return await inClients(work, clients, async (statements, number) => {
      const client = connections[number]!
      await client.query('begin')
      for (const { sql: text, parameters } of statements)
        await client.query({ name: nameOf(text), text, values: [...parameters] })
      await client.query('commit')
    })
  } finally {
    await Promise.all(connections.map((client) => client.end()))
  }
}

/** The public id of a cart. */
export const cartIdOf = ({ cartId }: BenchCart): string => encodeId('cart', cartId)
