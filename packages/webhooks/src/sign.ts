import { createHmac, randomBytes } from 'node:crypto'

/** What a secret begins with; the rest is base64. */
export const SECRET_PREFIX = 'whsec_'

/** A new secret of 192 random bits, as the Standard Webhooks specification writes it. */
export const newSecret = (): string => SECRET_PREFIX + randomBytes(24).toString('base64')

/** What is signed: the id, the moment of sending in seconds, and the body as it is sent. */
export interface Message {
  readonly id: string
  readonly timestamp: number
  readonly body: string
}

/** One signature of a message: `v1,` and HMAC-SHA256 in base64. */
export const sign = (secret: string, { id, timestamp, body }: Message): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`

/** The headers of a delivery; with two secrets, two signatures, so that a receiver may change over when it likes. */
export const signedHeaders = (
  secrets: readonly string[],
  message: Message,
): Readonly<Record<string, string>> => ({
  'webhook-id': message.id,
  'webhook-timestamp': String(message.timestamp),
  'webhook-signature': secrets.map((secret) => sign(secret, message)).join(' '),
})
