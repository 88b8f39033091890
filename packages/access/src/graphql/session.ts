import {
  builder,
  connectionType,
  defineMutation,
  defineNode,
  keysetConnection,
  loadOne,
  loadPages,
  readId,
  type RequestContext,
} from '@hilo/graphql'
import { COMMON, encodeId, ok } from '@hilo/kernel'
import { endSessions } from '../end-sessions.ts'
import { countSessions, sessionsByIds, type SessionsOf, sessionsPages } from '../session-queries.ts'

export const session = defineNode('Session', ({ db, actor, now }, ids) =>
  sessionsByIds(db, { actor, now: now() }, ids),
)

builder.node(session.ref, {
  ...session.options,
  description: 'Somebody signed in somewhere, until they sign out or let it expire.',
  fields: (t) => ({
    current: t.boolean({
      description: 'True for the session of this request.',
      resolve: ({ id }, _args, { actor }) => 'sessionId' in actor && actor.sessionId === id,
    }),
    userAgent: t.exposeString('userAgent', { nullable: true }),
    address: t.exposeString('address', {
      nullable: true,
      description: 'The IP address it was used from last.',
    }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it ends unless it is refreshed before.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
  }),
})

export const SessionConnection = connectionType(session.ref, 'Session')

type Args = { readonly first?: number | null; readonly after?: string | null }

/** What is loaded of the sessions of one kind of people: equal pages of many are one statement. */
const loadersOf = (kind: SessionsOf['kind']) => ({
  pages: loadPages(
    (ctx, { ownerIds, ...page }) =>
      sessionsPages(ctx.db, { kind, subjectIds: ownerIds, now: ctx.now() }, page),
    ({ subjectId }) => subjectId,
  ),
  counts: loadOne(
    (ctx, subjectIds) => countSessions(ctx.db, { kind, subjectIds, now: ctx.now() }),
    ({ subjectId }) => subjectId,
  ),
})

const loaders = { staff: loadersOf('staff'), customer: loadersOf('customer'), device: loadersOf('device') }

/** The open sessions of somebody whose sessions the actor may see. */
export const resolveSessions = ({ kind, subjectId }: SessionsOf, args: Args, ctx: RequestContext) => {
  const { pages, counts } = loaders[kind]
  return keysetConnection(ctx, {
    args,
    width: 1,
    rows: (page) => pages(ctx, subjectId, page),
    keyOf: ({ id }) => [id],
    count: async () => (await counts(ctx, subjectId))?.count ?? 0,
  })
}

defineMutation('sessionRevoke', {
  description:
    'Ends one of your sessions, or with staff:write one of a member of staff; its tokens stop to work at once. Refuses NOT_FOUND.',
  access: { customer: true, staff: true },
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id }) => {
    const sessionId = readId('session', id, ['id'])
    if (!sessionId.ok) return sessionId
    const seen = { actor: ctx.actor, now: ctx.now() }
    const [found] = await sessionsByIds(ctx.db, seen, [sessionId.value])
    if (!found) {
      const shown = { kind: 'session' as const, id: encodeId('session', sessionId.value) }
      return COMMON.refuse('NOT_FOUND', shown, ['id'])
    }
    await endSessions(ctx, { id: found.id })
    return ok({ id: found.id })
  },
  payload: (t) => ({ done: t.boolean({ resolve: ({ value }) => value !== undefined }) }),
})
