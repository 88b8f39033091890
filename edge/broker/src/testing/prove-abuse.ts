import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import * as fc from 'fast-check'
import { generate, type Packet } from 'mqtt-packet'
import type { brokerRig } from './rig.ts'

interface AbuseOptions {
  readonly rig: ReturnType<typeof brokerRig>
  /** Connections that send garbage. */
  readonly runs: number
  /** Sockets opened at once that say nothing. */
  readonly sockets: number
}

const HOST = '127.0.0.1'
const NUL = '\u0000'

const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array))
const topic = fc.oneof(
  fc.constantFrom(
    '#',
    '+/#',
    '$SYS/#',
    '$share/g/#',
    'a/'.repeat(120),
    `hilo${NUL}`,
    '',
    'hilo/v1/demo/other/status',
  ),
  fc.string({ maxLength: 40 }),
)
const messageId = fc.integer({ min: 0, max: 65_535 })
const payload = fc.oneof(bytes, fc.constant(Buffer.alloc(70_000)))

/** Whole packets, of which many are not allowed. */
const packet = fc
  .oneof(
    fc.record({
      cmd: fc.constant('publish'),
      topic,
      payload,
      qos: fc.constantFrom(0, 1, 2),
      messageId,
      retain: fc.boolean(),
      dup: fc.boolean(),
    }),
    fc.record({
      cmd: fc.constant('subscribe'),
      messageId,
      subscriptions: fc.array(fc.record({ topic, qos: fc.constantFrom(0, 1, 2) }), {
        minLength: 1,
        maxLength: 30,
      }),
    }),
    fc.record({
      cmd: fc.constant('unsubscribe'),
      messageId,
      unsubscriptions: fc.array(topic, { minLength: 1, maxLength: 5 }),
    }),
    fc.record({ cmd: fc.constantFrom('puback', 'pubrec', 'pubrel', 'pubcomp'), messageId }),
    fc.constantFrom(
      { cmd: 'pingreq' },
      { cmd: 'pingresp' },
      { cmd: 'disconnect' },
      { cmd: 'connack', returnCode: 0, sessionPresent: false },
    ),
  )
  .map((value) => {
    try {
      return generate(value as Packet)
    } catch {
      // What the library will not make is made by hand elsewhere here.
      return Buffer.of(0x30, 2, 0, 0)
    }
  })
const hugeLength = fc.constantFrom(
  Buffer.of(0x30, 0xff, 0xff, 0xff, 0x7f),
  Buffer.of(0x10, 0xff, 0xff, 0xff, 0xff, 0x7f),
)
const garbage = fc.array(
  fc.oneof(
    bytes,
    packet,
    hugeLength,
    packet.map((whole) => whole.subarray(0, -1)),
  ),
  { minLength: 1, maxLength: 6 },
)

const connectBytes = ({ id, password }: { id: string; password: string }, will: boolean) =>
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: id,
    username: id,
    password: Buffer.from(password),
    keepalive: 60,
    ...(will && { will: { topic: '#', payload: Buffer.from('x'), qos: 1 as const, retain: true } }),
  })

const open = async (port: number): Promise<Socket> => {
  const socket = connect(port, HOST)
  socket.on('error', () => {}).resume()
  await Promise.race([once(socket, 'connect'), once(socket, 'close')])
  return socket
}

/** Sends garbage before and after the sign-in, opens idle sockets, and asks in between whether others are served. */
export const proveAbuse = async ({ rig, runs, sockets }: AbuseOptions) => {
  const limits = {
    connections: sockets / 2,
    connectionsPerAddress: sockets / 2,
    failuresPerAddress: 1e9,
    failuresPerDevice: 1e9,
  }
  const { broker } = await rig.start({ limits })
  const port = broker.port!
  const good = rig.device()
  const served = await rig.connect({ broker }, good)
  const isServed = () => served.publishAsync(`hilo/v1/demo/${good.id}/reading/level`, '1', { qos: 1 })
  const bad = rig.device()
  const before = process.memoryUsage().rss

  const abuse = fc.asyncProperty(
    garbage,
    fc.constantFrom('before', 'after', 'twice', 'will'),
    async (parts, when) => {
      const socket = await open(port)
      if (when !== 'before') socket.write(connectBytes(bad, when === 'will'))
      if (when === 'twice') socket.write(connectBytes(bad, false))
      for (const part of parts) socket.write(part)
      await isServed()
      socket.destroy()
    },
  )
  await fc.assert(abuse, { numRuns: runs })

  const idle: Socket[] = []
  for (let at = 0; at < sockets; at += 200)
    idle.push(...(await Promise.all(Array.from({ length: 200 }, () => open(port)))))
  await isServed()
  const isOver = () => idle.filter(({ closed }) => closed).length
  // Half of them are too many, and are told so.
  while (isOver() < sockets / 2) await isServed()
  const refused = isOver()
  for (const socket of idle) socket.destroy()
  await isServed()
  return { refused, grownBytes: process.memoryUsage().rss - before, connections: broker.connections() }
}
