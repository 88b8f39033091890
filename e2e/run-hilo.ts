import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A program that a test started, with everything it prints. */
export interface Run {
  readonly child: ChildProcess
  /** What it has printed so far, both streams. */
  readonly output: () => string
  /** Resolves when it has printed that; rejects when it ends before. */
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A process group of its own, as a terminal gives one. */
  readonly group?: boolean
  /** What it reads on its standard input; without it there is none. */
  readonly input?: string | undefined
}

/** Starts a program and listens to both of its streams. */
export const run = (
  command: string,
  args: readonly string[],
  { env = {}, group = false, input }: RunOptions = {},
): Run => {
  const child = spawn(command, args, {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: group,
  })
  // A test that fails must not leave its programs behind.
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  child.stdin?.end(input)
  let output = ''
  const waiting = new Set<() => void>()
  const read = (chunk: string): void => {
    output += chunk
    for (const look of waiting) look()
  }
  child.stdout!.setEncoding('utf8').on('data', read)
  child.stderr!.setEncoding('utf8').on('data', read)
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals)
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(output)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
      child.once('close', (code) => {
        if (waiting.delete(look))
          reject(new Error(`It ended with ${code} and never said ${pattern}:\n${output}`))
      })
    })
  return { child, output: () => output, said, ended }
}

/** Runs `hilo` with these arguments, as `npm run hilo` does. */
export const runHilo = (args: readonly string[], options: RunOptions = {}): Run =>
  run(process.execPath, ['apps/hilo/src/hilo.ts', ...args], options)
