import { builder, loadMany } from '@hilo/graphql'
import { may, readActor } from '@hilo/kernel'
import { order } from '@hilo/orders/graphql'
import { actionOf } from '../action-names.ts'
import { momentsOfOrders } from '../audit-queries.ts'
import type { EntryRow } from '../entry.ts'
import { ActorKindEnum, nameOf } from './entry.ts'

const momentsOf = loadMany(
  ({ db }, orderIds) => momentsOfOrders(db, orderIds),
  ({ aggregateId }) => aggregateId,
)

const OrderMoment = builder.objectRef<EntryRow>('OrderMoment').implement({
  description: 'Something that happened to an order.',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    type: t.exposeString('type', { description: 'Such as OrderPlaced.v1.' }),
    action: t.string({
      description: 'The same in words of the locale, such as “placed an order”.',
      resolve: ({ type }, _args, { locale }) => actionOf(type, locale),
    }),
    by: t.field({ type: ActorKindEnum, resolve: ({ actor }) => readActor(actor).kind }),
    byName: t.string({
      nullable: true,
      description: 'Who did it, for staff who may read orders; null for everybody else.',
      resolve: ({ actor }, _args, ctx) => {
        const { kind, id } = readActor(actor)
        if (id === undefined || !may(ctx.actor, 'orders:read')) return null
        return nameOf(ctx, kind === 'app' ? 'api_key' : kind, id)
      },
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it was cancelled, when that was said.',
      resolve: ({ payload }) => {
        const { reason } = (payload ?? {}) as { readonly reason?: unknown }
        return typeof reason === 'string' ? reason : null
      },
    }),
  }),
})

builder.objectField(order.ref, 'timeline', (t) =>
  t.field({
    type: [OrderMoment],
    description: 'What happened to it, from its beginning; at most 200.',
    resolve: async ({ id }, _args, ctx) => [...(await momentsOf(ctx, id))],
  }),
)
