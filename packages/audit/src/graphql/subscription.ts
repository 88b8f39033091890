import type { StoredEvent } from '@hilo/db'
import { builder, defineSubscription, refusalError } from '@hilo/graphql'
import { readActor } from '@hilo/kernel'
import type { AuditFilter } from '../audit-queries.ts'
import { AuditWhere, readWhere } from './where.ts'

const fits = ({ actor, aggregate, aggregateId, type, at }: StoredEvent, filter: AuditFilter): boolean => {
  const { by, subjectId, types, since, until } = filter
  const { kind } = readActor(actor)
  return (
    (filter.actor === undefined || filter.actor === actor) &&
    (!by?.length || by.includes(kind) || (by.includes('staff') && aggregate === 'staff')) &&
    (subjectId === undefined || subjectId === aggregateId) &&
    (!types || types.includes(type)) &&
    (!since || at >= since) &&
    (!until || at < until)
  )
}

const AuditNews = builder.objectRef<StoredEvent>('AuditNews').implement({
  description: 'There is a new entry: read the list again.',
  fields: (t) => ({
    eventId: t.id({
      description: 'Pass it as `after` to go on from here.',
      resolve: ({ position }) => position,
    }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
  }),
})

defineSubscription('auditEntryAdded', {
  description: 'Tells of new entries that fit, of kinds that the actor may hear of.',
  type: AuditNews,
  access: { permission: 'audit:read' },
  events: undefined,
  args: (arg) => ({ where: arg({ type: AuditWhere }) }),
  before: async ({ where }, ctx) => {
    const filter = readWhere(where)
    if (!filter.ok) throw refusalError(filter.error, ctx)
  },
  wants: (event, { where }) => {
    const filter = readWhere(where)
    return filter.ok && fits(event, filter.value)
  },
  resolve: (event) => event,
})
