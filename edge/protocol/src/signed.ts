import { z } from 'zod'
import { decode } from './codec.ts'
import { version } from './fields.ts'

/** A request in an envelope that its device signed: for brokers that do not prove who sends. */
export const signedRequest = z
  .object({
    v: version,
    request: z
      .string()
      .min(2)
      .max(16_384)
      .meta({ description: 'The request, as the JSON text that was signed.' }),
    signature: z
      .string()
      .regex(/^[\w-]{86}$/)
      .meta({ description: 'Ed25519 over the topic, a line feed and the text of request; base64url.' }),
  })
  .meta({ description: 'Any request, signed with the key of the device. The request then holds rid and ts.' })

/** A request taken out of its envelope. */
export interface OpenedRequest {
  readonly request: Uint8Array
  /** The signed text and its signature, not yet verified. */
  readonly signed?: { readonly request: string; readonly signature: string }
}

/** What a device signs: where it sends, and what. */
export const signedText = (topic: string, request: string): string => `${topic}\n${request}`

/** Takes a request out of its envelope; one without an envelope is given as it is. */
export const openRequest = (payload: Uint8Array): OpenedRequest => {
  const envelope = decode(signedRequest, payload)
  if (!envelope.ok) return { request: payload }
  const { request, signature } = envelope.value
  return { request: new TextEncoder().encode(request), signed: { request, signature } }
}
