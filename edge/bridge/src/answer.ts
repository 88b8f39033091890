import { ClientError } from '@hilo/client'
import { COMMON, refusalMessage, type Refusal } from '@hilo/kernel'
import { EDGE, PROTOCOL_VERSION, type Failure } from '@hilo/protocol'
import type { UserError } from './api/documents.ts'

/** What a device is told when its request was not done; `retryAfter` in seconds. */
export type Complaint = Failure['error']

const SPECS = { ...COMMON.catalogue, ...EDGE.catalogue }

/** A refusal of the edge itself. Devices have no language of their own yet: English. */
export const complaintOf = (refusal: Refusal): Complaint => {
  const spec = SPECS[refusal.code as keyof typeof SPECS]
  return {
    code: refusal.code,
    message: spec ? refusalMessage(spec, refusal, 'en') : refusal.code,
    retryable: false,
  }
}

/** The same request, sent again with the same rid, is tried again. */
export const UNAVAILABLE: Complaint = {
  ...complaintOf(EDGE.refuse('UNAVAILABLE', {}).error),
  retryable: true,
  retryAfter: 60,
}

/** A refusal of the API. The API gives the same answer to the same rid for ever, so repeating it helps no one. */
export const complaintOfApi = ({ code, message }: UserError): Complaint => ({
  code,
  message,
  retryable: false,
})

// These say that the edge, its key or the API is not in order. The device did nothing wrong, and the request is kept.
const OURS: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_ERROR',
  'BAD_RESPONSE',
])

/** The complaint behind an error of the API, or `undefined` when the request should be tried again. */
export const complaintOfError = (error: unknown): Complaint | undefined => {
  if (!(error instanceof ClientError) || error.retryable || OURS.has(error.code)) return undefined
  return { code: error.code, message: error.message, retryable: false }
}

/** The reply that carries a complaint. */
export const failureReply = (rid: string, error: Complaint): Failure => ({
  v: PROTOCOL_VERSION,
  rid,
  ok: false,
  error,
})
