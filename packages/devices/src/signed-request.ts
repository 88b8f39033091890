import { createPublicKey, verify } from 'node:crypto'
import { encodeId, ok, type Result, type Sentence, type Uuid } from '@hilo/kernel'
import { DEVICES } from './errors.ts'

/** A request as its device signed it. */
export interface SignedRequest {
  readonly topic: string
  /** The JSON text that was signed. */
  readonly request: string
  /** Ed25519 over topic, line feed and request; base64url. */
  readonly signature: string
}

/** What the signed text must say as well. */
interface Asked {
  readonly slot?: string | null
  readonly sku?: string | null
  readonly quantity?: number | null
  readonly priceToken?: string | null
  readonly expect?: { readonly max: number; readonly currency: string } | null
  readonly test?: boolean | null
  readonly idempotencyKey?: string | null
  readonly signed?: SignedRequest | null
  readonly needsSignature?: boolean | null
}

interface Signer {
  readonly deviceId: Uuid
  /** 32 bytes, raw. */
  readonly publicKey: Uint8Array | null
}

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in DER.
const DER_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

const holds = ({ topic, request, signature }: SignedRequest, publicKey: Uint8Array): boolean => {
  const key = createPublicKey({ key: Buffer.concat([DER_HEAD, publicKey]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(`${topic}\n${request}`), key, Buffer.from(signature, 'base64url'))
}

/** How far a clock may be ahead, in milliseconds. */
const MOST_AHEAD_MS = 5 * 60_000

const read = (text: string): Record<string, unknown> => {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return {}
  }
}

const wishOf = ({ slot, sku, quantity, expect, test, priceToken }: Asked): string =>
  JSON.stringify([
    slot ?? null,
    sku ?? null,
    quantity ?? null,
    expect?.max ?? null,
    expect?.currency ?? null,
    test === true,
    priceToken ?? null,
  ])

const WHY = {
  noKey: { en: 'the device has no key', es: 'el dispositivo no tiene clave' },
  otherText: {
    en: 'it was made with another key or for another text',
    es: 'se hizo con otra clave o para otro texto',
  },
  otherRequest: { en: 'it is for another request', es: 'es de otra petición' },
  otherWish: { en: 'it is for another wish', es: 'lo firmado pide otra cosa' },
  noTime: { en: 'it does not say when', es: 'no dice cuándo se firmó' },
  ahead: { en: 'its clock is ahead', es: 'el reloj del dispositivo va adelantado' },
} as const satisfies Readonly<Record<string, Sentence>>

const invalid = (why: keyof typeof WHY) =>
  DEVICES.refuse('SIGNATURE_INVALID', { reason: WHY[why] }, ['signed'])

/**
 * Checks that a device signed what it asks. Without a signature it is fine where none is needed. Gives the time the
 * device signed, never later than now, and earlier by twice what a clock may be ahead: so whatever was bought is too old
 * to be sent again well before its answer is forgotten. Refuses with `SIGNATURE_REQUIRED` and `SIGNATURE_INVALID`.
 */
export const checkSignature = (
  now: Date,
  { deviceId, publicKey }: Signer,
  asked: Asked,
): Result<{ readonly sentAt: Date } | undefined> => {
  const { signed, idempotencyKey: rid } = asked
  if (!signed) return asked.needsSignature ? DEVICES.refuse('SIGNATURE_REQUIRED', {}) : ok(undefined)
  if (!publicKey) return invalid('noKey')
  if (!holds(signed, publicKey)) return invalid('otherText')
  const said = read(signed.request)
  const isOwn = signed.topic.endsWith(`/${encodeId('device', deviceId)}/command/purchase/request/${rid}`)
  if (!isOwn || said['rid'] !== rid) return invalid('otherRequest')
  if (wishOf(said) !== wishOf(asked)) return invalid('otherWish')
  const { ts } = said
  if (!Number.isSafeInteger(ts) || Number(ts) < 0) return invalid('noTime')
  if (Number(ts) > now.getTime() + MOST_AHEAD_MS) return invalid('ahead')
  return ok({ sentAt: new Date(Math.min(Number(ts), now.getTime()) - 2 * MOST_AHEAD_MS) })
}
