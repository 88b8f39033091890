import type { FullExecutor } from '@hilo/db'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createApiKey, resolveActor } from '@hilo/access'
import { systemClock, unwrap } from '@hilo/kernel'
import { systemContext } from '../system-context.ts'

/** What an edge may: act for devices, and read them. */
export const EDGE_PERMISSIONS = ['edge', 'devices:read'] as const

const readKey = async (path: string): Promise<string | undefined> => {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The file that keeps the key of the edge of a data folder. */
export const edgeKeyFile = (dataDir: string): string => join(dataDir, 'edge', 'key')

/**
 * The API key with which the edge of this data folder signs in: kept in a file that only this user reads, and made anew
 * when the file or the key is gone.
 */
export const edgeKey = async (db: FullExecutor, dataDir: string): Promise<string> => {
  const path = edgeKeyFile(dataDir)
  const kept = await readKey(path)
  if (kept && (await resolveActor(db, { bearer: kept, now: systemClock() })).ok) return kept
  const ctx = await systemContext(db)
  const { key } = unwrap(await createApiKey(ctx, { name: 'Edge', permissions: [...EDGE_PERMISSIONS] }))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${key}\n`, { mode: 0o600 })
  return key
}
