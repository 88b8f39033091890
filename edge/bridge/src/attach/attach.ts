import { defaultBackoff, type Backoff } from '@hilo/client'
import { encode, parseTopic, type Attachment, type DeviceMessage, type Logger } from '@hilo/protocol'
import type { IPublishPacket, MqttClient } from 'mqtt'
import { createSlots } from '../slots.ts'
import { openConnection, type BrokerAddress } from './connection.ts'
import { answerToOf, deviceFilters, presenceTopic, saidFilters } from './filters.ts'
import { createPeers } from './peers.ts'
import { createSaid } from './said.ts'

/** A broker to join that somebody else runs. */
export interface AttachOptions {
  readonly address: BrokerAddress
  /** Code of the shop: the third level of every topic. */
  readonly shop: string
  /** Names this bridge among those at the broker, for ever: its session waits under this client id. */
  readonly bridgeId: string
  /** True when the broker's access rules let a device publish below its own id only: then purchases need no signature. */
  readonly trusted: boolean
  /** False where the broker has no shared subscriptions; then only one bridge may be attached. */
  readonly shared?: boolean
  readonly log: Logger
  readonly backoff?: Backoff
  /** How long another bridge may be away before this one takes its messages over, in milliseconds; 10 s by default. */
  readonly graceMs?: number
}

/** A joined broker. */
export interface Attached {
  readonly attachment: Attachment
  /** Resolves when the bridge has joined for the first time and the broker sends it what devices say. */
  readonly ready: Promise<void>
  readonly status: () => AttachStatus
  /** Says goodbye and ends the connections; the sessions stay at the broker. */
  readonly close: () => Promise<void>
}

/** How the bridge stands with its broker. */
export interface AttachStatus {
  readonly connected: boolean
  readonly mqtt: '5' | '3.1.1'
  /** Bridges that are away and whose messages this one takes. */
  readonly takenOver: readonly string[]
}

/** Publications under way at once: brokers end the connection of a client that has more than they allow. */
const AT_ONCE = 20
/** How long a bridge waits for the one before it to say what all would say, in milliseconds. */
const TURN_MS = 2_000

const stateOf = (payload: Uint8Array | string): unknown => {
  try {
    return (JSON.parse(payload.toString()) as { state?: unknown } | null)?.state
  } catch {
    return undefined
  }
}

/** Joins a broker that the site already has, beside other bridges. Returns at once and keeps trying. */
export const attachTo = (options: AttachOptions): Attached => {
  const { address, shop, bridgeId, trusted, log, backoff = defaultBackoff, shared = true } = options
  const taken = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<void>()
  const own = presenceTopic(shop, bridgeId)
  const everybody = presenceTopic(shop, '')
  const over = new AbortController()
  const presence = (state: string) => Buffer.from(encode({ v: 1, state }))
  const said = createSaid()
  const slots = createSlots(AT_ONCE)
  let handler: ((message: DeviceMessage) => Promise<void>) | undefined

  const receive = async (version: number | undefined, packet: IPublishPacket): Promise<void> => {
    const { topic, qos, retain, properties } = packet
    const payload = Buffer.from(packet.payload)
    // What the session of another bridge keeps of them is old news.
    if (topic.startsWith(everybody)) return
    const kind = parseTopic(topic)?.kind
    if (kind === 'price' || kind === 'notification') return said.heard(topic, payload)
    // In 3.1.1 the flag means an old message told to a new subscriber. In 5 the subscription asks for none of those.
    if (retain && version !== 5) return
    await taken.promise
    await handler?.({ topic, payload, qos, retain, answerTo: answerToOf(topic, properties) })
  }

  const takeOver = (peer: string) => {
    log.warn({ bridge: bridgeId, peer }, 'a bridge is away: taking its messages')
    const client: MqttClient = openConnection({
      address: { ...address, protocolVersion: client5or4() },
      clientId: peer,
      backoff,
      log,
      lasting: false,
      take: (packet) => receive(client.options.protocolVersion, packet),
    })
    client.once('close', () => peers.lost(peer))
    return () => void client.end(true)
  }
  const peers = createPeers({ self: bridgeId, graceMs: options.graceMs ?? 10_000, takeOver })

  const client: MqttClient = openConnection({
    address,
    clientId: bridgeId,
    backoff,
    log,
    lasting: true,
    will: { topic: own, payload: presence('offline') },
    take: (packet) =>
      packet.topic.startsWith(everybody)
        ? Promise.resolve(peers.heard(packet.topic.slice(everybody.length), stateOf(packet.payload)))
        : receive(client.options.protocolVersion, packet),
  })
  const client5or4 = () => (client.options.protocolVersion === 4 ? 4 : 5)
  const join = async () => {
    await client.subscribeAsync(deviceFilters(shop, shared), { qos: 1, rh: 2, rap: true })
    await client.subscribeAsync(saidFilters(shop), { qos: 0, rh: 2, rap: true })
    await client.subscribeAsync(presenceTopic(shop, '+'), { qos: 1 })
    await client.publishAsync(own, presence('online'), { qos: 1, retain: true })
    ready.resolve()
  }
  client.on('connect', () => {
    taken.promise
      .then(join)
      .catch((error: unknown) => log.warn({ err: error }, 'broker refuses to serve the bridge'))
  })

  /** MQTT.js leaves what is under way hanging when it ends. */
  const untilOver = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const give = () => reject(new Error('the bridge has left the broker'))
      if (over.signal.aborted) return give()
      over.signal.addEventListener('abort', give, { once: true })
      work()
        .then(resolve, reject)
        .finally(() => over.signal.removeEventListener('abort', give))
    })
  const publish: Attachment['publish'] = async (
    topic,
    payload,
    { qos, retain, correlation, shared: byAll },
  ) => {
    const rank = byAll ? peers.rank() : 0
    if (rank > 0 && (await untilOver(() => said.waitFor(topic, payload, rank * TURN_MS)))) return
    await slots.take()
    try {
      const correlationData = correlation && Buffer.from(correlation)
      const properties = correlationData && { correlationData }
      await untilOver(() => client.publishAsync(topic, Buffer.from(payload), { qos, retain, properties }))
    } finally {
      slots.give()
    }
  }
  return {
    ready: ready.promise,
    attachment: {
      provesSender: trusted,
      publish,
      onMessage: (given) => {
        handler = given
        taken.resolve()
      },
      // Only the broker could end the connection. The API refuses whatever the device sends from now on.
      disconnect: async () => {},
    },
    status: () => ({
      connected: client.connected,
      mqtt: client5or4() === 5 ? '5' : '3.1.1',
      takenOver: peers.takenOver(),
    }),
    close: async () => {
      peers.close()
      over.abort()
      if (client.connected) await client.publishAsync(own, presence('offline'), { qos: 1, retain: true })
      await client.endAsync()
    },
  }
}
