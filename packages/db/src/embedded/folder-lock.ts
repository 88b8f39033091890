import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedPostgresError } from './embedded-error.ts'

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
  const lock = new DatabaseSync(join(home, 'lock'))
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    const pid = ownerPid(home)
    throw new EmbeddedPostgresError(
      'ALREADY_RUNNING',
      `Hilo is already running on ${home}${pid ? ` (process ${pid})` : ''}: stop it first, or use another folder`,
      { pid, cause: error },
    )
  }
  writeFileSync(join(home, 'owner'), String(process.pid))
  return () => lock.close()
}
