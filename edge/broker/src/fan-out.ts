import type { Client } from 'aedes'
import { generate } from 'mqtt-packet'
import type { Persistence } from './persistence/persistence.ts'

/** A message on its way to one subscriber, as aedes shows it to `authorizeForward`. */
interface Forwarded {
  readonly topic: string
  readonly payload: Buffer | string
  readonly qos: 0 | 1 | 2
  readonly retain: boolean
  readonly brokerId?: string
  readonly brokerCounter?: number
  readonly messageId?: number
}

/** Parts of an aedes client that its types leave out. */
interface Internals {
  _nextId: number
  readonly clean: boolean
  readonly subscriptions: Readonly<Record<string, { readonly qos: 0 | 1 | 2 } | undefined>>
}

/** The bytes of one message for all its subscribers, and where the message id stands in them. */
interface Shared {
  readonly counter: number
  readonly qos: 0 | 1
  readonly bytes: Buffer
  readonly idAt: number
}

const serialise = ({ topic, payload, brokerCounter = 0 }: Forwarded, qos: 0 | 1): Shared => {
  const bytes = generate({ cmd: 'publish', topic, payload, qos, dup: false, retain: false, messageId: 1 })
  return { counter: brokerCounter, qos, bytes, idAt: bytes.length - Buffer.byteLength(payload) - 2 }
}

/** As aedes counts: each connection from 1 to 65535, and around. */
const nextMessageId = (client: Internals): number => {
  const id = client._nextId
  client._nextId = id >= 65_535 ? 1 : id + 1
  return id
}

/**
 * Sends a message of the shop to a subscriber of exactly its topic in one write, with bytes made once for all of them:
 * aedes makes them anew for each, in six writes. True when it has; false leaves it to aedes, which also deals with
 * devices that read too slowly.
 */
export const fanOut = (persistence: Pick<Persistence, 'outgoingUpdate'>) => {
  let last: Shared[] = []
  const sharedOf = (packet: Forwarded, qos: 0 | 1): Shared => {
    const known = last.find((shared) => shared.counter === packet.brokerCounter && shared.qos === qos)
    if (known) return known
    const made = serialise(packet, qos)
    last = [made, ...last.filter(({ counter }) => counter === made.counter)]
    return made
  }

  return (client: Client, packet: Forwarded): boolean => {
    const internals = client as unknown as Internals
    const { conn } = client
    const granted = internals.subscriptions[packet.topic]?.qos
    const isPlain = packet.brokerCounter && packet.messageId === undefined && !packet.retain && packet.qos < 2
    if (granted === undefined || !isPlain || !client.connected || conn.writableLength > 0) return false
    const { bytes, qos, idAt } = sharedOf(packet, granted === 0 || packet.qos === 0 ? 0 : 1)
    if (qos === 0) {
      conn.write(bytes)
      return true
    }
    const own = Buffer.from(bytes)
    const messageId = nextMessageId(internals)
    own.writeUInt16BE(messageId, idAt)
    if (internals.clean) conn.write(own)
    else
      persistence.outgoingUpdate(client, { ...packet, messageId }).then(
        () => client.connected && conn.write(own),
        (error: unknown) => client.emit('error', error as Error),
      )
    return true
  }
}
