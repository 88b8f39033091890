import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MOSQUITTO, startMosquitto } from '@hilo/bridge/testing'
import { connectAsync } from 'mqtt'
import { ask, end, start } from '../run/processes.ts'
import type { FromDevices, Member, ToDevices } from './devices.ts'
import type { Publication, ToEdge } from './edge.ts'

/** A broker in a process of its own. */
export interface BenchBroker {
  readonly port: number
  /** Sends messages; gives the time at which it began, in milliseconds since 1970. */
  readonly publish: (publications: readonly Publication[]) => Promise<number>
  /** Bytes of memory of its process. */
  readonly memory: () => Promise<number>
  /** How a device of this name signs in. */
  readonly member: (id: string) => Pick<Member, 'id' | 'username' | 'password'>
  readonly stop: () => Promise<void>
}

const temporaryFolder = () => mkdtemp(join(tmpdir(), 'hilo-bench-mqtt-'))
const remove = (folder: string) => rm(folder, { recursive: true, force: true })

/** Starts our edge; without the API it keeps what devices send. */
export const startEdge = async (api?: { url: string; key: string }): Promise<BenchBroker> => {
  const folder = await temporaryFolder()
  const child = start('../mqtt/edge.ts')
  const tell = <T>(message: ToEdge): Promise<T> => ask<T>(child, message)
  const { port } = await tell<{ port: number }>({ kind: 'start', folder, ...(api && { api }) })
  return {
    port,
    publish: async (publications) => (await tell<{ at: number }>({ kind: 'publish', publications })).at,
    memory: async () => (await tell<{ bytes: number }>({ kind: 'memory' })).bytes,
    member: (id) => ({ id, password: 'any' }),
    stop: async () => {
      await end(child)
      await remove(folder)
    },
  }
}

const USER = 'hilo'
const PASSWORD = 'bench'

/** Starts the real Mosquitto as it is fastest: without rules, and one password for everybody. */
export const startTheirs = async (): Promise<BenchBroker> => {
  const folder = await temporaryFolder()
  const users = new Map([[USER, PASSWORD]])
  const mosquitto = await startMosquitto({ folder, users, hasRules: false })
  const client = await connectAsync(mosquitto.url, { password: PASSWORD })
  return {
    port: mosquitto.port,
    publish: async (publications) => {
      const at = performance.timeOrigin + performance.now()
      await Promise.all(
        publications.map(({ topic, payload, retain }) =>
          client.publishAsync(topic, payload, { qos: 1, retain }),
        ),
      )
      return at
    },
    memory: async () => {
      const status = readFileSync(`/proc/${mosquitto.pid()}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1_024
    },
    member: (id) => ({ id, username: USER, password: PASSWORD }),
    stop: async () => {
      await client.endAsync(true)
      await mosquitto.stop()
      await remove(folder)
    },
  }
}

/** True where there is a Mosquitto to compare with. */
export const hasTheirs = existsSync(MOSQUITTO)
/** What is said in a title where there is none. */
export const WITHOUT_THEIRS = hasTheirs ? '' : ' (Mosquitto is not installed here: its rung is left out)'

type Answers = {
  connect: FromDevices['connected']
  await: FromDevices['awaited']
  drop: object
  buy: FromDevices['bought']
  send: FromDevices['sent']
}

/** Starts the process that holds the devices. */
const startDevices = () => {
  const child = start('../mqtt/devices.ts')
  return {
    tell: <Kind extends keyof Answers>(message: Extract<ToDevices, { kind: Kind }>): Promise<Answers[Kind]> =>
      ask<Answers[Kind]>(child, message),
    stop: () => end(child),
  }
}

/** The process that holds the devices. */
export type BenchDevices = ReturnType<typeof startDevices>

/** Starts a broker and devices, and ends both whatever happens. */
export const withDevices = async <T>(
  starting: Promise<BenchBroker>,
  run: (broker: BenchBroker, devices: BenchDevices) => Promise<T>,
): Promise<T> => {
  const broker = await starting
  const devices = startDevices()
  try {
    return await run(broker, devices)
  } finally {
    await devices.stop()
    await broker.stop()
  }
}
