import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'
import { supervise } from './supervise.ts'

const MAJOR = '18'

/** A folder with a database cluster: where it is, who owns it, which programs serve it. */
export interface Cluster {
  /** The folder that holds `data`, `password`, `postgres.log`, `lock` and `owner`. */
  readonly home: string
  readonly binaries: string
  readonly account: Account | undefined
  /** False only for data that is thrown away: no fsync. */
  readonly durable: boolean
}

export const dataOf = (cluster: Cluster): string => join(cluster.home, 'data')

const passwordFile = (home: string): string => join(home, 'password')

/** The password of the cluster's one user, made with it. */
export const passwordOf = async (home: string): Promise<string> =>
  (await readFile(passwordFile(home), 'utf8')).trim()

const runInitdb = async (cluster: Cluster, draft: string): Promise<void> => {
  const { home, binaries, account, durable } = cluster
  const password = await open(passwordFile(home), 'r')
  const log = await open(join(home, 'initdb.log'), 'w')
  const command = [
    join(binaries, 'initdb'),
    `--pgdata=${draft}`,
    '--username=hilo',
    // The open file rather than its path: the folder may be closed to the server's account.
    '--pwfile=/dev/fd/4',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ]
  const code = await supervise({ command, output: log.fd, account, files: [password.fd] }).exited
  await Promise.all([password.close(), log.close()])
  if (code === 0) return
  const reason = await readFile(join(home, 'initdb.log'), 'utf8')
  throw new EmbeddedPostgresError(
    'INIT_FAILED',
    `The database could not be created in ${home}:\n${reason.trim()}`,
  )
}

/** True when the folder has a cluster; throws `WRONG_VERSION` for one of another Postgres. */
const exists = async (data: string): Promise<boolean> => {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined || version.trim() === MAJOR) return version !== undefined
  throw new EmbeddedPostgresError(
    'WRONG_VERSION',
    `${data} was made by Postgres ${version.trim()}, this is ${MAJOR}: dump it with the older version, then import it here`,
  )
}

/** Makes the cluster unless it is there. It appears by a rename when complete: a start cut short leaves none behind. */
export const ensureCluster = async (cluster: Cluster, log: (line: string) => void): Promise<void> => {
  const { home, account } = cluster
  if (await exists(dataOf(cluster))) return
  log('Creating the database (first start) …')
  const leftovers = (await readdir(home)).filter((name) => name.startsWith('init-'))
  await Promise.all(
    leftovers.map((name) => rm(join(home, name), { recursive: true, force: true, maxRetries: 3 })),
  )
  await writeFile(passwordFile(home), randomBytes(24).toString('base64url'), { mode: 0o600 })
  const draft = await mkdtemp(join(home, 'init-'))
  if (account) {
    await chown(passwordFile(home), account.uid, account.gid)
    await chown(draft, account.uid, account.gid)
  }
  await runInitdb(cluster, draft)
  await rename(draft, dataOf(cluster))
}
