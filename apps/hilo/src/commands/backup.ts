import { stat } from 'node:fs/promises'
import { storageKeys } from '@hilo/catalog'
import { systemClock } from '@hilo/kernel'
import type { Database } from '@hilo/db'
import { checkArchive, writeArchive, type Frame } from '../backup/archive.ts'
import { dumpDatabase } from '../backup/dump-database.ts'
import { copyEdgeStore, restoreEdgeStore, takeEdgeFolder } from '../backup/edge-store.ts'
import { restoreDatabase } from '../backup/restore-database.ts'
import { dumpFiles, restoreFiles } from '../backup/stored-files.ts'
import type { Config } from '../config.ts'
import { assetFolder } from '../start/asset-storage.ts'
import { digitalFolder } from '../start/files.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { say, withDatabase } from './with-database.ts'

/** What `hilo backup` and `hilo restore` take. */
export const BACKUP_OPTIONS = ['to'] as const
export const RESTORE_OPTIONS = ['from', 'replace', 'only'] as const

type Archive = Awaited<ReturnType<typeof checkArchive>>

type Options<Names extends readonly string[]> = Readonly<Record<Names[number], string | undefined>>

async function* framesOf(
  config: Config,
  database: Database,
  store: Awaited<ReturnType<typeof copyEdgeStore>>,
): AsyncGenerator<Frame> {
  yield* dumpDatabase(database, systemClock())
  if (store) {
    yield { kind: 'store', value: { name: 'edge' } }
    for await (const chunk of store.read()) yield { kind: 'data', value: chunk as Buffer }
  }
  // After the database: what it names is there, unless it was deleted meanwhile.
  yield* dumpFiles(config, await namedKeys(database))
}

const LIST = new Intl.ListFormat('en')

const files = (count: number, before: string, behind = ''): string[] =>
  count > 0 ? [`${count} ${before}${count === 1 ? 'file' : 'files'}${behind}`] : []

const contents = ({ tables, uploads, digital }: Omit<Archive, 'header' | 'hasStore'>): string[] => [
  `${tables.length} tables`,
  ...files(uploads, 'uploaded '),
  ...files(digital.size, '', ' of digital products'),
]

const STORE = "the edge's store"

/** Names of missing files that are told at most. */
const MAX_TOLD = 10

/** The keys of files that products name; none when the tables are of a version that knew no such files. */
const namedKeys = async ({ kysely }: Database): Promise<readonly string[]> => {
  try {
    return await storageKeys(kysely)
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === '42P01') return []
    throw error
  }
}

/** What a shop has and its backup has not, in words. */
const lacks = (config: Config, named: readonly string[], { digital }: Archive): string[] => {
  const missing = named.filter((key) => !digital.has(key))
  const more = missing.length > MAX_TOLD ? ` and ${missing.length - MAX_TOLD} more` : ''
  const inBucket = 'what was uploaded, which is in the bucket of HILO_S3_URL: back that up by its own means.'
  const told = missing.slice(0, MAX_TOLD).join(', ') + more
  const notThere = `files of digital products that are not in ${digitalFolder(config)}: ${told}`
  return [...(config.s3Url ? [inBucket] : []), ...(missing.length > 0 ? [notThere] : [])]
}

/** `hilo backup`: the database as it is at one moment, the edge's store from just before, and the files of this machine, in one file. */
export const backUp = async (config: Config, { to }: Options<typeof BACKUP_OPTIONS>): Promise<void> => {
  if (!to) throw new UserFacingError('Say where: hilo backup --to shop.backup')
  await withDatabase(config, async (database) => {
    // Before the database: a store that knows less than the log catches up, one that knows more would miss events.
    const store = await copyEdgeStore(config)
    try {
      await writeArchive(to, framesOf(config, database, store))
    } finally {
      await store?.remove()
    }
    const archive = await checkArchive(to)
    const { size } = await stat(to)
    const what = LIST.format([...contents(archive), ...(store ? [STORE] : [])])
    say(`${to}: ${what}, ${size} bytes, read back and sound.`)
    for (const lacking of lacks(config, await namedKeys(database), archive)) say(`Not in it: ${lacking}`)
  })
}

/** `hilo restore`: fills an empty database, the folders of files, and the edge's, from a backup. */
export const restore = async (config: Config, options: Options<typeof RESTORE_OPTIONS>): Promise<void> => {
  const { from: path, only } = options
  if (!path) throw new UserFacingError('Say from where: hilo restore --from shop.backup')
  if (only && only !== 'database' && only !== 'edge')
    throw new UserFacingError('--only takes database or edge; without it both are restored.')
  const replace = options.replace === 'true'
  const archive = await checkArchive(path)
  const { header, hasStore, uploads } = archive
  if (only === 'edge' && !hasStore) throw new UserFacingError(`${path} holds no store of an edge.`)
  const withStore = only !== 'database' && hasStore
  // Before anything is written, so that a folder that cannot be had leaves the database as it is.
  const letGo = withStore ? takeEdgeFolder(config, replace) : undefined
  try {
    if (only !== 'edge') {
      await withDatabase(config, (database) => restoreDatabase(database, { path, header, replace }))
      await restoreFiles(config, path)
    }
    if (withStore) await restoreEdgeStore(config, path)
  } finally {
    letGo?.()
  }
  const what = [...(only === 'edge' ? [] : contents(archive)), ...(withStore ? [STORE] : [])]
  say(`Restored ${LIST.format(what)} as of ${header.madeAt}.`)
  if (config.s3Url && only !== 'edge' && uploads > 0)
    say(
      `The uploaded files are in ${assetFolder(config)}: copy them into the bucket of HILO_S3_URL, where the shop reads them.`,
    )
}
