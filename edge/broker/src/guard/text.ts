const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// Control characters, and code points that Unicode will never assign: the last two of each plane, and U+FDD0 to U+FDEF.
const FORBIDDEN = /\p{Cc}|\p{Noncharacter_Code_Point}/u

/** The text of a UTF-8 field, or `undefined` when it is not one MQTT may carry. MQTT 3.1.1, 1.5.3. */
export const readText = (bytes: Buffer): string | undefined => {
  let plain = true
  for (const byte of bytes) {
    if (byte < 0x20 || byte === 0x7f) return undefined
    if (byte > 0x7f) plain = false
  }
  if (plain) return bytes.toString('latin1')
  try {
    const text = decoder.decode(bytes)
    return FORBIDDEN.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** Reads a packet from its variable header on. `failed` says that something was missing or not clean. */
export class FieldReader {
  readonly bytes: Buffer
  at: number
  failed = false

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** True when every byte was read. */
  get done(): boolean {
    return this.at === this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.at]
    this.at += 1
    if (value === undefined) this.failed = true
    return value ?? 0
  }

  short(): number {
    return this.byte() * 256 + this.byte()
  }

  /** A field with its length in front. */
  binary(): Buffer {
    const length = this.short()
    const field = this.bytes.subarray(this.at, this.at + length)
    this.at += length
    if (field.length < length) this.failed = true
    return field
  }

  text(): string {
    const text = readText(this.binary())
    if (text === undefined) this.failed = true
    return text ?? ''
  }
}
