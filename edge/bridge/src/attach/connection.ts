import { readFileSync } from 'node:fs'
import { delayAfter, type Backoff } from '@hilo/client'
import type { Logger } from '@hilo/protocol'
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'

/** Where the broker is and who the bridge is there. */
export interface BrokerAddress {
  /** `mqtt`, `mqtts`, `ws` or `wss`, with the user name in front of the host. */
  readonly url: string
  /** Never logged. */
  readonly password?: string
  /** Paths of PEM files: who signed the broker's certificate, and our own one where the broker asks for it. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
  /** 5 by default; 3.1.1 (`4`) is taken by itself where the broker does not speak 5. */
  readonly protocolVersion?: 4 | 5
}

interface ConnectionOptions {
  readonly address: BrokerAddress
  readonly clientId: string
  readonly backoff: Backoff
  readonly log: Logger
  readonly will?: { readonly topic: string; readonly payload: Buffer }
  /** False for a session that may be claimed back by its owner: it is not opened again by itself. */
  readonly lasting: boolean
  /** Takes a message for good; when it rejects, the broker is made to send it again. */
  readonly take: (packet: IPublishPacket) => Promise<void>
}

/** Messages taken from the broker and not yet on disk. */
const IN_HAND = 256
/** How long a broker keeps what came for a bridge that is away, in seconds. */
const SESSION_S = 7 * 86_400
const MAX_PACKET_BYTES = 128 * 1024

/** Return codes of a broker that does not speak MQTT 5: 3.1.1, 3.2.2.3, and 5, 3.2.2.2. */
const OLD_BROKER: ReadonlySet<unknown> = new Set([1, 0x84])

const optionsOf = ({ address, clientId, lasting, will }: ConnectionOptions): [string, IClientOptions] => {
  const url = new URL(address.url)
  const username = decodeURIComponent(url.username)
  const password = address.password ?? decodeURIComponent(url.password)
  url.username = ''
  url.password = ''
  const { ca, cert, key } = address.tls ?? {}
  return [
    url.href,
    {
      clientId,
      username: username || undefined,
      password: password || undefined,
      ca: ca && readFileSync(ca),
      cert: cert && readFileSync(cert),
      key: key && readFileSync(key),
      protocolVersion: address.protocolVersion ?? 5,
      clean: false,
      keepalive: 30,
      reconnectPeriod: lasting ? 1 : 0,
      reconnectOnConnackError: lasting,
      // What has not gone out is kept by those who said it, and said again after a restart.
      queueQoSZero: false,
      // Mosquitto forgets shared subscriptions at its restart, and still says that the session is present.
      resubscribe: false,
      properties: {
        sessionExpiryInterval: SESSION_S,
        receiveMaximum: IN_HAND,
        maximumPacketSize: MAX_PACKET_BYTES,
        topicAliasMaximum: 0,
      },
      will: will && { ...will, qos: 1, retain: true },
    },
  ]
}

/** What MQTT.js does by itself after `handleMessage`; here it is done once the message is on disk. */
type Acknowledging = { _sendPacket(packet: { cmd: 'puback'; messageId: number | undefined }): void }

/** Holds the acknowledgement of each message back until it is taken, with many in hand at a time. */
const acknowledgeWhenTaken = (
  client: MqttClient,
  { take, log }: ConnectionOptions,
  settled: (isTaken: boolean) => void,
) => {
  let inHand = 0
  let readOn: (() => void) | undefined
  client.handleMessage = ({ ...packet }, next) => {
    const { stream } = client
    const finish = (isTaken: boolean) => {
      inHand -= 1
      readOn?.()
      readOn = undefined
      settled(isTaken)
      if (packet.qos !== 1 || !client.connected || client.stream !== stream) return
      if (isTaken)
        (client as unknown as Acknowledging)._sendPacket({ cmd: 'puback', messageId: packet.messageId })
      // A broker sends an unacknowledged message again only on a new connection.
      else stream.destroy()
    }
    inHand += 1
    take(packet).then(
      () => finish(true),
      (error: unknown) => {
        log.error({ err: error }, 'message not taken')
        finish(false)
      },
    )
    // With an error MQTT.js reads on and acknowledges nothing.
    const goOn = () => next(new Error('acknowledged when it is on disk'))
    if (inHand < IN_HAND) goOn()
    else readOn = goOn
  }
}

/** Opens a connection with a session that outlives it. A lasting one is opened again with growing pauses. */
export const openConnection = (options: ConnectionOptions): MqttClient => {
  const { backoff, clientId, lasting, log } = options
  const client = connect(...optionsOf(options))
  let failures = 0
  let refusals = 0
  acknowledgeWhenTaken(client, options, (isTaken) => {
    refusals = isTaken ? 0 : refusals + 1
  })
  client.on('connect', () => {
    failures = 0
    log.info({ bridge: clientId, mqtt: client.options.protocolVersion }, 'attached to the broker')
  })
  client.on('reconnect', () => {
    failures += 1
    // Zero would mean never.
    if (lasting) client.options.reconnectPeriod = 1 + delayAfter(failures + refusals, backoff)
  })
  client.on('error', (error) => {
    const { code } = error as { code?: unknown }
    if (client.options.protocolVersion === 5 && OLD_BROKER.has(code)) {
      log.info({ bridge: clientId }, 'the broker does not speak MQTT 5: using 3.1.1')
      client.options.protocolVersion = 4
    } else log.warn({ bridge: clientId, reason: error.message, code }, 'broker trouble')
  })
  return client
}
