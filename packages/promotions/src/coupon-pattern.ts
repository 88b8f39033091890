import { ok, type Result } from '@hilo/kernel'
import { PROMOTION_REFUSALS } from './errors.ts'

/** Signs that codes are made of: without those that look alike (I and 1, O and 0), or for keypads. */
export const COUPON_ALPHABETS = { MIXED: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789', DIGITS: '0123456789' } as const

/** The name of an alphabet of codes. */
export type CouponAlphabet = keyof typeof COUPON_ALPHABETS

/** What codes look like: a prefix, then a pattern in which each `#` is a random sign. */
export interface CouponPattern {
  readonly prefix: string
  readonly pattern: string
  readonly alphabet: CouponAlphabet
}

/** The pattern of a batch that names none: twelve random signs, 60 bits. */
export const DEFAULT_PATTERN = '####-####-####'

/** Codes of a batch at most. */
export const MAX_BATCH = 1_000_000

const LONGEST = 64
/** A guess is a code once in so many tries: with the limits over time of the API nobody lives to see it. */
const GUESSES = 1_000_000_000

/** What can be typed, printed and read aloud; `#` is taken. */
const PLAIN = /^[\x21\x22\x24-\x7e]*$/

const { refuse } = PROMOTION_REFUSALS

/** Refuses a pattern that makes no codes, or codes that are too few to be hard to guess. */
export const checkPattern = ({ prefix, pattern, alphabet }: CouponPattern, count: number): Result<null> => {
  const invalid = (field: string, en: string, es: string) =>
    refuse('COUPON_BATCH_INVALID', { reason: { en, es } }, [field])
  if (!Number.isInteger(count) || count < 1 || count > MAX_BATCH)
    return invalid(
      'count',
      `A batch has from 1 to ${MAX_BATCH} codes.`,
      `Un lote tiene de 1 a ${MAX_BATCH} códigos.`,
    )
  if (!PLAIN.test(prefix)) {
    const es = 'Un prefijo es de signos ASCII, sin espacios ni #.'
    return invalid('prefix', 'A prefix is of signs of ASCII, without spaces and #.', es)
  }
  if (!PLAIN.test(pattern.replaceAll('#', ''))) {
    const es = 'Un patrón es de # y otros signos ASCII, sin espacios.'
    return invalid('pattern', 'A pattern is of # and other signs of ASCII, without spaces.', es)
  }
  if (prefix.length + pattern.length > LONGEST)
    return invalid(
      'pattern',
      `A code has at most ${LONGEST} characters.`,
      `Un código tiene como mucho ${LONGEST} caracteres.`,
    )
  const have = pattern.split('#').length - 1
  const need = Math.ceil(Math.log(count * GUESSES) / Math.log(COUPON_ALPHABETS[alphabet].length))
  return have < need ? refuse('COUPON_PATTERN_TOO_SHORT', { count, need, have }, ['pattern']) : ok(null)
}

/**
 * Makes codes out of random bytes. Every sign is as likely as every other: a byte beyond the last whole round of the
 * alphabet is thrown away. Codes may repeat, as rarely as the pattern is long.
 */
export const makeCodes = (
  { prefix, pattern, alphabet }: CouponPattern,
  count: number,
  randomBytes: (length: number) => Uint8Array,
): string[] => {
  const signs = COUPON_ALPHABETS[alphabet]
  const fair = 256 - (256 % signs.length)
  let bytes = new Uint8Array()
  let next = 0
  const sign = (): string => {
    for (;;) {
      if (next === bytes.length) {
        bytes = new Uint8Array(randomBytes(4_096))
        next = 0
      }
      const byte = bytes[next++]!
      if (byte < fair) return signs[byte % signs.length]!
    }
  }
  return Array.from({ length: count }, () => prefix + pattern.replaceAll('#', sign))
}
