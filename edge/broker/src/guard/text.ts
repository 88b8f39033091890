const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// Control characters, and code points that Unicode will never assign: the last two of each plane, and U+FDD0 to U+FDEF.
const FORBIDDEN = /\p{Cc}|\p{Noncharacter_Code_Point}/u

const isAllowed = (bytes: Buffer): boolean => {
  try {
    return !FORBIDDEN.test(decoder.decode(bytes))
  } catch {
    return false
  }
}

/** True for UTF-8 that MQTT may carry. Most is ASCII, and decided without decoding. MQTT 3.1.1, 1.5.3. */
const isCleanText = (bytes: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!
    if (byte > 0x7e) return isAllowed(bytes.subarray(from, to))
    if (byte < 0x20) return false
  }
  return true
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
    if (this.at >= this.bytes.length) {
      this.failed = true
      return 0
    }
    this.at += 1
    return this.bytes[this.at - 1]!
  }

  short(): number {
    return this.byte() * 256 + this.byte()
  }

  /** Passes over a field with its length in front; gives that length. */
  skip(): number {
    const length = this.short()
    this.at += length
    if (this.at > this.bytes.length) this.failed = true
    return length
  }

  /** Passes over a text field, which must be clean; gives its length in bytes. */
  skipText(): number {
    const length = this.skip()
    if (!this.failed && !isCleanText(this.bytes, this.at - length, this.at)) this.failed = true
    return length
  }

  text(): string {
    const length = this.skipText()
    return this.failed ? '' : this.bytes.toString('utf8', this.at - length, this.at)
  }
}
