import { timingSafeEqual } from 'node:crypto'
import { sign } from './sign.ts'

/** A delivery as a receiver got it. */
export interface ReceivedWebhook {
  /** `whsec_…`, as it was shown once. */
  readonly secret: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>> | Headers
  /** The body exactly as it came: parsing it first and writing it anew breaks the signature. */
  readonly body: string
  readonly now: Date
  /** Says whether this id was handled before: the same delivery can come twice. */
  readonly isKnown?: (id: string) => boolean | Promise<boolean>
}

/** What a delivery says. */
export interface WebhookMessage {
  /** The same in every attempt. */
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Why a delivery is not to be believed: `FORGED`, `TOO_OLD` (5 minutes, either way), or `REPLAYED`. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError'
  readonly code: 'FORGED' | 'TOO_OLD' | 'REPLAYED'
  constructor(code: WebhookVerificationError['code']) {
    super(`The webhook is not to be believed: ${code}`)
    this.code = code
  }
}

/** Seconds that the clocks of sender and receiver may differ, and a delivery may take. */
const TOLERANCE_SECONDS = 300

const headerOf = (headers: ReceivedWebhook['headers'], name: string): string => {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  return (Array.isArray(value) ? value[0] : (value as string | null | undefined)) ?? ''
}

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Checks that a delivery comes from the shop, is fresh, is as it was sent, and was not handled before; gives what it
 * says. Throws `WebhookVerificationError`. See the Standard Webhooks specification.
 */
export const verifyWebhook = async ({
  secret,
  headers,
  body,
  now,
  isKnown,
}: ReceivedWebhook): Promise<WebhookMessage> => {
  const id = headerOf(headers, 'webhook-id')
  const timestamp = Number(headerOf(headers, 'webhook-timestamp'))
  if (!id || !Number.isInteger(timestamp)) throw new WebhookVerificationError('FORGED')
  const expected = sign(secret, { id, timestamp, body })
  const signatures = headerOf(headers, 'webhook-signature').split(' ')
  if (!signatures.some((signature) => isSame(signature, expected)))
    throw new WebhookVerificationError('FORGED')
  if (Math.abs(now.getTime() / 1_000 - timestamp) > TOLERANCE_SECONDS)
    throw new WebhookVerificationError('TOO_OLD')
  if (await isKnown?.(id)) throw new WebhookVerificationError('REPLAYED')
  return { id, ...(JSON.parse(body) as Omit<WebhookMessage, 'id'>) }
}
