import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
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

/** Sends a signal; false when there is no such process. */
const signal = (pid: number, name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, name)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const commandLine = async (pid: number): Promise<string> => {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}

/** True while a server of that folder has this number: not for a later process with it, nor for a zombie. */
const serves = async (pid: number, data: string): Promise<boolean> => (await commandLine(pid)).includes(data)

/** Longest that a process may take to end after it was asked to. */
const PATIENCE_MS = 15_000

/** Looks until something is so, or patience is at its end; the kernel does not tell when a foreign process ends. */
const becomes = async (isSo: () => Promise<boolean>): Promise<boolean> => {
  for (let waited = 0; waited < PATIENCE_MS; waited += 20) {
    if (await isSo()) return true
    await delay(20)
  }
  return false
}

const stuck = (pid: number) =>
  new EmbeddedPostgresError('START_FAILED', `The server process ${pid} does not end: end it first`, { pid })

/**
 * Processes that work in a folder. Asked as the server's account, who may see where its processes are. Linux only;
 * elsewhere Postgres itself refuses to start beside such a process.
 */
const processesIn = async (data: string, account: Account | undefined): Promise<readonly number[]> => {
  if (process.platform !== 'linux') return []
  // Ends with an error for the processes it may not look at, which are not ours.
  const list = await run('/bin/sh', ['-c', 'ls -l /proc/[0-9]*/cwd'], { ...account, cwd: '/' }).catch(
    (error: { readonly stdout: string }) => error,
  )
  return list.stdout
    .split('\n')
    .filter((line) => line.endsWith(` -> ${data}`))
    .map((line) => Number(/\/proc\/(\d+)\/cwd/.exec(line)![1]))
}

/** A busy backend does not notice that its postmaster was killed; it would go on writing beside the next one. */
const endBackends = async (data: string, account: Account | undefined): Promise<void> => {
  let pids: readonly number[] = []
  const gone = await becomes(async () => {
    pids = await processesIn(data, account)
    for (const pid of pids) signal(pid, 'SIGQUIT')
    return pids.length === 0
  })
  if (!gone) throw stuck(pids[0]!)
}

const endPostmaster = async (pid: number, data: string): Promise<void> => {
  for (const how of ['SIGINT', 'SIGQUIT'] as const) {
    signal(pid, how)
    if (await becomes(async () => !(await serves(pid, data)))) return
  }
  throw stuck(pid)
}

/**
 * Ends a server that outlived its parent, or waits until it has ended by itself: a fast shutdown, then an immediate
 * one, which the next start recovers from. Call it only while holding the folder's lock.
 */
export const endOrphan = async (
  data: string,
  { account, log }: { account: Account | undefined; log: (line: string) => void },
): Promise<void> => {
  const orphan = await readPostmaster(data)
  if (!orphan) return
  if (await serves(orphan.pid, data)) {
    log('Ending the database server that a killed process left behind …')
    await endPostmaster(orphan.pid, data)
  }
  await endBackends(data, account)
  // The machine may have given the number to another process, and Postgres would believe that one to be its server.
  if (signal(orphan.pid, 0)) await rm(join(data, 'postmaster.pid'), { force: true })
}
