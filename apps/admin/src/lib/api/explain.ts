import { m } from '#lib/paraglide/messages.js'
import { ApiError } from './request.ts'

/** What to tell people when a change got no answer that counts. Bugs are thrown again. */
export const explain = (cause: unknown): string => {
  if (!(cause instanceof ApiError)) throw cause
  if (cause.code === 'UNAUTHENTICATED') return m.error_session_ended()
  return cause.code === 'UNREACHABLE' ? m.error_not_saved() : cause.message
}
