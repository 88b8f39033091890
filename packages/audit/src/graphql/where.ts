import { builder } from '@hilo/graphql'
import { type Actor, COMMON, ok, parseId, type Result } from '@hilo/kernel'
import type { AuditFilter } from '../audit-queries.ts'
import { ActorKindEnum } from './entry.ts'

/** A filter as a client sends it; everything stated must hold. */
export interface Where {
  readonly actor?: string | null
  readonly by?: readonly Actor['kind'][] | null
  readonly subject?: string | null
  readonly types?: readonly string[] | null
  readonly since?: Date | null
  readonly until?: Date | null
}

const MOST_TYPES = 100

export const AuditWhere = builder.inputRef<Where>('AuditWhere').implement({
  description: 'Which entries: everything stated must hold.',
  fields: (t) => ({
    actor: t.id({ description: 'Done by this member of staff, API key, customer or device.' }),
    by: t.field({
      type: [ActorKindEnum],
      description:
        'Done by these kinds of actor; STAFF brings what happened to accounts of staff too, such as a failed sign-in.',
    }),
    subject: t.id({ description: 'Anything with an id; of a product, its variants too.' }),
    types: t.stringList({ description: 'Such as ["PriceChanged.v1"]; at most 100.' }),
    since: t.field({ type: 'DateTime', description: 'At this moment or later.' }),
    until: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
})

const ACTOR_OF = { staff: 'staff', apiKey: 'app', customer: 'customer', device: 'device' } as const

const invalid = (id: string, field: 'actor' | 'subject') =>
  COMMON.refuse('INVALID_ID', { kind: field, id: id.slice(0, 60) }, ['where', field])

const readActorId = (text: string | null | undefined): Result<string | undefined> => {
  if (text == null) return ok(undefined)
  const parsed = parseId(text)
  const kind = parsed && ACTOR_OF[parsed.kind as keyof typeof ACTOR_OF]
  return kind ? ok(`${kind}:${parsed.id}`) : invalid(text, 'actor')
}

const readSubject = (text: string | null | undefined): Result<string | undefined> => {
  if (text == null) return ok(undefined)
  const parsed = parseId(text)
  return parsed ? ok(parsed.id) : invalid(text, 'subject')
}

/** The filter of a query, with ids of the database. */
export const readWhere = (where: Where | null | undefined): Result<AuditFilter> => {
  const actor = readActorId(where?.actor)
  if (!actor.ok) return actor
  const subject = readSubject(where?.subject)
  if (!subject.ok) return subject
  if ((where?.types?.length ?? 0) > MOST_TYPES) {
    const reason = { en: `At most ${MOST_TYPES} types.`, es: `Como mucho ${MOST_TYPES} tipos.` }
    return COMMON.refuse('INVALID_INPUT', { reason }, ['where', 'types'])
  }
  return ok({
    actor: actor.value,
    subjectId: subject.value,
    by: where?.by ?? undefined,
    types: where?.types ?? undefined,
    since: where?.since ?? undefined,
    until: where?.until ?? undefined,
  })
}
