import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createApiKey, resolveActor } from '@hilo/access'
import type { Context } from '@hilo/db'
import { unwrap } from '@hilo/kernel'

const readKey = async (path: string): Promise<string | undefined> => {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * The API key with which the edge of this data folder signs in: kept in a file that only this user reads, and made anew
 * when the file or the key is gone.
 */
export const edgeKey = async (ctx: Context, path: string): Promise<string> => {
  const kept = await readKey(path)
  if (kept && (await resolveActor(ctx.db, { bearer: kept, now: ctx.now() })).ok) return kept
  const { key } = unwrap(await createApiKey(ctx, { name: 'Edge', permissions: ['edge', 'devices:read'] }))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${key}\n`, { mode: 0o600 })
  return key
}
