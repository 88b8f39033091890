import type { ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DemoAccess } from '../apps/hilo/src/seed/demo-access.ts'
import { runHilo } from './run-hilo.ts'

/** A running Hilo with a data folder of its own, started as a user starts it. */
export interface HiloProcess {
  readonly web: string
  readonly mqtt: string
  readonly demo: DemoAccess
  readonly dataDir: string
  readonly child: ChildProcess
  /** What it has printed so far, both streams. */
  readonly output: () => string
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Ctrl-C, and the exit code. */
  readonly stop: () => Promise<number | NodeJS.Signals>
}

export interface StartOptions {
  /** Further flags; they win over the ones that every start here gets. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The flags of a start on free ports. */
export const onFreePorts = (dataDir: string): readonly string[] => [
  'start',
  '--port',
  '0',
  '--mqtt-port',
  '0',
  '--data-dir',
  dataDir,
]

/** Starts Hilo on free ports and waits until it says that it runs. */
export const startHilo = async (
  dataDir: string,
  { args = [], env }: StartOptions = {},
): Promise<HiloProcess> => {
  const { child, output, said, ended } = runHilo([...onFreePorts(dataDir), ...args], { env })
  const [, web, mqtt] = await said(/Hilo is running[^]*GraphQL\s+(http:\S+)\/graphql[^]*MQTT\s+(mqtt:\S+)\s/)
  return {
    web: web!,
    mqtt: mqtt!,
    demo: JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoAccess,
    dataDir,
    child,
    output,
    ended,
    stop: () => {
      child.kill('SIGINT')
      return ended
    },
  }
}

/** A data folder that is thrown away by `remove`. */
export interface DataDir {
  readonly path: string
  readonly remove: () => Promise<void>
}

/** Makes an empty data folder. */
export const temporaryDataDir = async (): Promise<DataDir> => {
  const path = await mkdtemp(join(tmpdir(), 'hilo-e2e-'))
  // As root the database belongs to another user, who must get there.
  await chmod(path, 0o755)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
