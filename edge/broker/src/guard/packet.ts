import { MAX_TOPIC_BYTES } from '@hilo/protocol'
import { TYPE, typeOf } from './frame.ts'
import { FieldReader } from './text.ts'

const PLUS = 0x2b
const HASH = 0x23

const hasWildcard = (bytes: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (bytes[at] === PLUS || bytes[at] === HASH) return true
  return false
}

const checkPublish = (first: number, fields: FieldReader): string | undefined => {
  const qos = (first >> 1) & 3
  if (qos === 3) return 'QoS 3'
  if (qos === 0 && first & 0x08) return 'duplicate flag with QoS 0'
  const length = fields.skipText()
  if (fields.failed || length === 0) return 'unreadable topic'
  if (length > MAX_TOPIC_BYTES) return 'topic too long'
  if (hasWildcard(fields.bytes, fields.at - length, fields.at)) return 'wildcard in a topic'
  if (qos > 0 && fields.short() === 0) return 'message id 0'
  return fields.failed ? 'PUBLISH cut short' : undefined
}

// [MQTT-4.7.1-2], [MQTT-4.7.1-3]: wildcards stand alone in their level, and # in the last.
const isFilter = (filter: string): boolean =>
  filter !== '' &&
  Buffer.byteLength(filter) <= MAX_TOPIC_BYTES &&
  filter
    .split('/')
    .every((level, index, levels) =>
      level === '#' ? index === levels.length - 1 : level === '+' || !/[+#]/.test(level),
    )

const checkFilters = (fields: FieldReader, withQos: boolean): string | undefined => {
  if (fields.short() === 0) return 'message id 0'
  if (fields.done) return 'no topic filter'
  while (!fields.done && !fields.failed) {
    const filter = fields.text()
    if (!fields.failed && !isFilter(filter)) return 'bad topic filter'
    if (withQos && fields.byte() > 2) return 'bad QoS'
  }
  return fields.failed ? 'cut short' : undefined
}

const checkAcknowledgement = (fields: FieldReader): string | undefined =>
  fields.short() === 0 || fields.failed || !fields.done ? 'bad acknowledgement' : undefined

// 2.2.2: the flags of every packet but PUBLISH are fixed.
const FLAGS: Readonly<Record<number, number>> = {
  [TYPE.pubrel]: 2,
  [TYPE.subscribe]: 2,
  [TYPE.unsubscribe]: 2,
}

/** What is wrong with a whole packet that a signed-in client sent, or `undefined`. MQTT 3.1.1, chapter 3. */
export const problemOf = (packet: Buffer, body: number): string | undefined => {
  const first = packet[0]!
  const type = typeOf(first)
  const fields = new FieldReader(packet, body)
  if (type === TYPE.publish) return checkPublish(first, fields)
  if ((first & 0x0f) !== (FLAGS[type] ?? 0)) return 'reserved flags'
  switch (type) {
    case TYPE.puback:
    case TYPE.pubrec:
    case TYPE.pubrel:
    case TYPE.pubcomp:
      return checkAcknowledgement(fields)
    case TYPE.subscribe:
      return checkFilters(fields, true)
    case TYPE.unsubscribe:
      return checkFilters(fields, false)
    case TYPE.pingreq:
    case TYPE.disconnect:
      return fields.done ? undefined : 'unexpected bytes'
    default:
      return `packet type ${type} from a client`
  }
}
