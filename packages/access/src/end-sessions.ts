import { appendEvents, type Context, type EventScope, type NewEvent } from '@hilo/db'
import { encodeId, type Permission, type Uuid } from '@hilo/kernel'
import type { SessionKind } from './session.ts'

/** One session, or all of somebody but one. */
export type WhichSessions =
  | { readonly id: Uuid }
  | { readonly kind: SessionKind; readonly subjectId: Uuid; readonly except?: Uuid | undefined }

interface EndedSession {
  readonly id: Uuid
  readonly kind: string
  readonly subject_id: Uuid
}

const HEARD_WITH: Readonly<Record<SessionKind, Permission>> = {
  staff: 'staff:write',
  customer: 'customers:read',
  device: 'devices:read',
}

/** An event of a session, for whose it is and for those who look after them. */
export const sessionEvent = (
  type: 'SessionRevoked.v1' | 'RefreshTokenReused.v1',
  { id, kind, subject_id: subjectId }: EndedSession,
): NewEvent => {
  const whose = kind as SessionKind
  const scope: EventScope = whose === 'staff' ? {} : { [whose]: subjectId }
  return {
    aggregate: 'session',
    aggregateId: id,
    type,
    payload: { sessionId: encodeId('session', id), kind: whose, subjectId: encodeId(whose, subjectId) },
    ...(type === 'RefreshTokenReused.v1'
      ? { permission: 'audit:read' as const }
      : { scope, permission: HEARD_WITH[whose] }),
  }
}

/** Ends sessions and tells the log; their tokens stop to work at once. Call it inside `command()`. */
export const endSessions = async (ctx: Context, which: WhichSessions): Promise<void> => {
  const ended = await ctx.db
    .updateTable('session')
    .set({ revoked_at: ctx.now() })
    .where('revoked_at', 'is', null)
    .$if('id' in which, (query) => query.where('id', '=', (which as { id: Uuid }).id))
    .$if('subjectId' in which, (query) => {
      const { kind, subjectId, except } = which as Extract<WhichSessions, { kind: SessionKind }>
      const theirs = query.where('kind', '=', kind).where('subject_id', '=', subjectId)
      return except ? theirs.where('id', '!=', except) : theirs
    })
    .returning(['id', 'kind', 'subject_id'])
    .execute()
  await appendEvents(
    ctx,
    ended.map((session) => sessionEvent('SessionRevoked.v1', session)),
  )
}
