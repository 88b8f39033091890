import { z } from 'zod'
import { catalogPrice, catalogPromotion, catalogStock } from './catalog.ts'
import { MAX_PAYLOAD_BYTES } from './codec.ts'
import { acknowledgement, notification } from './notification.ts'
import { replies } from './reply.ts'
import { reading, status } from './report.ts'
import { signedRequest } from './signed.ts'
import { TOPICS, UPWARD, type TopicKind } from './topic.ts'
import { requests } from './verbs.ts'

type Payloads = Readonly<Record<string, z.ZodType>>

const suffixed = (schemas: Payloads, suffix: string): Payloads =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name + suffix, schema]))

/** The messages of each topic, by name. */
const MESSAGES: Readonly<Record<TopicKind, Payloads>> = {
  status: { status },
  reading: { reading },
  request: { ...suffixed(requests, 'Request'), signedRequest },
  reply: suffixed(replies, 'Reply'),
  notification: { notification },
  acknowledgement: { acknowledgement },
  price: { catalogPrice },
  promotion: { catalogPromotion },
  stock: { catalogStock },
}

const RETAINED: ReadonlySet<TopicKind> = new Set(['status', 'price', 'promotion', 'stock'])

const PARAMETERS: Readonly<Record<string, string>> = {
  shop: 'Code of the shop.',
  device: 'Id of the device; also its client id and user name.',
  name: 'What is measured.',
  verb: 'What the device asks for.',
  rid: 'Names the request, and is its idempotency key: a UUID.',
  nid: 'Id of the notification.',
  channel: 'Code of the channel.',
  sku: 'SKU of the variant.',
  id: 'Id of the promotion.',
  location: 'Code of the location.',
}

const ref = (path: string) => ({ $ref: `#/${path}` })

const channelOf = (kind: TopicKind) => {
  const address = `hilo/v1/{shop}/${TOPICS[kind]}`
  const parameters = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  return {
    address,
    parameters: Object.fromEntries(parameters.map((name) => [name, { description: PARAMETERS[name]! }])),
    messages: Object.fromEntries(
      Object.keys(MESSAGES[kind]).map((name) => [name, ref(`components/messages/${name}`)]),
    ),
  }
}

const operationOf = (kind: TopicKind) => ({
  action: UPWARD.has(kind) ? 'receive' : 'send',
  channel: ref(`channels/${kind}`),
  messages: Object.keys(MESSAGES[kind]).map((name) => ref(`channels/${kind}/messages/${name}`)),
  bindings: { mqtt: { qos: 1, retain: RETAINED.has(kind), bindingVersion: '0.2.0' } },
  ...(kind === 'request' ? { reply: { channel: ref('channels/reply') } } : {}),
})

const messageOf = (name: string, schema: z.ZodType) => ({
  name,
  contentType: 'application/json',
  payload: {
    schemaFormat: 'application/schema+json;version=draft-07',
    schema: z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }),
  },
})

const kinds = Object.keys(TOPICS) as TopicKind[]
const byKind = <T>(make: (kind: TopicKind) => T) =>
  Object.fromEntries(kinds.map((kind) => [kind, make(kind)]))

/** The AsyncAPI 3 document of the protocol, seen from the shop, made from the schemas that validate. */
export const asyncApiDocument = () => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Hilo edge',
    version: '1.0.0',
    description:
      'How devices ask prices, buy, cancel, report and are told, over MQTT 3.1.1. The client id and the user name are ' +
      'the device id, the password is its credential. A device reaches what stands below its own id, and the ' +
      'catalogue topics of its channel one by one. An acknowledgement means that the message will not be lost.',
    license: { name: 'MIT' },
  },
  defaultContentType: 'application/json',
  servers: {
    broker: {
      host: 'localhost:1883',
      protocol: 'mqtt',
      protocolVersion: '3.1.1',
      bindings: { mqtt: { keepAlive: 60, maximumPacketSize: MAX_PAYLOAD_BYTES, bindingVersion: '0.2.0' } },
    },
  },
  channels: byKind(channelOf),
  operations: byKind(operationOf),
  components: {
    messages: Object.fromEntries(
      kinds
        .flatMap((kind) => Object.entries(MESSAGES[kind]))
        .map(([name, schema]) => [name, messageOf(name, schema)]),
    ),
  },
})
