import { sign, type KeyObject } from 'node:crypto'
import { newId } from '@hilo/kernel'
import {
  buildTopic,
  decode,
  encode,
  replies,
  signedText,
  status,
  type Logger,
  type Reply,
  type Status,
  type TopicAddress,
  type Verb,
} from '@hilo/protocol'
import { connectAsync } from 'mqtt'

/** How a device reaches its shop. */
export interface DeviceOptions {
  /** `mqtt://host:1883` or `ws://host:4000/mqtt`. */
  readonly url: string
  readonly shop: string
  readonly deviceId: string
  /** What it signs in with. Never logged. */
  readonly credential: string
  readonly log: Logger
  readonly firmware?: string
  /** Signs what it asks, for a broker that does not prove who sends: an Ed25519 key. */
  readonly key?: KeyObject
}

/** A connected device. */
export interface Device {
  /** Sends a request and resolves with its reply. The same rid again asks the same again. */
  readonly ask: (verb: Verb, request: object, rid?: string) => Promise<Reply>
  /** Tells the shop something; resolves when it is acknowledged. */
  readonly tell: (address: DeviceTopic, payload: object) => Promise<void>
  /** Listens to a topic; resolves when the broker has granted it. */
  readonly listen: (topic: string, handle: (payload: Uint8Array, topic: string) => void) => Promise<void>
  /** Says that it goes to sleep, and ends the connection. */
  readonly close: () => Promise<void>
}

type DeviceTopic =
  | Pick<TopicAddress<'reading'>, 'kind' | 'name'>
  | Pick<TopicAddress<'acknowledgement'>, 'kind' | 'nid'>

const ATTEMPT_MS = 2_000

const signed = (key: KeyObject, topic: string, body: Buffer): Buffer => {
  const request = body.toString('utf8')
  const signature = sign(null, Buffer.from(signedText(topic, request)), key).toString('base64url')
  return Buffer.from(encode({ v: 1, request, signature }))
}

/** Connects a device: with a session that waits for it, a will, and its status. Rejects when it is not let in. */
export const connectDevice = async (options: DeviceOptions): Promise<Device> => {
  const { shop, deviceId: device, credential, firmware, log } = options
  const stateTopic = buildTopic({ kind: 'status', shop, device })
  const stateOf = (state: Status['state']) =>
    Buffer.from(encode(status.parse({ state, firmware, ts: Date.now() })))
  const client = await connectAsync(options.url, {
    clientId: device,
    username: device,
    password: credential,
    clean: false,
    reconnectPeriod: ATTEMPT_MS,
    will: { topic: stateTopic, payload: stateOf('offline'), qos: 1, retain: true },
  })
  const handlers = new Map<string, (payload: Uint8Array, topic: string) => void>()
  const waiting = new Map<string, (reply: Uint8Array) => void>()
  client.on('message', (topic, payload) => {
    waiting.get(topic)?.(payload)
    for (const [filter, handle] of handlers)
      if (topic === filter || (filter.endsWith('+') && topic.startsWith(filter.slice(0, -1))))
        handle(payload, topic)
  })
  client.on('connect', () => void client.publish(stateTopic, stateOf('online'), { qos: 1, retain: true }))
  client.on('error', (error) => log.warn({ device, reason: error.message }, 'connection trouble'))
  client.on('close', () => log.debug({ device }, 'connection lost'))

  await client.publishAsync(stateTopic, stateOf('online'), { qos: 1, retain: true })
  await client.subscribeAsync(`hilo/v1/${shop}/${device}/command/+/reply/+`, { qos: 1 })
  log.info({ device }, 'connected')

  return {
    ask: async (verb, request, rid = newId()) => {
      const replyTopic = buildTopic({ kind: 'reply', shop, device, verb, rid })
      const answered = new Promise<Uint8Array>((resolve) => void waiting.set(replyTopic, resolve))
      const topic = buildTopic({ kind: 'request', shop, device, verb, rid })
      const body = Buffer.from(encode({ v: 1, rid, ts: Date.now(), ...request }))
      await client.publishAsync(topic, options.key ? signed(options.key, topic, body) : body, { qos: 1 })
      const reply = decode(replies[verb], await answered)
      waiting.delete(replyTopic)
      if (!reply.ok)
        throw new Error(`The shop answered ${verb} with something unreadable: ${reply.error.code}`)
      return reply.value
    },
    tell: async (address, payload) => {
      await client.publishAsync(buildTopic({ ...address, shop, device }), Buffer.from(encode(payload)), {
        qos: 1,
      })
    },
    listen: async (topic, handle) => {
      handlers.set(topic, handle)
      await client.subscribeAsync(topic, { qos: 1 })
    },
    close: async () => {
      await client.publishAsync(stateTopic, stateOf('sleep'), { qos: 1, retain: true })
      await client.endAsync()
    },
  }
}
