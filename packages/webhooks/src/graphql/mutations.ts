import { defineMutation, type Payload, readId, readIds, type RequestContext } from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import {
  deleteEndpoint,
  type EndpointKey,
  rotateSecret,
  testEndpoint,
  updateEndpoint,
} from '../change-endpoint.ts'
import { createEndpoint, type KeyedEndpoint } from '../create-endpoint.ts'
import { WEBHOOKS } from '../errors.ts'
import type { Outbound } from '../outbound.ts'
import { replayDelivery, replayEndpoint } from '../replay.ts'
import { delivery, endpoint } from './nodes.ts'

const access = { permission: 'webhooks:write' } as const

const withOutbound = <Value>(
  ctx: RequestContext,
  run: (outbound: Outbound) => Promise<Result<Value>>,
): Promise<Result<Value>> | Result<Value> =>
  ctx.outbound ? run(ctx.outbound) : WEBHOOKS.refuse('WEBHOOKS_NOT_SET_UP', {})

const readKey = (input: { readonly id: string; readonly ifVersion?: number | null }): Result<EndpointKey> => {
  const id = readId('webhookEndpoint', input.id, ['id'])
  return id.ok ? ok({ id: id.value, ifVersion: input.ifVersion }) : id
}

const readChannels = (ids: readonly string[] | null | undefined): Result<Uuid[] | null | undefined> =>
  ids ? readIds('channel', ids, ['channelIds']) : ok(ids)

const resolveEndpoint = ({ value }: Payload<{ readonly id: Uuid }>, _args: object, ctx: RequestContext) =>
  value && endpoint.byId(ctx, value.id)

const resolveSecret = ({ value }: Payload<KeyedEndpoint>) =>
  value && 'reveal' in (value.secret ?? {}) ? value.secret.reveal() : null

defineMutation('webhookEndpointCreate', {
  description:
    'Adds an address that is told what happens. The secret is shown once. Refuses addresses inside private networks, and kinds of event that you may not see yourself.',
  access,
  transaction: 'own',
  input: (t) => ({
    url: t.string({ required: true, description: 'https://…, at most 2,000 characters.' }),
    eventTypes: t.stringList({
      required: true,
      description: 'Names or patterns: order.placed, product.*, *.',
    }),
    description: t.string({ description: 'What people recognise it by; at most 200 characters.' }),
    channelIds: t.idList({ description: 'Only what happens in these; all when not said.' }),
    active: t.boolean({ description: 'Default true.' }),
  }),
  run: async (ctx, input) => {
    const channelIds = readChannels(input.channelIds)
    if (!channelIds.ok) return channelIds
    const { url, eventTypes, description, active } = input
    return withOutbound(ctx, (outbound) =>
      createEndpoint(ctx, outbound, {
        url,
        eventTypes,
        description: description ?? '',
        channelIds: channelIds.value ?? null,
        active: active ?? true,
      }),
    )
  },
  payload: (t) => ({
    endpoint: t.field({ type: endpoint.ref, nullable: true, resolve: resolveEndpoint }),
    secret: t.string({
      nullable: true,
      description: 'whsec_…: signs every delivery. Shown here and never again.',
      resolve: resolveSecret,
    }),
  }),
})

defineMutation('webhookEndpointUpdate', {
  description: 'Changes an address that is told what happens; what is left out stays.',
  access,
  transaction: 'own',
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    url: t.string(),
    eventTypes: t.stringList(),
    description: t.string(),
    channelIds: t.idList({ description: 'Null or empty for all channels.' }),
    active: t.boolean({
      description: 'Switched off, what waits rests; switched on, only what happens from now on is told.',
    }),
  }),
  run: async (ctx, input) => {
    const key = readKey(input)
    if (!key.ok) return key
    const channelIds = readChannels(input.channelIds)
    if (!channelIds.ok) return channelIds
    const { url, eventTypes, description, active } = input
    return withOutbound(ctx, (outbound) =>
      updateEndpoint(ctx, outbound, {
        ...key.value,
        ...(url != null && { url }),
        ...(eventTypes && { eventTypes }),
        ...(description != null && { description }),
        ...(channelIds.value !== undefined && { channelIds: channelIds.value }),
        ...(active != null && { active }),
      }),
    )
  },
  payload: (t) => ({
    endpoint: t.field({ type: endpoint.ref, nullable: true, resolve: resolveEndpoint }),
  }),
})

const keyInput = (t: Parameters<Parameters<typeof defineMutation>[1]['input']>[0]) => ({
  id: t.id({ required: true }),
  ifVersion: t.int(),
})

defineMutation('webhookEndpointSecretRotate', {
  description:
    'Makes a new secret, shown once; for a day the one before signs too. Refuses FORBIDDEN where it signs what you may not see yourself.',
  access,
  input: keyInput,
  run: async (ctx, input) => {
    const key = readKey(input)
    return key.ok ? withOutbound(ctx, (outbound) => rotateSecret(ctx, outbound, key.value)) : key
  },
  payload: (t) => ({
    endpoint: t.field({ type: endpoint.ref, nullable: true, resolve: resolveEndpoint }),
    secret: t.string({
      nullable: true,
      description: 'whsec_…; null in a replay: a secret is shown once.',
      resolve: resolveSecret,
    }),
  }),
})

defineMutation('webhookEndpointDelete', {
  description: 'Takes an address away for good, with the record of its deliveries.',
  access,
  input: keyInput,
  run: async (ctx, input) => {
    const key = readKey(input)
    return key.ok ? deleteEndpoint(ctx, key.value) : key
  },
  payload: (t) => ({ done: t.boolean({ resolve: ({ value }) => value !== undefined }) }),
})

defineMutation('webhookEndpointTest', {
  description: 'Sends a webhook.test event; webhookEndpointChanged tells what was answered.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const key = readKey(input)
    return key.ok ? testEndpoint(ctx, key.value) : key
  },
  payload: (t) => ({
    endpoint: t.field({ type: endpoint.ref, nullable: true, resolve: resolveEndpoint }),
  }),
})

defineMutation('webhookDeliveryReplay', {
  description: 'Sends one delivery again under the same id, with a new round of attempts.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('webhookDelivery', input.id, ['id'])
    return id.ok ? replayDelivery(ctx, id.value) : id
  },
  payload: (t) => ({
    delivery: t.field({
      type: delivery.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && delivery.byId(ctx, value.id),
    }),
  }),
})

defineMutation('webhookEndpointReplay', {
  description:
    'Sends everything since a moment again that the endpoint listens to, what it missed while it was off too; at most 5,000 events.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    since: t.field({ type: 'DateTime', required: true, description: 'At most 30 days ago.' }),
  }),
  run: async (ctx, input) => {
    const key = readKey(input)
    return key.ok ? replayEndpoint(ctx, { id: key.value.id, since: input.since }) : key
  },
  payload: (t) => ({
    endpoint: t.field({
      type: endpoint.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && endpoint.byId(ctx, value.endpointId),
    }),
    count: t.int({ nullable: true, resolve: ({ value }) => value?.count }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Where to go on, as the next since; null when nothing is left.',
      resolve: ({ value }) => (value?.until ? new Date(value.until) : null),
    }),
  }),
})
