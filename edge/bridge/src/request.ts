import { COMMON, type Result, type Sentence } from '@hilo/kernel'
import {
  decode,
  EDGE,
  isRid,
  isVerb,
  openRequest,
  PROTOCOL_VERSION,
  requests,
  type OpenedRequest,
  type TopicAddress,
  type Verb,
} from '@hilo/protocol'
import { complaintOf, failureReply } from './answer.ts'
import { VERBS } from './verbs/registry.ts'
import type { Asking, VerbHandler } from './verbs/verb.ts'

interface Understood {
  readonly verb: Verb
  readonly request: object
  readonly signed: OpenedRequest['signed']
}

const refuseRid = ({ en, es }: Sentence) =>
  COMMON.refuse('INVALID_INPUT', { reason: { en: `rid: ${en}`, es: `rid: ${es}` } }, ['rid'])

/** What a request asks, or why nobody can tell. */
const understand = ({ verb, rid }: TopicAddress<'request'>, payload: Uint8Array): Result<Understood> => {
  if (!isVerb(verb)) return EDGE.refuse('VERB_NOT_SUPPORTED', { verb: verb.slice(0, 40) })
  if (!isRid(rid))
    return refuseRid({ en: 'the topic must end with a UUID', es: 'el tema debe terminar en un UUID' })
  const opened = openRequest(payload)
  const request = decode(requests[verb], opened.request)
  if (!request.ok) return request
  if (request.value.rid !== undefined && request.value.rid !== rid)
    return refuseRid({ en: 'not the same as in the topic', es: 'no es el mismo que el del tema' })
  return { ok: true, value: { verb, request: request.value, signed: opened.signed } }
}

/** How long an answer is remembered: what changed something for long, a price for quick repeats. */
export type Memory = 'lasting' | 'passing' | 'none'

/** The memory that a verb deserves; a lasting one is also worth many attempts. */
export const memoryOf = (verb: string): Memory => (isVerb(verb) ? VERBS[verb].memory : 'none')

/** The reply to a request. Throws what should be tried again. */
export const replyTo = async (
  address: TopicAddress<'request'>,
  payload: Uint8Array,
  asking: Omit<Asking, 'signed'>,
): Promise<{ readonly reply: object; readonly memory: Memory }> => {
  const { rid } = address
  const understood = understand(address, payload)
  if (!understood.ok) return { reply: failureReply(rid, complaintOf(understood.error)), memory: 'none' }
  const { verb, request, signed } = understood.value
  const handler: VerbHandler<never, object> = VERBS[verb]
  const answer = await handler.answer(request as never, { ...asking, signed })
  const reply = answer.ok
    ? { v: PROTOCOL_VERSION, rid, ok: true, ...answer.value, replayed: false }
    : failureReply(rid, answer.error)
  return { reply, memory: memoryOf(verb) }
}
