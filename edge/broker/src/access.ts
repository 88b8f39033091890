import {
  devicePrefix,
  isTopicPart,
  MAX_TOPIC_BYTES,
  MAX_TOPIC_LEVELS,
  parseTopic,
  UPWARD,
} from '@hilo/protocol'

/** Who a connection is, and what it was granted at sign-in. */
export interface Grants {
  readonly shop: string
  readonly deviceId: string
  /** Codes of the channels whose catalogue it may read. */
  readonly channels: readonly string[]
}

const CATALOGUE: ReadonlySet<string> = new Set(['price', 'promotion', 'stock'])

const isGrantedCatalogue = ({ shop, channels }: Grants, topic: string): boolean => {
  const address = parseTopic(topic)
  return (
    address !== undefined &&
    CATALOGUE.has(address.kind) &&
    address.shop === shop &&
    'channel' in address &&
    channels.includes(address.channel)
  )
}

/** True for the topics that devices send, below the device's own id. */
export const mayPublish = ({ shop, deviceId }: Omit<Grants, 'channels'>, topic: string): boolean => {
  const address = parseTopic(topic)
  return (
    address !== undefined &&
    UPWARD.has(address.kind) &&
    address.shop === shop &&
    'device' in address &&
    address.device === deviceId
  )
}

/** True for a filter below the device's own id, and for one topic of a granted catalogue: no wildcards there. */
export const maySubscribe = (grants: Grants, filter: string): boolean => {
  const prefix = devicePrefix(grants.shop, grants.deviceId)
  if (!filter.startsWith(prefix)) return isGrantedCatalogue(grants, filter)
  const levels = filter.split('/')
  return (
    Buffer.byteLength(filter) <= MAX_TOPIC_BYTES &&
    levels.length <= MAX_TOPIC_LEVELS + 1 &&
    levels.every((level) => level === '+' || level === '#' || isTopicPart(level))
  )
}

/** True for a message this device may get: the last check, whatever it once subscribed to. */
export const mayReceive = (grants: Grants, topic: string): boolean =>
  topic.startsWith(devicePrefix(grants.shop, grants.deviceId)) || isGrantedCatalogue(grants, topic)
