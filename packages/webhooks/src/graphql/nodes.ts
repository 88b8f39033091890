import { channel } from '@hilo/channels/graphql'
import { builder, connectionType, defineNode, loadAll, loadOne, registerRefusals } from '@hilo/graphql'
import { may } from '@hilo/kernel'
import { deliveriesByIds, eventsById, type DeliveryRow } from '../delivery-queries.ts'
import { endpointsByIds } from '../endpoint-queries.ts'
import { DISABLED_REASONS, mayTell } from '../endpoint.ts'
import { channelOf } from '../enqueue.ts'
import { WEBHOOKS } from '../errors.ts'
import { bodyOf } from '../payload.ts'
import { DELIVERY_STATES } from '../settle.ts'

registerRefusals(WEBHOOKS.catalogue)

export const endpoint = defineNode('WebhookEndpoint', async ({ db, actor }, ids) =>
  may(actor, 'webhooks:write') ? endpointsByIds(db, ids) : [],
)

export const delivery = defineNode('WebhookDelivery', async ({ db, actor }, ids) =>
  may(actor, 'webhooks:write') ? deliveriesByIds(db, ids) : [],
)

export const DeliveryConnection = connectionType(delivery.ref, 'WebhookDelivery')

const DisabledReasonEnum = builder.enumType('WebhookDisabledReason', {
  description:
    'Why the shop stopped calling an endpoint by itself: it answered 410, or failed for three days.',
  values: DISABLED_REASONS,
})

export const DeliveryStateEnum = builder.enumType('WebhookDeliveryState', {
  description:
    'PENDING is due, or waits for its next attempt. FAILED had all ten attempts. DISABLED rests because its endpoint was switched off.',
  values: DELIVERY_STATES,
})

builder.node(endpoint.ref, {
  ...endpoint.options,
  description:
    'An address of another system that is told what happens, signed by the Standard Webhooks specification.',
  fields: (t) => ({
    url: t.exposeString('url'),
    description: t.exposeString('description'),
    eventTypes: t.stringList({
      description: 'Names of event types, or patterns of them: order.placed, product.*, *.',
      resolve: ({ eventTypes }) => [...eventTypes],
    }),
    channels: t.field({
      type: [channel.ref],
      nullable: true,
      description: 'Only what happens in these; null for all.',
      resolve: async ({ channelIds }, _args, ctx) =>
        channelIds && (await loadAll(channel.byId, ctx, channelIds)).filter((row) => row !== null),
    }),
    active: t.exposeBoolean('active'),
    disabledReason: t.field({
      type: DisabledReasonEnum,
      nullable: true,
      resolve: (row) => row.disabledReason,
    }),
    disabledAt: t.field({ type: 'DateTime', nullable: true, resolve: (row) => row.disabledAt }),
    failingSince: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing has arrived any more; after three days it is switched off.',
      resolve: (row) => row.failingSince,
    }),
    previousSecretUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before the last rotation signs too.',
      resolve: (row) => row.previousSecretUntil,
    }),
    version: t.exposeInt('version'),
    createdAt: t.field({ type: 'DateTime', resolve: (row) => row.createdAt }),
    updatedAt: t.field({ type: 'DateTime', resolve: (row) => row.updatedAt }),
  }),
})

const eventById = loadOne(
  ({ db }, ids) => eventsById(db, ids),
  ({ id }) => id.toString(),
)

builder.node(delivery.ref, {
  ...delivery.options,
  description: 'One event told to one endpoint. Its id is the header webhook-id, the same in every attempt.',
  fields: (t) => ({
    endpoint: t.field({
      type: endpoint.ref,
      nullable: true,
      resolve: ({ endpointId }, _args, ctx) => endpoint.byId(ctx, endpointId),
    }),
    eventType: t.exposeString('eventType', { description: 'Such as order.placed.' }),
    state: t.field({ type: DeliveryStateEnum, resolve: ({ state }) => state }),
    attempts: t.exposeInt('attempts'),
    nextAttemptAt: t.field({ type: 'DateTime', nullable: true, resolve: (row) => row.nextAttemptAt }),
    lastAttemptAt: t.field({ type: 'DateTime', nullable: true, resolve: (row) => row.lastAttemptAt }),
    lastStatus: t.exposeInt('lastStatus', { nullable: true, description: 'The status of HTTP.' }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why nothing came back: ECONNREFUSED, TIMEOUT, WEBHOOK_URL_PRIVATE …',
    }),
    lastResponse: t.exposeString('lastResponse', {
      nullable: true,
      description: 'The beginning of what was answered, at most 1,000 characters.',
    }),
    durationMs: t.exposeInt('durationMs', {
      nullable: true,
      description: 'Milliseconds of the last attempt.',
    }),
    createdAt: t.field({ type: 'DateTime', resolve: (row) => row.createdAt }),
    body: t.string({
      nullable: true,
      description: 'The JSON that is sent; null for those who may not see such an event themselves.',
      resolve: async ({ eventId, eventType }: DeliveryRow, _args, ctx) => {
        const event = await eventById(ctx, eventId.toString())
        if (!event) return null
        const channelId = channelOf(event)
        const told = mayTell(ctx.actor, {
          eventTypes: [eventType],
          channelIds: channelId ? [channelId] : null,
        })
        return told.ok ? bodyOf(event) : null
      },
    }),
  }),
})
