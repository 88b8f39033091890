import { setTimeout as delay } from 'node:timers/promises'
import {
  type BenchBroker,
  type BenchDevices,
  hasTheirs,
  startEdge,
  startTheirs,
  withDevices,
  WITHOUT_THEIRS,
} from '../mqtt/brokers.ts'
import { madeUpIds, priceTopic } from '../mqtt/topics.ts'
import { productPageRequest } from '../plain/documents.ts'
import { startLoad, startRung } from '../run/processes.ts'
import { atMost, type Figures, type MeasureEnv, type MeasuredRung, type Scenario } from '../scenario.ts'

const SUBSCRIBERS = 5_000
const CHANGES = 5

const count = (env: MeasureEnv): number => (env.isQuick ? 50 : SUBSCRIBERS)

/** Every device subscribes to one price with QoS 1, as labels do, and to another with QoS 0. */
const SKUS = { 1: 'LABEL', 0: 'DISPLAY' } as const

const subscribe = (env: MeasureEnv, broker: BenchBroker, devices: BenchDevices) =>
  devices.tell<'connect'>({
    kind: 'connect',
    port: broker.port,
    clean: true,
    members: madeUpIds(count(env)).map((id) => ({
      ...broker.member(id),
      topics: [[priceTopic(SKUS[1]), 1] as const, [priceTopic(SKUS[0]), 0] as const],
    })),
  })

interface Change {
  readonly env: MeasureEnv
  readonly broker: BenchBroker
  readonly devices: BenchDevices
  readonly sku: string
}

/** Changes a price; milliseconds until the last subscriber has it. */
const changePrice = async ({ env, broker, devices, sku }: Change): Promise<number> => {
  const last = devices.tell<'await'>({ kind: 'await', count: count(env), ending: sku })
  const price = { amountMinor: 1_250, currency: 'EUR', decimal: '12.50' }
  const payload = JSON.stringify({ v: 1, sku, price, list: price, ts: Date.now() })
  const [at, seen] = await Promise.all([
    broker.publish([{ topic: priceTopic(sku), payload, retain: true }]),
    last,
  ])
  return seen.at - at
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

const fanOutRung = (label: string, begin: () => Promise<BenchBroker>): MeasuredRung => ({
  label,
  measure: (env) =>
    withDevices(begin(), async (broker, devices) => {
      await subscribe(env, broker, devices)
      const lastOf = async (sku: string): Promise<number> => {
        await changePrice({ env, broker, devices, sku })
        const times: number[] = []
        for (let turn = 0; turn < (env.isQuick ? 1 : CHANGES); turn += 1)
          times.push(await changePrice({ env, broker, devices, sku }))
        return median(times)
      }
      return { 'last QoS 1 ms': await lastOf(SKUS[1]), 'last QoS 0 ms': await lastOf(SKUS[0]) }
    }),
})

const ratio = (name: string, { ours, theirs }: Readonly<Record<string, Figures>>) =>
  atMost(`${name} of ours by that of Mosquitto, at most 1.5`, {
    value: (ours?.[name] ?? Infinity) / (theirs?.[name] ?? 1),
    limit: 1.5,
    cause:
      'ours keeps the message and its place in the queue of each session on disk first, and writes to sockets from JavaScript',
  })

/** One price change in so many milliseconds. */
const EVERY_MS = 1_000

/** A light load on the API in its process, while an edge in another has all subscribers, and their price changes or not. */
const besideRung = (label: string, isBusy: boolean): MeasuredRung => ({
  label,
  measure: (env) =>
    withDevices(startEdge(), async (broker, devices) => {
      await subscribe(env, broker, devices)
      const server = await startRung(env, { scenario: 'one-product', rung: 'ours' })
      const load = startLoad()
      const order = { request: productPageRequest, port: server.port, connections: 2, restMs: 20 }
      await load.run({ ...order, seconds: env.isQuick ? 0.2 : 2 })
      const over = new AbortController()
      if (!isBusy) over.abort()
      const changing = async (): Promise<void> => {
        while (!over.signal.aborted) {
          const rest = delay(EVERY_MS)
          await changePrice({ env, broker, devices, sku: SKUS[1] })
          if (!over.signal.aborted && !env.isQuick) await rest
        }
      }
      const changed = changing()
      const { p50, p99, requests } = await load.run({ ...order, seconds: env.isQuick ? 0.2 : 6 })
      over.abort()
      await changed
      await Promise.all([load.stop(), server.stop()])
      return { p50, p99, requests }
    }),
})

export const scenarios: readonly Scenario[] = [
  {
    name: 'mqtt-fan-out',
    title: `One price to ${SUBSCRIBERS} subscribers over MQTT, until the last has it${WITHOUT_THEIRS}`,
    figure: 'last QoS 1 ms',
    rungs: {
      ours: fanOutRung('ours, kept on disk first', () => startEdge()),
      ...(hasTheirs ? { theirs: fanOutRung('Mosquitto, from memory', startTheirs) } : {}),
    },
    goals: (medians) =>
      hasTheirs ? ['last QoS 1 ms', 'last QoS 0 ms'].map((name) => ratio(name, medians)) : [],
  },
  {
    name: 'mqtt-beside-api',
    title: `One product from the API, 80 times a second, beside an edge with ${SUBSCRIBERS} subscribers`,
    figure: 'p99',
    rungs: {
      quiet: besideRung('no price changes', false),
      busy: besideRung('a price changes every second', true),
    },
    goals: ({ quiet, busy }) => [
      atMost('p99 of the API while prices change, by that while none does, at most 2', {
        value: (busy?.['p99'] ?? Infinity) / (quiet?.['p99'] ?? 1),
        limit: 2,
        cause: 'the edge and the subscribers fill both cores while a price goes out',
      }),
    ],
  },
]
