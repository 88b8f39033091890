import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DemoAccess } from '../apps/hilo/src/seed/demo-access.ts'

/** A running Hilo with a data folder of its own, started as a user starts it. */
export interface HiloProcess {
  readonly web: string
  readonly mqtt: string
  readonly demo: DemoAccess
  readonly dataDir: string
  readonly child: ChildProcess
  /** What it has printed so far, both streams. */
  readonly output: () => string
  /** Ctrl-C, and the exit code. */
  readonly stop: () => Promise<number | null>
}

const READY = /Hilo is running/

/** Starts Hilo on free ports and waits until it says that it runs. */
export const startHilo = async (dataDir: string): Promise<HiloProcess> => {
  const child = spawn(
    process.execPath,
    ['apps/hilo/src/hilo.ts', 'start', '--port', '0', '--mqtt-port', '0', '--data-dir', dataDir],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      if (READY.test(output) && /Ctrl-C[^]*MQTT/.test(output)) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`Hilo ended with ${code} before it ran:\n${output}`)))
  })
  const web = /GraphQL\s+(http:\S+)\/graphql/.exec(output)![1]!
  const mqtt = /MQTT\s+(mqtt:\S+)/.exec(output)![1]!
  return {
    web,
    mqtt,
    demo: JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoAccess,
    dataDir,
    child,
    output: () => output,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGINT')
        await once(child, 'exit')
      }
      return child.exitCode
    },
  }
}

/** A data folder that is thrown away by `remove`. */
export const temporaryDataDir = async (): Promise<{ path: string; remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'hilo-e2e-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
