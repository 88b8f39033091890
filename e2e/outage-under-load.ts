import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@hilo/client'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@hilo/db'
import { Client } from 'pg'
import { buyOnTheWeb, buyWithDevice, type Buyer, type Ledger } from './buyers.ts'
import { startHilo } from './hilo-process.ts'
import { compare, grown, settled } from './kill-under-load.ts'
import { openShop } from './load-shop.ts'

interface Proof {
  /** An empty folder. */
  readonly dir: string
  /** How often Postgres is stopped; every second time at once, so that it has to recover. */
  readonly cycles: number
  readonly log: (line: string) => void
}

/** What a proof has seen. */
export interface Outages {
  readonly purchases: number
  readonly placed: number
  /** Tries of buyers that were told to come again, or got no answer. */
  readonly again: number
  readonly reads: { readonly answered: number; readonly refused: number }
  /** Orders that a live query was told of, over all outages. */
  readonly heard: number
  /** Memory of the process in MB, before the first outage and after the last. */
  readonly memory: readonly [number, number]
  /** Connections to the database at the end. */
  readonly connections: number
}

const DEVICES = 2
const CUSTOMERS = 3
/** How many more acknowledgements to wait for before the next outage. */
const PER_CYCLE = 20
const AWAY_MS = 300
/** Slow enough for the bucket of a guest. */
const READ_EVERY_MS = 100
const CAUGHT_UP_WITHIN_MS = 30_000
/** The pool, the connection that listens, and one to spare. */
const CONNECTIONS = 12
const GROWTH_MB = 200

