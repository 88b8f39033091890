import { EDGE } from '@hilo/protocol'
import { complaintOf } from '../answer.ts'
import type { VerbHandler } from './verb.ts'

/** Nothing asks for a confirmation yet, so nothing waits for one. */
export const confirm: VerbHandler<unknown, never> = {
  memory: 'passing',
  answer: async () => ({ ok: false, error: complaintOf(EDGE.refuse('CONFIRMATION_NOT_EXPECTED', {}).error) }),
}
