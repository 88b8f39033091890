import type { SqlValue } from '@hilo/store'

/** The parts of an aedes packet that outlive the process. A release of QoS 2 has only `cmd` and `messageId`. */
export interface StoredPacket {
  readonly cmd?: string
  readonly topic?: string
  readonly payload?: string | Buffer
  readonly qos?: 0 | 1 | 2
  readonly retain?: boolean
  readonly dup?: boolean
  readonly messageId?: number
  readonly brokerId?: string
  readonly brokerCounter?: number
  readonly clientId?: string
}

/** A packet as two columns: everything but the payload as JSON, and the payload as it is, text or bytes. */
export interface PacketRow {
  readonly head: string
  readonly payload: SqlValue
}

/** The columns of a packet. Message ids belong to a connection, so they stand in a column of their own. */
export const toRow = ({ payload, ...head }: StoredPacket): PacketRow => ({
  head: JSON.stringify({ ...head, messageId: undefined }),
  payload: payload ?? null,
})

/** The fields of a message that are kept with it; the rest belongs to the connection it came by. */
export const messageOf = (packet: StoredPacket): StoredPacket => ({
  cmd: packet.cmd ?? 'publish',
  brokerId: packet.brokerId,
  brokerCounter: packet.brokerCounter ?? 0,
  topic: packet.topic,
  payload: packet.payload ?? Buffer.alloc(0),
  qos: packet.qos ?? 0,
  retain: packet.retain ?? false,
  dup: packet.dup ?? false,
})

/** The packet of a row, with bytes as the `Buffer` that aedes expects. */
export const fromRow = ({ head, payload }: PacketRow): StoredPacket => {
  const packet = JSON.parse(head) as StoredPacket
  if (payload === null) return packet
  const bytes = payload as string | Uint8Array
  return {
    ...packet,
    payload:
      typeof bytes === 'string' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  }
}