/** Reads all the time; whatever is not an answer must say that it may be sent again. */
const readAllTheTime = (web: string, ledger: Pick<Ledger, 'isOver'>) => {
  const reads = { answered: 0, refused: 0 }
  const once = async (): Promise<void> => {
    const response = await fetch(`${web}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        // A guest with a cart gets no remembered answer: each read needs the database.
        'hilo-cart-token': randomUUID(),
      },
      body: JSON.stringify({ query: '{ products(first: 3) { nodes { name } } }' }),
    })
    const { errors } = (await response.json()) as { errors?: { extensions: object }[] }
    if (!errors) return void (reads.answered += 1)
    const said = JSON.stringify([response.status, response.headers.get('retry-after'), errors[0]!.extensions])
    if (said !== '[503,"1",{"code":"SERVICE_UNAVAILABLE","retryable":true}]')
      throw new Error(`A read was answered with ${said}`)
    reads.refused += 1
  }
  const reading = async (): Promise<void> => {
    while (!ledger.isOver) {
      await once()
      await delay(READ_EVERY_MS)
    }
  }
  const done = reading()
  done.catch(() => undefined)
  return { reads, done }
}

/** Listens to all orders as staff, with a client that resumes behind the last event. */
const listenToOrders = (web: string, token: string) => {
  const client = createClient({ url: `${web}/graphql`, auth: { get: () => token } })
  const heard = new Set<string>()
  const ending = new AbortController()
  const open = Promise.withResolvers<void>()
  const listen = async (): Promise<void> => {
    const changes = client.subscribe<
      { orderChanged: { eventId: string; order: { id: string } } },
      { after?: string }
    >(
      'subscription ($after: String) { orderChanged(after: $after) { eventId order { id } } }',
      {},
      { signal: ending.signal, onOpen: () => open.resolve() },
    )
    for await (const { orderChanged } of changes) heard.add(orderChanged.order.id)
  }
  const done = listen()
  done.catch(open.reject)
  return { heard, open: open.promise, done, end: () => ending.abort() }
}

const memoryOf = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

const stopFor = async (server: EmbeddedPostgres, { atOnce }: { atOnce: boolean }): Promise<void> => {
  if (!atOnce) return server.stop()
  process.kill(server.pid, 'SIGQUIT')
  await server.exited
}

/** Waits until no durable consumer has an order before it that it has not read, and counts Hilo's connections. */
const whenWorked = async (url: string): Promise<number> => {
  const client = new Client(url)
  await client.connect()
  const until = performance.now() + CAUGHT_UP_WITHIN_MS
  try {
    for (;;) {
      const { rows } = await client.query<{ behind: number; connections: number }>(`select
        (select count(*)::int from event left join event_consumer as consumer on consumer.name = 'notifications'
          where event.type = 'OrderPlaced.v1'
            and (consumer.name is null or (event.tx, event.id) > (consumer.tx, consumer.event_id))) as behind,
        (select count(*)::int from pg_stat_activity where application_name like 'hilo:%') as connections`)
      const { behind, connections } = rows[0]!
      if (behind === 0) return connections
      if (performance.now() > until) throw new Error(`The worker is ${behind} orders behind`)
      await delay(READ_EVERY_MS)
    }
  } finally {
    await client.end()
  }
}

/**
 * Stops Postgres beneath a running Hilo again and again while customers and devices buy, and throws when anything
 * acknowledged is lost or done twice, when anything but a retryable refusal is answered, when live queries miss an
 * order, when the worker does not go on, or when connections or memory leak.
 */
export const proveOutage = async ({ dir, cycles, log }: Proof): Promise<Outages> => {
  const dataDir = join(dir, 'postgres')
  await Promise.all([mkdir(dataDir), mkdir(join(dir, 'hilo'))])
  let server = await startEmbeddedPostgres({ dataDir })
  const hilo = await startHilo(join(dir, 'hilo'), { env: { DATABASE_URL: server.url } })
  const { staffToken, devices, customers } = await openShop(hilo, { devices: DEVICES, customers: CUSTOMERS })
  const ledger: Ledger = { purchases: new Map(), placed: new Map(), cut: 0, isOver: false, changed: () => {} }
  const live = listenToOrders(hilo.web, staffToken)
  await live.open
  const buyers: Buyer[] = [
    ...(await Promise.all(devices.map((device) => buyWithDevice(hilo, device, ledger)))),
    ...customers.map((customer) => buyOnTheWeb(hilo, customer, ledger)),
  ]
  const reader = readAllTheTime(hilo.web, ledger)
  const failed = Promise.all([...buyers.map(({ done }) => done), reader.done, live.done])
  failed.catch(() => undefined)
  try {
    await Promise.race([grown(ledger, PER_CYCLE), failed])
    const before = await memoryOf(hilo.child.pid!)
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const atOnce = cycle % 2 === 0
      await stopFor(server, { atOnce })
      await delay(AWAY_MS)
      server = await startEmbeddedPostgres({ dataDir, port: server.port })
      await Promise.race([grown(ledger, PER_CYCLE), failed])
      log(`outage ${cycle}${atOnce ? ' (at once)' : ''}: ${ledger.cut} tries were made again so far`)
    }
    ledger.isOver = true
    await settled(buyers)
    await reader.done
    await compare(hilo, { ledger, staffToken })
    const connections = await whenWorked(server.url)
    const orders = [...[...ledger.purchases.values()].map(({ order }) => order), ...ledger.placed.values()]
    const after = await memoryOf(hilo.child.pid!)
    const wrong = [
      hilo.child.exitCode !== null && 'Hilo has ended',
      orders.some((id) => !live.heard.has(id!)) && 'a live query missed an order',
      connections > CONNECTIONS && `${connections} connections are open`,
      after - before > GROWTH_MB && `memory grew from ${before} to ${after} MB`,
      reader.reads.refused === 0 && 'no read was refused, so nothing was tried',
    ].filter(Boolean)
    if (wrong.length > 0) throw new Error(`After the outages: ${wrong.join('; ')}.`)
    return {
      purchases: ledger.purchases.size,
      placed: ledger.placed.size,
      again: ledger.cut,
      reads: reader.reads,
      heard: live.heard.size,
      memory: [Math.round(before), Math.round(after)],
      connections,
    }
  } finally {
    ledger.isOver = true
    live.end()
    await Promise.all(buyers.map(({ close }) => close()))
    await hilo.stop()
    await server.stop()
  }
}
