import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedPostgresError } from './embedded-error.ts'

/** SQLITE_BUSY: somebody else has the lock. */
const BUSY = 5

const ownerPid = (home: string): number | undefined => {
  try {
    return Number(readFileSync(join(home, 'owner'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

/**
 * Takes the folder for this process; throws `ALREADY_RUNNING` when another one has it. The lock is SQLite's lock of a
 * file: the kernel lets go of it when the process ends in whatever way, so no stale pid is ever believed.
 */
export const lockFolder = (home: string): (() => void) => {
  const path = join(home, 'lock')
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(path)
    lock.exec('begin exclusive')
    writeFileSync(join(home, 'owner'), String(process.pid))
    return () => lock!.isOpen && lock!.close()
  } catch (error) {
    lock?.close()
    if ((error as { readonly errcode?: number }).errcode !== BUSY)
      throw new EmbeddedPostgresError(
        'FOLDER_NOT_USABLE',
        `${home} cannot be written to: ${(error as Error).message}`,
        {
          cause: error,
        },
      )
    const pid = ownerPid(home)
    const who = pid ? ` (process ${pid})` : ''
    throw new EmbeddedPostgresError(
      'ALREADY_RUNNING',
      `Hilo is already running on ${home}${who}: stop it first, or use another folder`,
      { pid, cause: error },
    )
  }
}
