import { builder, defineSubscription } from '@hilo/graphql'
import type { StoredEvent } from '@hilo/db'

const EventType = builder.objectRef<StoredEvent>('Event').implement({
  description: 'A fact of the event log, in the order it became true.',
  fields: (t) => ({
    id: t.id({
      description: 'Its place in the log: pass it as `after` to go on from here.',
      resolve: (e) => e.position,
    }),
    type: t.exposeString('type', { description: 'The fact and its version, such as OrderPlaced.v1.' }),
    aggregate: t.exposeString('aggregate'),
    aggregateId: t.id({
      description: 'The database id of what it happened to.',
      resolve: (e) => e.aggregateId,
    }),
    seq: t.exposeInt('seq', { description: 'Counts the facts of one aggregate, from 1 without gaps.' }),
    actor: t.exposeString('actor'),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    payload: t.field({ type: 'JSON', resolve: ({ payload }) => payload }),
    correlationId: t.exposeString('correlationId', { nullable: true }),
  }),
})

defineSubscription('events', {
  description: 'Every event of the shop that the actor may hear, for staff and apps with events:read.',
  type: EventType,
  access: { permission: 'events:read' },
  events: undefined,
  args: (arg) => ({ types: arg.stringList({ description: 'Only these, such as ["OrderPlaced.v1"].' }) }),
  wants: (event, { types }) => !types || types.includes(event.type),
  resolve: (event) => event,
})
