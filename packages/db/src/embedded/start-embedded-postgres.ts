import { open, readFile, rename, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { accountFor, homeFor } from './account.ts'
import { binariesFor } from './binaries.ts'
import { type Cluster, dataOf, ensureCluster, passwordOf } from './cluster.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { lockFolder } from './folder-lock.ts'
import { freePort, isPortFree } from './free-port.ts'
import { endOrphan, readPostmaster } from './postmaster.ts'
import { serverSettings } from './settings.ts'
import { supervise, type Supervised } from './supervise.ts'

export interface EmbeddedPostgresOptions {
  /** Folder of the database; made when missing. Everything the server knows is in it. */
  readonly dataDir: string
  /** Port on 127.0.0.1. Default: any free one. */
  readonly port?: number
  /** Hears what happens, one line at a time. */
  readonly log?: (line: string) => void
  /** False for data that is thrown away: faster, and lost with the machine's power. Default true. */
  readonly durable?: boolean
}

/** A running server of our own. */
export interface EmbeddedPostgres {
  /** With the password in it: not for logs. */
  readonly url: string
  readonly pid: number
  readonly port: number
  /** Resolves when the server ends, for whatever reason. */
  readonly exited: Promise<number>
  /** Ends the server, and with it every connection. */
  readonly stop: () => Promise<void>
}

const DATABASE = 'hilo'
const LOG_LIMIT = 10_000_000
const READY_WITHIN_MS = 120_000

const urlOf = (port: number, password: string, database: string): string =>
  `postgres://hilo:${password}@127.0.0.1:${port}/${database}`

const openLog = async (home: string) => {
  const path = join(home, 'postgres.log')
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  )
  if (size > LOG_LIMIT) await rename(path, `${path}.1`)
  return { path, from: size > LOG_LIMIT ? 0 : size, file: await open(path, 'a') }
}

interface Started {
  readonly server: Supervised
  readonly pid: number
}

/** Starts the server on a port and waits until it takes connections; throws `START_FAILED` with its own words. */
const launch = async (cluster: Cluster, port: number): Promise<Started> => {
  const data = dataOf(cluster)
  const before = await readPostmaster(data)
  const log = await openLog(cluster.home)
  const command = [join(cluster.binaries, 'postgres'), '-D', data, ...serverSettings(port, cluster.durable)]
  const server = supervise({ command, output: log.file.fd, account: cluster.account })
  await log.file.close()
  const watch = { exited: false }
  void server.exited.then(() => (watch.exited = true))
  // Postgres tells that it is ready in postmaster.pid only; pg_ctl looks there too.
  for (let waited = 0; !watch.exited && waited < READY_WITHIN_MS; waited += 5) {
    const now = await readPostmaster(data)
    const isOurs = now?.port === port && (now.pid !== before?.pid || now.startedAt !== before.startedAt)
    if (isOurs && now.ready) return { server, pid: now.pid }
    await delay(5)
  }
  await server.stop()
  const said = (await readFile(log.path)).subarray(log.from).toString().trim()
  throw new EmbeddedPostgresError('START_FAILED', `The database server did not start:\n${said}`)
}

const launchSomewhere = async (cluster: Cluster, wanted: number | undefined) => {
  if (wanted && !(await isPortFree(wanted)))
    throw new EmbeddedPostgresError(
      'PORT_TAKEN',
      `Port ${wanted} is taken: choose another one for the database`,
    )
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort())
    try {
      return { ...(await launch(cluster, port)), port }
    } catch (error) {
      // Between finding and using it somebody may have taken the port.
      if (wanted || attempt === 3 || (await isPortFree(port))) throw error
    }
  }
}

const ensureDatabase = async (port: number, password: string): Promise<void> => {
  const client = new Client({ connectionString: urlOf(port, password, 'postgres') })
  // A connection that breaks fails its query; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

const start = async (
  cluster: Cluster,
  { port: wanted, log }: { port?: number; log: (line: string) => void },
) => {
  await endOrphan(dataOf(cluster), { account: cluster.account, log })
  await ensureCluster(cluster, log)
  const password = await passwordOf(cluster.home)
  const { server, pid, port } = await launchSomewhere(cluster, wanted)
  try {
    await ensureDatabase(port, password)
  } catch (error) {
    await server.stop()
    throw error
  }
  server.unref()
  log(`The database runs on 127.0.0.1:${port}`)
  return { server, pid, port, url: urlOf(port, password, DATABASE) }
}

/**
 * Starts the Postgres server that comes with npm as a child of this process, which it cannot outlive; an orphan of a
 * process that was killed is ended first. Throws `EmbeddedPostgresError`.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const { port, durable = true, log = () => undefined } = options
  const dataDir = resolve(options.dataDir)
  const account = await accountFor(dataDir)
  const binaries = await binariesFor(account)
  const home = await homeFor(dataDir, { account, log })
  const unlock = lockFolder(home)
  try {
    const { server, ...running } = await start({ home, binaries, account, durable }, { port, log })
    const exited = server.exited.finally(unlock)
    return {
      ...running,
      exited,
      stop: async () => {
        await server.stop()
        await exited
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
