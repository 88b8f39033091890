import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openStore } from '@hilo/store'
import type { Config } from '../config.ts'
import { takeDataFolder } from '../start/data-folder.ts'
import { edgeKeyFile } from '../start/edge-key.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { readArchive } from './archive.ts'

const storeFile = (dataDir: string): string => join(dataDir, 'edge', 'store.sqlite')

/** Has a running edge write a copy; it alone may read its store. */
const download = async ({ edgeUrl, edgeKey, dataDir }: Config, path: string): Promise<void> => {
  const key = edgeKey ?? (await readFile(edgeKeyFile(dataDir), 'utf8').catch(() => '')).trim()
  const response = await fetch(new URL('/edge/store', edgeUrl), {
    headers: { authorization: `Bearer ${key}` },
  }).catch((error: unknown) => {
    throw new UserFacingError(`The edge at ${edgeUrl} does not answer: ${String(error)}`)
  })
  if (!response.ok || !response.body)
    throw new UserFacingError(
      `The edge at ${edgeUrl} gave no copy of its store (${response.status}): is HILO_EDGE_KEY its key?`,
    )
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(path, { mode: 0o600 }))
}

const copyResting = async (file: string, path: string): Promise<void> => {
  try {
    const store = openStore({ path: file })
    store.copyTo(path)
    await store.close()
  } catch (error) {
    throw new UserFacingError(
      `${error instanceof Error ? error.message : String(error)}. Where an edge runs on it, name its address: --edge-url (EDGE_URL).`,
    )
  }
}

/** A copy of the edge's store in a temporary file, or nothing when this place knows of no edge. */
export const copyEdgeStore = async (config: Config) => {
  const resting = storeFile(config.dataDir)
  if (!config.edgeUrl && !existsSync(resting)) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'hilo-backup-'))
  const path = join(folder, 'store.sqlite')
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    if (config.edgeUrl) await download(config, path)
    else await copyResting(resting, path)
  } catch (error) {
    await remove()
    throw error
  }
  return { read: () => createReadStream(path), remove }
}

/**
 * Takes the data folder, so that no edge runs on it; refuses one that has a store, unless that may be replaced. Gives how
 * to let go of it.
 */
export const takeEdgeFolder = ({ dataDir }: Config, replace: boolean): (() => void) => {
  const target = storeFile(dataDir)
  if (existsSync(target) && !replace)
    throw new UserFacingError(`${target} is there already. Say --replace true to delete it.`)
  return takeDataFolder(dataDir)
}

/** Puts the edge's store of a checked archive where an edge of this data folder, which is taken, finds it. */
export const restoreEdgeStore = async ({ dataDir }: Config, path: string): Promise<void> => {
  const target = storeFile(dataDir)
  await mkdir(dirname(target), { recursive: true })
  // What SQLite keeps beside the file belongs to the one that was there.
  for (const end of ['', '-wal', '-shm']) await rm(target + end, { force: true })
  const bytes = async function* (): AsyncGenerator<Buffer> {
    let isStore = false
    for await (const frame of readArchive(path)) {
      if (frame.kind !== 'data') isStore = frame.kind === 'store'
      else if (isStore) yield frame.value
    }
  }
  await pipeline(bytes, createWriteStream(target, { mode: 0o600 }))
}
