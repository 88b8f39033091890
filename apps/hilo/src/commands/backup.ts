import { stat } from 'node:fs/promises'
import { systemClock } from '@hilo/kernel'
import type { Database } from '@hilo/db'
import { dumpAssets, restoreAssets } from '../backup/asset-files.ts'
import { checkArchive, writeArchive, type Frame } from '../backup/archive.ts'
import { dumpDatabase } from '../backup/dump-database.ts'
import { copyEdgeStore, restoreEdgeStore, takeEdgeFolder } from '../backup/edge-store.ts'
import { restoreDatabase } from '../backup/restore-database.ts'
import type { Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { say, withDatabase } from './with-database.ts'

/** What `hilo backup` and `hilo restore` take. */
export const BACKUP_OPTIONS = ['to'] as const
export const RESTORE_OPTIONS = ['from', 'replace', 'only'] as const

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
  yield* dumpAssets(config)
}

/** `hilo backup`: the database as it is at one moment, the edge's store from just before, and what was uploaded, in one file. */
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
    const { tables, files } = await checkArchive(to)
    const { size } = await stat(to)
    say(
      `${to}: ${tables.length} tables${files ? `, ${files} uploaded files` : ''}${store ? " and the edge's store" : ''}, ${size} bytes, read back and sound.`,
    )
  })
}

/** `hilo restore`: fills an empty database, and the edge's folder, from a backup. */
export const restore = async (config: Config, options: Options<typeof RESTORE_OPTIONS>): Promise<void> => {
  const { from: path, only } = options
  if (!path) throw new UserFacingError('Say from where: hilo restore --from shop.backup')
  if (only && only !== 'database' && only !== 'edge')
    throw new UserFacingError('--only takes database or edge; without it both are restored.')
  const replace = options.replace === 'true'
  const { header, tables, hasStore } = await checkArchive(path)
  if (only === 'edge' && !hasStore) throw new UserFacingError(`${path} holds no store of an edge.`)
  const withStore = only !== 'database' && hasStore
  // Before anything is written, so that a folder that cannot be had leaves the database as it is.
  const letGo = withStore ? takeEdgeFolder(config, replace) : undefined
  try {
    if (only !== 'edge') {
      await withDatabase(config, (database) => restoreDatabase(database, { path, header, replace }))
      await restoreAssets(config, path)
    }
    if (withStore) await restoreEdgeStore(config, path)
  } finally {
    letGo?.()
  }
  const what = [
    only === 'edge' ? undefined : `${tables.length} tables`,
    withStore ? "the edge's store" : undefined,
  ]
  say(`Restored ${what.filter(Boolean).join(' and ')} as of ${header.madeAt}.`)
}
