import { builder, keysetConnection, pageArgs, readId, refusalError } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { countDeliveries, deliveryKey, deliveryPage } from '../delivery-queries.ts'
import { allEndpoints } from '../endpoint-queries.ts'
import { EVENT_TYPES, TEST_REQUESTED, type WebhookEventType } from '../event-types.ts'
import { DeliveryConnection, DeliveryStateEnum, endpoint } from './nodes.ts'

const access = { permission: 'webhooks:write' } as const

builder.queryField('webhookEndpoints', (t) =>
  t.field({
    type: [endpoint.ref],
    description: 'Every address that is told what happens, the newest first; a shop has at most 50.',
    authScopes: access,
    resolve: (_root, _args, { db }) => allEndpoints(db),
  }),
)

builder.queryField('webhookEndpoint', (t) =>
  t.field({
    type: endpoint.ref,
    nullable: true,
    description: 'One address that is told what happens.',
    authScopes: access,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => endpoint.require(ctx, id),
  }),
)

builder.queryField('webhookDeliveries', (t) =>
  t.field({
    type: DeliveryConnection,
    description: 'What was told to whom, the newest first; kept for 30 days.',
    authScopes: access,
    args: {
      ...pageArgs(t.arg),
      endpoint: t.arg.id(),
      state: t.arg({ type: DeliveryStateEnum }),
    },
    resolve: (_root, { endpoint: endpointId, state, ...args }, ctx) => {
      const id = endpointId == null ? ok(undefined) : readId('webhookEndpoint', endpointId, ['endpoint'])
      if (!id.ok) throw refusalError(id.error, ctx)
      const filter = { endpointId: id.value, state: state ?? undefined }
      return keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => deliveryPage(ctx.db, { filter, ...page }),
        keyOf: deliveryKey,
        count: () => countDeliveries(ctx.db, filter),
      })
    },
  }),
)

const EventType = builder.objectRef<WebhookEventType>('WebhookEventType').implement({
  description: 'A kind of event that other systems can be told of.',
  fields: (t) => ({
    name: t.exposeString('name'),
    description: t.exposeString('description'),
    permission: t.string({
      nullable: true,
      description: 'What setting up an endpoint for it takes besides webhooks:write.',
      resolve: ({ permission }) => permission,
    }),
  }),
})

builder.queryField('webhookEventTypes', (t) =>
  t.field({
    type: [EventType],
    description: 'Every kind of event that an endpoint can listen to; docs/webhooks.md has their data.',
    authScopes: access,
    resolve: () => EVENT_TYPES.filter(({ event }) => event !== TEST_REQUESTED),
  }),
)
