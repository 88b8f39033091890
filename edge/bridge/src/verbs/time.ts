import type { TimeReply } from '@hilo/protocol'
import type { VerbHandler } from './verb.ts'

type Body = Pick<Extract<TimeReply, { ok: true }>, 'time'>

/** When the request came, for devices without a clock. */
export const time: VerbHandler<unknown, Body> = {
  memory: 'passing',
  answer: async (_request, { at }) => ({ ok: true, value: { time: at } }),
}
