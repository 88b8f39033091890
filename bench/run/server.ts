import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApi } from '@hilo/api'
import { EDGE_OPERATIONS } from '@hilo/bridge/operations'
import { openDatabase, startEventFeed } from '@hilo/db'
import { systemClock } from '@hilo/kernel'
import { Client } from 'pg'
import { pino } from 'pino'
import type { ServerEnv } from '../scenario.ts'
import { scenarioNamed } from './scenarios.ts'
import { UNLIMITED } from './unlimited.ts'

/** What the bench says to the process of a rung. */
export type ToServer =
  | ({
      readonly kind: 'start'
      readonly url: string
      readonly scenario: string
      readonly rung: string
    } & Pick<ServerEnv, 'shop' | 'facts' | 'bytes'>)
  | { readonly kind: 'count' }
  /** Ends one rung of a process that serves several. */
  | { readonly kind: 'stop'; readonly port: number }

/** What the process has used since it began: CPU in microseconds, memory in bytes. */
export interface Counters {
  readonly cpu: number
  readonly statements: number
  readonly rss: number
}

/** What it answers. */
export type FromServer =
  | { readonly kind: 'listening'; readonly port: number }
  | ({ readonly kind: 'counted' } & Counters)
  | { readonly kind: 'stopped' }

let statements = 0

/** By port, how each rung that is served ends. */
const running = new Map<number, () => Promise<void>>()

/** Counts what goes to Postgres, whoever sends it; what only opens and closes a transaction is no statement. */
const countStatements = (): void => {
  const client = Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const send = client.query
  client.query = function (this: unknown, ...args: unknown[]): unknown {
    const [query] = args
    const text = typeof query === 'string' ? query : (query as { text?: string } | undefined)?.text
    if (!/^\s*(?:begin|start transaction|commit|rollback|savepoint|release)/i.test(text ?? ''))
      statements += 1
    return send.apply(this, args)
  }
}

const start = async ({
  url,
  scenario: name,
  rung: rungName,
  ...given
}: Extract<ToServer, { kind: 'start' }>): Promise<FromServer> => {
  const rung = (await scenarioNamed(name)).rungs[rungName]
  if (!rung?.serve) throw new Error(`${name} has no rung ${rungName} that serves`)
  const database = openDatabase({ url, name: `bench ${rungName}` })
  const feed = await startEventFeed(database)
  const logger = pino({ level: 'silent' })
  const api: ServerEnv['api'] = (options) =>
    createApi({
      database,
      feed,
      clock: systemClock,
      logger,
      corsOrigin: '*',
      limits: UNLIMITED,
      builtInOperations: EDGE_OPERATIONS,
      ...options,
    })
  const listener = await rung.serve({ ...given, database, feed, api })
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  running.set(port, async () => {
    server.close().closeAllConnections()
    await feed.close()
    await database.close()
  })
  return { kind: 'listening', port }
}

const stop = async (port: number): Promise<FromServer> => {
  await running.get(port)?.()
  running.delete(port)
  return { kind: 'stopped' }
}

const count = (): FromServer => {
  const { user, system } = process.cpuUsage()
  return { kind: 'counted', cpu: user + system, statements, rss: process.memoryUsage.rss() }
}

const answer = async (message: ToServer): Promise<FromServer> => {
  switch (message.kind) {
    case 'start':
      return start(message)
    case 'count':
      return count()
    case 'stop':
      return stop(message.port)
  }
}

countStatements()
process.on('message', (message: ToServer) => {
  answer(message).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.stack : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
