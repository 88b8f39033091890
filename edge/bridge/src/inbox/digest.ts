import { createHash } from 'node:crypto'
import { openRequest } from '@hilo/protocol'

/** A JSON value with its keys in order, so that equal requests have equal text. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, inOrder(part)]),
  )
}

const meaningOf = (payload: Uint8Array): string | Uint8Array => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    // When and as which message it was sent does not make it another request.
    const { ts: _ts, seq: _seq, ...rest } = Object(value) as Record<string, unknown>
    return typeof value === 'object' && value !== null ? JSON.stringify(inOrder(rest)) : JSON.stringify(value)
  } catch {
    return payload
  }
}

/** Says whether two requests ask the same: the same topic and payload, whatever their time and order of keys. */
export const digestOf = (topic: string, payload: Uint8Array): string =>
  createHash('sha256')
    .update(topic)
    .update('\n')
    .update(meaningOf(openRequest(payload).request))
    .digest('base64')
