import { channel } from '@hilo/channels/graphql'
import { builder, connectionType, loadOne, type RequestContext } from '@hilo/graphql'
import { ACTOR_KINDS, may, readActor } from '@hilo/kernel'
import { actionOf } from '../action-names.ts'
import type { EntryRow } from '../entry.ts'
import { isNamed, type Named, namesOf } from '../names.ts'
import { type Change, publicId, readable, readableChanges } from '../readable.ts'

/** Names of everything that a page mentions, in one statement. */
const nameByKey = loadOne(
  async ({ db, locale }, keys) => {
    const wanted = keys.map((key) => {
      const [table, id] = key.split(':') as [Named, string]
      return { table, id }
    })
    return namesOf(db, { keys: wanted, locale })
  },
  ({ table, id }) => `${table}:${id}`,
)

/** How people call a row; customers only where the actor may read them. */
export const nameOf = async (ctx: RequestContext, table: string, id: string): Promise<string | null> => {
  if (!isNamed(table) || (table === 'customer' && !may(ctx.actor, 'customers:read'))) return null
  return (await nameByKey(ctx, `${table}:${id}`))?.name ?? null
}

export const ActorKindEnum = builder.enumType('ActorKind', {
  description:
    'Kinds of actor: staff, API keys (APP), customers, devices, guests, and the shop itself (SYSTEM).',
  values: Object.fromEntries(ACTOR_KINDS.map((kind) => [kind.toUpperCase(), { value: kind }])) as {
    [Kind in (typeof ACTOR_KINDS)[number] as Uppercase<Kind>]: { value: Kind }
  },
})

const AuditActor = builder.objectRef<Pick<EntryRow, 'actor'>>('AuditActor').implement({
  description: 'Who did it.',
  fields: (t) => ({
    kind: t.field({ type: ActorKindEnum, resolve: ({ actor }) => readActor(actor).kind }),
    id: t.id({
      nullable: true,
      description: 'Null for guests and the shop itself.',
      resolve: ({ actor }) => {
        const { kind, id } = readActor(actor)
        return id === undefined ? null : publicId(kind === 'app' ? 'api_key' : kind, id)
      },
    }),
    name: t.string({
      nullable: true,
      description: 'Null when it is gone, has none, or is not yours to see.',
      resolve: ({ actor }, _args, ctx) => {
        const { kind, id } = readActor(actor)
        return id === undefined ? null : nameOf(ctx, kind === 'app' ? 'api_key' : kind, id)
      },
    }),
  }),
})

const AuditSubject = builder.objectRef<EntryRow>('AuditSubject').implement({
  description: 'What it happened to.',
  fields: (t) => ({
    kind: t.string({ description: 'Its noun, such as product or api_key.', resolve: (row) => row.aggregate }),
    id: t.id({ nullable: true, resolve: (row) => publicId(row.aggregate, row.aggregateId) }),
    label: t.string({
      nullable: true,
      description: 'How people call it: a name, a number, a SKU. Null when it is gone.',
      resolve: ({ aggregate, aggregateId }, _args, ctx) =>
        nameOf(ctx, aggregate === 'shelf_price' ? 'variant' : aggregate, aggregateId),
    }),
  }),
})

const AuditChange = builder.objectRef<Change>('AuditChange').implement({
  description: 'A field before and after; amounts are minor units of the currency among the facts.',
  fields: (t) => ({
    field: t.exposeString('field'),
    before: t.field({ type: 'JSON', nullable: true, resolve: ({ before }) => before }),
    after: t.field({ type: 'JSON', nullable: true, resolve: ({ after }) => after }),
  }),
})

export const AuditEntry = builder.objectRef<EntryRow>('AuditEntry').implement({
  description: 'Something that was done: by whom, to what, when, from where, and what it changed.',
  fields: (t) => ({
    id: t.id({ description: 'Its place in the event log.', resolve: ({ position }) => position }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    type: t.exposeString('type', { description: 'Such as PriceChanged.v1.' }),
    action: t.string({
      description: 'The same in words of the locale, such as “changed a price”.',
      resolve: ({ type }, _args, { locale }) => actionOf(type, locale),
    }),
    actor: t.field({ type: AuditActor, resolve: (row) => row }),
    subject: t.field({ type: AuditSubject, resolve: (row) => row }),
    channel: t.field({
      type: channel.ref,
      nullable: true,
      description: 'The channel that the request named.',
      resolve: ({ channelId }, _args, ctx) => (channelId ? channel.byId(ctx, channelId) : null),
    }),
    address: t.exposeString('address', {
      nullable: true,
      description: 'The address that the request came from; null for what the shop does by itself.',
    }),
    userAgent: t.exposeString('userAgent', { nullable: true }),
    correlationId: t.exposeString('correlationId', {
      nullable: true,
      description: 'The same for everything that one request did, and in the logs.',
    }),
    changes: t.field({ type: [AuditChange], resolve: ({ changed }) => [...readableChanges(changed)] }),
    facts: t.field({
      type: 'JSON',
      description: 'What the event tells besides, with public ids.',
      resolve: ({ payload }) => readable(payload),
    }),
  }),
})

export const AuditConnection = connectionType(AuditEntry, 'AuditEntry')
