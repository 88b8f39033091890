/** What stands in front of a packet: its type, flags, and where it begins and ends. MQTT 3.1.1, 2.2. */
export interface FrameHeader {
  /** Whole length with the header, or 0 while the header is not complete. */
  readonly length: number
  /** Where the variable header begins. */
  readonly body: number
}

/** MQTT control packet types, 2.2.1. */
export const TYPE = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const

/** The type of a packet by its first byte. */
export const typeOf = (first: number): number => first >> 4

/** The header of the packet that begins at `at`; `undefined` when its length has more than four bytes, 2.2.3. */
export const readHeader = (bytes: Buffer, at: number): FrameHeader | undefined => {
  let remaining = 0
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[at + 1 + index]
    if (byte === undefined) return { length: 0, body: 0 }
    remaining += (byte & 0x7f) * 128 ** index
    if (byte < 0x80) return { length: 2 + index + remaining, body: at + 2 + index }
  }
  return undefined
}
