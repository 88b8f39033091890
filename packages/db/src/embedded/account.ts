import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, realpath, rmdir, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-error.ts'

const run = promisify(execFile)

/** Whom the server runs as when we are root, because Postgres refuses root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** True when the command ends well for that account. */
export const succeedsAs = async (
  account: Account | undefined,
  command: readonly string[],
): Promise<boolean> => {
  const [program, ...args] = command
  return run(program!, args, { ...account, cwd: '/', env: { LC_ALL: 'C' } }).then(
    () => true,
    () => false,
  )
}

const lookUp = async (name: string): Promise<Account | undefined> => {
  const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined)
  return ids && { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) }
}

const ownerOf = async (folder: string): Promise<Account | undefined> =>
  stat(folder).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  )

/** The account the server gets: ourselves (`undefined`), or as root the data's owner, else `postgres` or `nobody`. */
export const accountFor = async (dataDir: string): Promise<Account | undefined> => {
  const owner = await ownerOf(join(dataDir, 'data'))
  const self = process.getuid?.()
  if (self !== 0) {
    if (owner && self !== undefined && owner.uid !== self)
      throw new EmbeddedPostgresError(
        'FOLDER_NOT_USABLE',
        `The database in ${dataDir} belongs to user ${owner.uid}: start as that user (or root), or use another folder`,
      )
    return undefined
  }
  const account = owner && owner.uid !== 0 ? owner : ((await lookUp('postgres')) ?? (await lookUp('nobody')))
  if (account) return account
  throw new EmbeddedPostgresError(
    'FOLDER_NOT_USABLE',
    'Postgres does not run as root and there is no user `postgres` or `nobody`: start as another user',
  )
}

const canEnter = (account: Account, folder: string) =>
  succeedsAs(account, ['/bin/sh', '-c', 'cd "$1"', 'sh', folder])

/**
 * The real folder of the database, made when missing. As root below a private folder (`/root`), where the server's
 * account cannot go, it is a folder in `/var/lib/hilo` and `dataDir` becomes a link to it.
 */
export const homeFor = async (
  dataDir: string,
  { account, log }: { account: Account | undefined; log: (line: string) => void },
): Promise<string> => {
  const made = await mkdir(dataDir, { recursive: true }).catch((error: Error) => {
    throw new EmbeddedPostgresError('FOLDER_NOT_USABLE', `${dataDir} cannot be made: ${error.message}`, {
      cause: error,
    })
  })
  if (made) await chmod(dataDir, 0o755)
  const home = await realpath(dataDir)
  if (!account || (await canEnter(account, home))) return home
  if ((await readdir(home)).length > 0)
    throw new EmbeddedPostgresError(
      'FOLDER_NOT_USABLE',
      `${home} cannot be entered by the server's user ${account.uid}: use a folder outside of private ones`,
    )
  await mkdir('/var/lib/hilo', { recursive: true, mode: 0o755 })
  const elsewhere = await mkdtemp('/var/lib/hilo/postgres-')
  await chmod(elsewhere, 0o755)
  await rmdir(home)
  await symlink(elsewhere, dataDir)
  log(`${dataDir} is private, and Postgres does not run as root: the database is in ${elsewhere}`)
  return elsewhere
}
