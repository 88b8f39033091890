import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Account } from './account.ts'

/**
 * Runs a program and asks it to end (SIGINT) when the pipe on stdin closes: the kernel closes it when this process
 * ends in whatever way, kill -9 included. The program itself does not get the pipe.
 */
const SUPERVISOR = `
exec 3<&0 </dev/null
"$@" 3<&- &
program=$!
( read -r _ <&3; kill -INT $program ) 2>/dev/null &
watcher=$!
exec 3<&-
wait $program
code=$?
kill $watcher 2>/dev/null
exit $code
`

export interface Supervised {
  /** The exit code of the program (128 + signal when killed). */
  readonly exited: Promise<number>
  /** Asks the program to end, and waits until it has. */
  readonly stop: () => Promise<number>
  /** From now on the program does not keep this process alive. */
  readonly unref: () => void
}

export interface Program {
  readonly command: readonly string[]
  /** Where its output goes: an open file. */
  readonly output: number
  readonly account: Account | undefined
  /** Further open files, as 4, 5, … (3 is the supervisor's own). */
  readonly files?: readonly number[]
}

const exitOf = async (child: ChildProcess): Promise<number> => {
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 137
}

/** Starts a program that cannot outlive this process. */
export const supervise = ({ command, output, account, files = [] }: Program): Supervised => {
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'supervisor', ...command], {
    // Its own session: Ctrl-C reaches us alone, and we end the program when its users have finished.
    detached: true,
    // A folder that every account may enter; and nothing of our environment (PGDATA, PGPORT …) reaches the server.
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
    stdio: ['pipe', output, output, 'ignore', ...files],
    ...account,
  })
  const pipe = child.stdin!
  const exited = exitOf(child).finally(() => pipe.destroy())
  // The program may end first; a broken pipe says no more than `exited` does.
  pipe.on('error', () => undefined)
  return {
    exited,
    stop: () => {
      child.ref()
      pipe.destroy()
      return exited
    },
    unref: () => {
      child.unref()
      if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
    },
  }
}
