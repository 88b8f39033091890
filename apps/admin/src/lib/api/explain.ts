import { m } from '#lib/paraglide/messages.js'
import { ApiError } from './request.ts'

/** What to tell people when a question or a change got no answer that counts. Bugs are thrown again. */
export const explain = (cause: unknown): string => {
  if (!(cause instanceof ApiError)) throw cause
  return cause.code === 'UNAUTHENTICATED' ? m.error_session_ended() : cause.message
}
