import { connect } from 'node:net'
import { generate, parser, type Packet } from 'mqtt-packet'

interface LightDeviceOptions {
  readonly port: number
  readonly id: string
  /** The id when nothing else is said. */
  readonly username?: string
  readonly password: string
  readonly clean: boolean
  readonly onMessage: (topic: string, payload: Buffer) => void
}

/** A device of which one process can hold thousands, so that the load is not what is measured. */
export interface LightDevice {
  /** True when the broker had kept its session. */
  readonly hadSession: boolean
  readonly subscribe: (topic: string, qos: 0 | 1) => Promise<void>
  /** Sends with QoS 1; resolves with the acknowledgement. */
  readonly publish: (topic: string, payload: string) => Promise<void>
  /** Goes without a goodbye. */
  readonly drop: () => void
}

/** Connects; rejects when the broker does not let it in. */
export const lightDevice = (options: LightDeviceOptions): Promise<LightDevice> =>
  new Promise((resolve, reject) => {
    const { port, id, username = id, password, clean, onMessage } = options
    const acknowledged = new Map<number, () => void>()
    let last = 0
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const send = (packet: Packet): void => void socket.write(generate(packet))
    const asked = (make: (messageId: number) => Packet): Promise<void> =>
      new Promise((done) => {
        last = (last % 65_535) + 1
        acknowledged.set(last, done)
        send(make(last))
      })
    const device = (hadSession: boolean): LightDevice => ({
      hadSession,
      subscribe: (topic, qos) =>
        asked((messageId) => ({ cmd: 'subscribe', messageId, subscriptions: [{ topic, qos }] })),
      publish: (topic, payload) =>
        asked((messageId) => ({
          cmd: 'publish',
          messageId,
          topic,
          payload,
          qos: 1,
          dup: false,
          retain: false,
        })),
      drop: () => void socket.destroy(),
    })
    const take = (packet: Packet): void => {
      switch (packet.cmd) {
        case 'connack':
          if (packet.returnCode === 0) resolve(device(packet.sessionPresent))
          else reject(new Error(`The broker refuses ${id}: ${packet.returnCode}`))
          break
        case 'publish':
          if (packet.qos === 1) send({ cmd: 'puback', messageId: packet.messageId! })
          onMessage(packet.topic, packet.payload as Buffer)
          break
        case 'suback':
        case 'puback':
          acknowledged.get(packet.messageId!)?.()
          acknowledged.delete(packet.messageId!)
          break
        default:
      }
    }
    const reader = parser({ protocolVersion: 4 })
    reader.on('packet', take)
    socket.on('data', (bytes) => void reader.parse(bytes))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`The broker ended the connection of ${id}`)))
    send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId: id,
      clean,
      keepalive: 600,
      username,
      password: Buffer.from(password),
    })
  })
