import { FieldReader } from './text.ts'

/** What a CONNECT says about the connection. */
export interface Connect {
  readonly level: number
  readonly clientId: string
  /** Seconds. */
  readonly keepalive: number
}

/** Seconds a device may promise between two packets. Zero, "for ever", would keep dead connections. */
const KEEPALIVE = { min: 10, max: 1_200 } as const

/** Why a CONNECT is refused, and the return code to say so; none where the packet itself is broken. 3.1.4 */
export interface ConnectRefusal {
  readonly reason: string
  readonly answer?: Buffer
}

const connack = (code: number): Buffer => Buffer.of(0x20, 2, 0, code)
const NOT_MQTT5 = Buffer.of(0x20, 3, 0, 0x84, 0)

const FLAG = { reserved: 0x01, will: 0x04, willQos: 0x18, willRetain: 0x20, password: 0x40, username: 0x80 }

const flagsAreSound = (flags: number): boolean => {
  if (flags & FLAG.reserved) return false
  if (!(flags & FLAG.will) && flags & (FLAG.willQos | FLAG.willRetain)) return false
  if ((flags & FLAG.willQos) === FLAG.willQos) return false
  return !(flags & FLAG.password) || (flags & FLAG.username) !== 0
}

/** Reads the CONNECT whose variable header begins at `body`. */
export const readConnect = (packet: Buffer, body: number): Connect | ConnectRefusal => {
  const fields = new FieldReader(packet, body)
  const protocol = fields.text()
  const level = fields.byte()
  if (protocol === 'MQTT' && level === 5) return { reason: 'MQTT 5 is not spoken here', answer: NOT_MQTT5 }
  const known = (protocol === 'MQTT' && level === 4) || (protocol === 'MQIsdp' && level === 3)
  if (fields.failed || !known) return { reason: 'unknown protocol', answer: connack(1) }

  const flags = fields.byte()
  const keepalive = fields.short()
  const clientId = fields.text()
  if (flags & FLAG.will) {
    fields.skipText()
    fields.skip()
  }
  if (flags & FLAG.username) fields.skipText()
  if (flags & FLAG.password) fields.skip()
  if (fields.failed || !fields.done || !flagsAreSound(flags)) return { reason: 'malformed CONNECT' }

  if (clientId === '') return { reason: 'no client id', answer: connack(2) }
  if (keepalive < KEEPALIVE.min || keepalive > KEEPALIVE.max)
    return { reason: `keepalive of ${keepalive} s`, answer: connack(5) }
  return { level, clientId, keepalive }
}
