import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { ok, type Result } from '@hilo/kernel'
import { PRICE_TOKENS } from './errors.ts'
import type { Quote } from './quote.ts'

/*
 * A token is base64url of: version (1 byte), key id (4), variant, market, price row and price list (16 each, nil for
 * none), customer (16, nil for nobody), currency (3), unit and list price (8 each), least and most units (4 each), issued
 * and expires (6 each, milliseconds), and the first half of HMAC-SHA-256 over all of that (16; RFC 2104, section 5).
 */
const VERSION = 2
const BODY = 1 + 4 + 16 * 5 + 3 + 8 * 2 + 4 * 2 + 6 * 2
const MAC = 16

const NIL = '00000000-0000-0000-0000-000000000000'

const uuidBytes = (id: string | null): Buffer => Buffer.from((id ?? NIL).replaceAll('-', ''), 'hex')

const uuidAt = (bytes: Buffer, at: number): string =>
  bytes.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const orNull = (id: string): string | null => (id === NIL ? null : id)

/** Which of several keys signed: a name of the key that tells nothing of it. */
const keyId = (key: KeyObject): Buffer =>
  createHmac('sha256', key).update('price-token').digest().subarray(0, 4)

const sign = (key: KeyObject, body: Buffer): Buffer =>
  createHmac('sha256', key).update(body).digest().subarray(0, MAC)

/** The token of a quote, under 200 characters; only its key can make it. */
export const writeToken = (key: KeyObject, quote: Quote): string => {
  const numbers = Buffer.alloc(8 * 2 + 4 * 2 + 6 * 2)
  numbers.writeBigUInt64BE(BigInt(quote.unitMinor), 0)
  numbers.writeBigUInt64BE(BigInt(quote.listMinor), 8)
  numbers.writeUInt32BE(quote.minQuantity, 16)
  numbers.writeUInt32BE(quote.maxQuantity, 20)
  numbers.writeUIntBE(quote.issuedAt, 24, 6)
  numbers.writeUIntBE(quote.expiresAt, 30, 6)
  const body = Buffer.concat([
    Buffer.of(VERSION),
    keyId(key),
    uuidBytes(quote.variantId),
    uuidBytes(quote.marketId),
    uuidBytes(quote.priceId),
    uuidBytes(quote.priceListId),
    uuidBytes(quote.customerId),
    Buffer.from(quote.currency, 'latin1'),
    numbers,
  ])
  return Buffer.concat([body, sign(key, body)]).toString('base64url')
}

const isSigned = (keys: readonly KeyObject[], bytes: Buffer): boolean => {
  const body = bytes.subarray(0, BODY)
  const key = keys.find((one) => keyId(one).equals(bytes.subarray(1, 5)))
  return key !== undefined && timingSafeEqual(sign(key, body), bytes.subarray(BODY))
}

/** The quote in a token that one of these keys made; anything else is refused with `PRICE_TOKEN_INVALID`. */
export const readToken = (
  keys: readonly KeyObject[],
  token: string,
  path: readonly string[],
): Result<Quote> => {
  const bytes = Buffer.from(token.slice(0, 256), 'base64url')
  // Base64 has several spellings for the same bytes; only ours is a token.
  const isWhole = bytes.length === BODY + MAC && bytes[0] === VERSION && bytes.toString('base64url') === token
  if (!isWhole || !isSigned(keys, bytes)) return PRICE_TOKENS.refuse('PRICE_TOKEN_INVALID', {}, path)
  return ok({
    variantId: uuidAt(bytes, 5),
    marketId: uuidAt(bytes, 21),
    priceId: orNull(uuidAt(bytes, 37)),
    priceListId: orNull(uuidAt(bytes, 53)),
    customerId: orNull(uuidAt(bytes, 69)),
    currency: bytes.toString('latin1', 85, 88),
    unitMinor: Number(bytes.readBigUInt64BE(88)),
    listMinor: Number(bytes.readBigUInt64BE(96)),
    minQuantity: bytes.readUInt32BE(104),
    maxQuantity: bytes.readUInt32BE(108),
    issuedAt: bytes.readUIntBE(112, 6),
    expiresAt: bytes.readUIntBE(118, 6),
  })
}
