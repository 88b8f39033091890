import { execFile } from 'node:child_process'
import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-error.ts'

const run = promisify(execFile)

/** What `postmaster.pid` says (src/include/utils/pidfile.h of Postgres). */
export interface Postmaster {
  readonly pid: number
  readonly startedAt: string
  readonly port: number
  readonly ready: boolean
}

/** Reads `postmaster.pid` of a data folder, or nothing when there is no server (or it is just writing the file). */
export const readPostmaster = async (data: string): Promise<Postmaster | undefined> => {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , startedAt = '', port, , , , status = ''] = text.split('\n')
  return Number(pid) > 0
    ? { pid: Number(pid), startedAt, port: Number(port), ready: status.trim() === 'ready' }
    : undefined
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** True when this living process is a server of that folder, and not a later process with the same number. */
const serves = async (pid: number, data: string): Promise<boolean> => {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === data
  const command = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return command.stdout.includes(data)
}

const goneWithin = async (pid: number, milliseconds: number): Promise<boolean> => {
  for (let waited = 0; waited < milliseconds; waited += 20) {
    if (!isAlive(pid)) return true
    await delay(20)
  }
  return !isAlive(pid)
}

/**
 * Ends a server that outlived its parent, or waits until it has ended by itself: a fast shutdown, then an immediate
 * one, which the next start recovers from. Call it only while holding the folder's lock.
 */
export const endOrphan = async (data: string): Promise<void> => {
  const orphan = await readPostmaster(data)
  if (!orphan || !isAlive(orphan.pid)) return
  if (!(await serves(orphan.pid, data))) {
    // The machine gave the number to another process, and Postgres would believe that one to be its server.
    await rm(join(data, 'postmaster.pid'))
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(orphan.pid, signal)
    if (await goneWithin(orphan.pid, 15_000)) return
  }
  throw new EmbeddedPostgresError(
    'START_FAILED',
    `The server with process id ${orphan.pid} does not end: end it first`,
    {
      pid: orphan.pid,
    },
  )
}
