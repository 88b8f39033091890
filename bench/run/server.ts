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
  | { readonly kind: 'failed'; readonly reason: string }

let statements = 0

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
}: Extract<ToServer, { kind: 'start' }>): Promise<number> => {
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
  return (server.address() as AddressInfo).port
}

const say = (message: FromServer): void => void process.send?.(message)

const count = (): FromServer => {
  const { user, system } = process.cpuUsage()
  return { kind: 'counted', cpu: user + system, statements, rss: process.memoryUsage.rss() }
}

countStatements()
process.on('message', (message: ToServer) => {
  if (message.kind === 'count') say(count())
  else
    start(message).then(
      (port) => say({ kind: 'listening', port }),
      (error: unknown) =>
        say({ kind: 'failed', reason: error instanceof Error ? error.stack! : String(error) }),
    )
})
process.on('disconnect', () => process.exit(0))
