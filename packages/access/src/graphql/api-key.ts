import {
  builder,
  connectionType,
  defineMutation,
  defineNode,
  keysetConnection,
  pageArgs,
  readId,
  type Payload,
  type RequestContext,
} from '@hilo/graphql'
import { encodeId, ok, type Uuid } from '@hilo/kernel'
import { createApiKey, MAX_OVERLAP_HOURS, revokeApiKey, rotateApiKey } from '../api-key.ts'
import { apiKeysByIds, apiKeysPage, countApiKeys } from '../api-key-queries.ts'
import { Secret } from '../token.ts'
import { staff } from './staff.ts'
import { readReachIds } from './staff-mutations.ts'

const access = { permission: 'keys:write' } as const

export const apiKey = defineNode('ApiKey', ({ db, actor }, ids) => apiKeysByIds(db, actor, ids))

builder.node(apiKey.ref, {
  ...apiKey.options,
  description: 'A key with which a program signs in. Its secret is shown once, when it is made or rotated.',
  fields: (t) => ({
    name: t.exposeString('name'),
    prefix: t.exposeString('prefix', {
      nullable: true,
      description: 'How its secret begins, such as hk_x7Qz.',
    }),
    last4: t.exposeString('last4', { nullable: true, description: 'How its secret ends.' }),
    permissions: t.stringList({ resolve: ({ permissions }) => [...permissions] }),
    channelIds: t.idList({
      nullable: true,
      description: 'Only in these channels; null for all.',
      resolve: ({ channels }) => channels?.map((id) => encodeId('channel', id)) ?? null,
    }),
    locationIds: t.idList({
      nullable: true,
      description: 'Stock only at these locations; null for all.',
      resolve: ({ locations }) => locations?.map((id) => encodeId('location', id)) ?? null,
    }),
    createdBy: t.field({
      type: staff.ref,
      nullable: true,
      description: 'Null when a program made it, and for those who may not see staff.',
      resolve: ({ createdBy }, _args, ctx) =>
        createdBy?.startsWith('staff:') ? staff.byId(ctx, createdBy.slice('staff:'.length)) : null,
    }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ expiresAt }) => expiresAt }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'To the minute.',
      resolve: ({ lastUsedAt }) => lastUsedAt,
    }),
    previousUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before the last rotation works.',
      resolve: ({ previousUntil }, _args, { now }) =>
        previousUntil && previousUntil > now() ? previousUntil : null,
    }),
    revokedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ revokedAt }) => revokedAt }),
    persistedOnly: t.exposeBoolean('persistedOnly', {
      description: 'May send nothing but operations registered with persistedOperationsRegister.',
    }),
  }),
})

const ApiKeyConnection = connectionType(apiKey.ref, 'ApiKey')

builder.queryField('apiKeys', (t) =>
  t.field({
    type: ApiKeyConnection,
    description: 'Every API key, the newest first, revoked ones too.',
    authScopes: access,
    args: pageArgs(t.arg),
    resolve: (_root, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => apiKeysPage(ctx.db, ctx.actor, page),
        keyOf: ({ id }) => [id],
        count: () => countApiKeys(ctx.db, ctx.actor),
      }),
  }),
)

interface Shown {
  readonly id: Uuid
  readonly secret: Secret
}

const keyField = {
  type: apiKey.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly id: Uuid }>, _args: object, ctx: RequestContext) =>
    value && apiKey.byId(ctx, value.id),
} as const

const secretField = {
  nullable: true,
  description: 'Send it as Authorization: Bearer. Shown in this answer only, and not in its replays.',
  resolve: ({ value, replayed }: Payload<Shown>) => (replayed ? null : value?.secret.reveal()),
} as const

defineMutation('apiKeyCreate', {
  description:
    'Makes an API key, which may do no more than you. Refuses NAME_INVALID, PERMISSION_UNKNOWN, PERMISSION_NEEDS_WHOLE_SHOP, NOT_FOUND, GRANT_BEYOND_OWN.',
  access,
  input: (t) => ({
    name: t.string({ required: true }),
    permissions: t.stringList({ required: true, description: 'See the query `permissions`.' }),
    channelIds: t.idList({ description: 'Only in these channels; all when not said.' }),
    locationIds: t.idList({ description: 'Stock only at these locations; all when not said.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it stops to work; never, when not said.' }),
    persistedOnly: t.boolean({
      description:
        'Let it send nothing but operations registered with persistedOperationsRegister: for a till.',
    }),
  }),
  run: async (ctx, { name, permissions, expiresAt, persistedOnly, ...ids }) => {
    const reach = readReachIds(ids, [])
    if (!reach.ok) return reach
    const made = await createApiKey(ctx, {
      name,
      permissions,
      expiresAt,
      persistedOnly,
      ...reach.value,
    })
    return made.ok ? ok({ id: made.value.id, secret: new Secret(made.value.key) }) : made
  },
  payload: (t) => ({ apiKey: t.field(keyField), secret: t.string(secretField) }),
})

defineMutation('apiKeyRotate', {
  description:
    'Gives an API key a new secret; the old one works on for a while, so that programs can change over. Refuses NOT_FOUND, INVALID_INPUT, GRANT_BEYOND_OWN.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    overlapHours: t.int({
      description: `For how long the old secret works on: 24 when not said, 0 for not at all, at most ${MAX_OVERLAP_HOURS}.`,
    }),
  }),
  run: async (ctx, { id, overlapHours }) => {
    const keyId = readId('apiKey', id, ['id'])
    if (!keyId.ok) return keyId
    const rotated = await rotateApiKey(ctx, { id: keyId.value, overlapHours })
    return rotated.ok ? ok({ id: rotated.value.id, secret: new Secret(rotated.value.key) }) : rotated
  },
  payload: (t) => ({ apiKey: t.field(keyField), secret: t.string(secretField) }),
})

defineMutation('apiKeyRevoke', {
  description: 'Ends an API key at once, the secret before its last rotation too. Refuses NOT_FOUND.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id }) => {
    const keyId = readId('apiKey', id, ['id'])
    return keyId.ok ? revokeApiKey(ctx, keyId.value) : keyId
  },
  payload: (t) => ({ apiKey: t.field(keyField) }),
})
