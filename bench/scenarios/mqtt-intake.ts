import {
  type BenchBroker,
  type BenchDevices,
  hasTheirs,
  startEdge,
  startTheirs,
  withDevices,
  WITHOUT_THEIRS,
} from '../mqtt/brokers.ts'
import { madeUpIds, purchaseTopic } from '../mqtt/topics.ts'
import { atLeast, atMost, type MeasuredRung, type MeasureEnv, type Scenario } from '../scenario.ts'

const MB = 1_048_576
const DEVICES = 2_000
/** So many that none comes near what one device may send. */
const SENDERS = 1_000
const AT_ONCE = 32
const CAUSE =
  'the process of the devices and the one thread of the edge share the cores with whatever else runs; each purchase is checked, inserted and flushed before it is acknowledged'

const MEMORY_CAUSE =
  'half of it is there before the first device: Node and the modules of the edge; of what the devices add, half is the room that V8 keeps for short-lived objects (with --max-semi-space-size=1 they add 60 MB instead of 110), and the other half is 30 kB for each device'

type Run = (env: MeasureEnv, broker: BenchBroker, devices: BenchDevices) => Promise<Record<string, number>>

const rung = (label: string, begin: () => Promise<BenchBroker>, run: Run): MeasuredRung => ({
  label,
  measure: (env) => withDevices(begin(), (broker, devices) => run(env, broker, devices)),
})

const rungs = (
  run: Run,
  { ours, theirs }: Readonly<Record<'ours' | 'theirs', string>>,
): Scenario['rungs'] => ({
  ours: rung(ours, () => startEdge(), run),
  ...(hasTheirs ? { theirs: rung(theirs, startTheirs, run) } : {}),
})

const intake: Run = async ({ isQuick }, broker, devices) => {
  const members = madeUpIds(isQuick ? 50 : SENDERS).map((id) => ({ ...broker.member(id), topics: [] }))
  await devices.tell<'connect'>({ kind: 'connect', port: broker.port, members, clean: true })
  const send = (seconds: number) => devices.tell<'send'>({ kind: 'send', atOnce: AT_ONCE, seconds })
  await send(isQuick ? 0.1 : 1)
  return { ...(await send(isQuick ? 0.2 : 4)) }
}

/** Devices with a session come, are cut off, and come back to what was said meanwhile. */
const comeBack: Run = async ({ isQuick }, broker, devices) => {
  const { port } = broker
  const ids = madeUpIds(isQuick ? 50 : DEVICES)
  const members = ids.map((id) => ({
    ...broker.member(id),
    topics: [[`${purchaseTopic(id, 'reply')}/+`, 1]] as const,
  }))
  const first = await devices.tell<'connect'>({ kind: 'connect', port, members, clean: false })
  const idle = await broker.memory()
  await devices.tell<'drop'>({ kind: 'drop' })
  await broker.publish(
    ids.map((id) => ({
      topic: `${purchaseTopic(id, 'reply')}/waiting`,
      payload: JSON.stringify({ v: 1, rid: id, ok: true, status: 'PLACED' }),
      retain: false,
    })),
  )
  const startedAt = performance.timeOrigin + performance.now()
  const again = members.map((member) => ({ ...member, topics: [] }))
  const { sessions } = await devices.tell<'connect'>({ kind: 'connect', port, members: again, clean: false })
  const { at } = await devices.tell<'await'>({ kind: 'await', count: ids.length, ending: '/waiting' })
  return {
    'first s': first.ms / 1_000,
    'back s': (at - startedAt) / 1_000,
    lost: ids.length - sessions,
    'idle MB': idle / MB,
  }
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'mqtt-intake',
    title: `Purchases taken over MQTT while the API is away, ${AT_ONCE} under way at once${WITHOUT_THEIRS}`,
    rungs: rungs(intake, {
      ours: 'ours, acknowledged when on disk',
      theirs: 'Mosquitto, acknowledged from memory',
    }),
    goals: ({ ours }) => [
      atLeast('purchases taken per second, of 2,000', {
        ours: ours?.['perSecond'],
        of: 2_000,
        share: 1,
        cause: CAUSE,
      }),
      atMost('p99 until the acknowledgement, at most 25 ms', {
        value: ours?.['p99'],
        limit: 25,
        cause: CAUSE,
      }),
    ],
  },
  {
    name: 'mqtt-reconnect',
    title: `${DEVICES} devices with sessions come back at once, each to a message that waits for it${WITHOUT_THEIRS}`,
    figure: 'back s',
    rungs: rungs(comeBack, { ours: 'ours, kept on disk', theirs: 'Mosquitto' }),
    goals: ({ ours }) => [
      atMost('seconds until all are back and have their message, at most 5', {
        value: ours?.['back s'],
        limit: 5,
      }),
      atMost('sessions lost, none', { value: ours?.['lost'], limit: 0 }),
      atMost(`MB of the edge with ${DEVICES} idle devices, at most 200`, {
        value: ours?.['idle MB'],
        limit: 200,
        cause: MEMORY_CAUSE,
      }),
    ],
  },
]
