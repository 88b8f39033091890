import type { OpenedRequest } from '@hilo/protocol'
import type { EdgeApi } from '../api/edge-api.ts'
import type { UserError } from '../api/documents.ts'
import { complaintOfApi, type Complaint } from '../answer.ts'

/** Who asks, when, and how to ask the API in their name. */
export interface Asking {
  readonly device: string
  readonly rid: string
  /** The topic it came on, which a signature covers. */
  readonly topic: string
  /** The request as its device signed it, for the API to verify. */
  readonly signed?: OpenedRequest['signed']
  /** True when the broker proves who sent it. */
  readonly provesSender: boolean
  /** When the request came, in milliseconds since 1970. */
  readonly at: number
  readonly ask: <Data>(document: string, variables: object) => Promise<Data>
}

/** The part of a reply that is the verb's own, or why there is none. */
export type Answer<Body> =
  | { readonly ok: true; readonly value: Body }
  | { readonly ok: false; readonly error: Complaint }

/** Answers one verb. Throws what should be tried again. */
export interface VerbHandler<Request, Body> {
  readonly answer: (request: Request, asking: Asking) => Promise<Answer<Body>>
  /** `lasting` for what changes something: tried often and remembered long. A late price is worth nothing. */
  readonly memory: 'lasting' | 'passing'
}

/** A function that asks the API as this device. */
export const askAs =
  (api: EdgeApi, device: string, signal: AbortSignal): Asking['ask'] =>
  (document, variables) =>
    api.asDevice(device, document, variables, signal)

/** The value of a mutation, or the first of its refusals. */
export const valueOr = <T>(value: T | null, errors: readonly UserError[]): Answer<T> => {
  const [refusal] = errors
  if (refusal) return { ok: false, error: complaintOfApi(refusal) }
  if (value === null) throw new Error('The API gave neither a value nor a refusal')
  return { ok: true, value }
}
