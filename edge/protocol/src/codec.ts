import { COMMON, ok, reasonOf, type Result } from '@hilo/kernel'
import type { z } from 'zod'
import { PROTOCOL_VERSION } from './fields.ts'
import { EDGE } from './refusals.ts'

/** Longest payload, in bytes. */
export const MAX_PAYLOAD_BYTES = 65_536

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const readJson = (payload: Uint8Array): Result<unknown> => {
  if (payload.length > MAX_PAYLOAD_BYTES)
    return EDGE.refuse('PAYLOAD_TOO_LARGE', { bytes: payload.length, max: MAX_PAYLOAD_BYTES })
  let text: string
  try {
    text = decoder.decode(payload)
  } catch {
    return EDGE.refuse('INVALID_UTF8', {})
  }
  try {
    return ok(JSON.parse(text))
  } catch {
    return EDGE.refuse('INVALID_JSON', {})
  }
}

const versionOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { v?: unknown }).v : undefined

/**
 * The value of a payload, or why it is none: too large, not UTF-8, not JSON, of another version, or not as the schema
 * says. Fields the schema does not know are dropped, so that newer devices can talk to older shops.
 */
export const decode = <Schema extends z.ZodType>(
  schema: Schema,
  payload: Uint8Array,
): Result<z.output<Schema>> => {
  const json = readJson(payload)
  if (!json.ok) return json
  const version = versionOf(json.value)
  if (version !== undefined && version !== PROTOCOL_VERSION)
    return EDGE.refuse(
      'PROTOCOL_VERSION_NOT_SUPPORTED',
      { version: JSON.stringify(version).slice(0, 20), supported: String(PROTOCOL_VERSION) },
      ['v'],
    )
  const parsed = schema.safeParse(json.value)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]!
  const path = issue.path.map(String)
  const { en, es } = reasonOf(issue)
  const field = path.length > 0 ? `${path.join('.')}: ` : ''
  return COMMON.refuse('INVALID_INPUT', { reason: { en: field + en, es: field + es } }, path)
}

/** The bytes of a payload: compact JSON in UTF-8. Throws `RangeError` when it is longer than a payload may be. */
export const encode = (value: object): Uint8Array => {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  if (bytes.length <= MAX_PAYLOAD_BYTES) return bytes
  throw new RangeError(`A payload of ${bytes.length} bytes is too long`)
}
