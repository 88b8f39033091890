import { actorKey, CHANNEL_KINDS, contentLocale, localize } from '@hilo/kernel'
import { builder, defineNode, LocalizedText, type RequestContext } from '@hilo/graphql'
import { allChannels, channelsByIds } from '../channel-queries.ts'
import { market } from './market.ts'

export const ChannelKindEnum = builder.enumType('ChannelKind', {
  description: 'The kinds of place where a customer meets the shop.',
  values: CHANNEL_KINDS,
})

export const channel = defineNode('Channel', (ctx, ids) => channelsByIds(ctx.db, ids))

builder.node(channel.ref, {
  ...channel.options,
  description:
    'A place where the customer meets the shop, in one market. Requests name it in the header Hilo-Channel.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    kind: t.field({ type: ChannelKindEnum, resolve: ({ kind }) => kind }),
    market: t.field({ type: market.ref, resolve: (row) => row.market }),
    active: t.exposeBoolean('active', {
      description: 'False: it is closed, and requests from it are refused.',
    }),
    version: t.exposeInt('version'),
  }),
})

builder.queryField('channels', (t) =>
  t.field({
    type: [channel.ref],
    description: 'Every channel of the shop, by code.',
    authScopes: { anyone: true },
    resolve: (_root, _args, { db }) => allChannels(db),
  }),
)

const RequestContextType = builder.objectRef<RequestContext>('RequestContext').implement({
  description: 'From where, and as who, this request is answered.',
  fields: (t) => ({
    channel: t.field({
      type: channel.ref,
      nullable: true,
      resolve: (ctx) => channel.byId(ctx, ctx.channel.id),
    }),
    market: t.field({
      type: market.ref,
      nullable: true,
      resolve: (ctx) => market.byId(ctx, ctx.channel.market.id),
    }),
    currency: t.field({ type: 'CurrencyCode', resolve: ({ channel }) => channel.market.currency }),
    locale: t.string({
      description:
        'The language that texts are in when they are translated; its fallbacks are the shop’s own.',
      resolve: contentLocale,
    }),
    actor: t.string({
      description: 'The kind of actor: guest, customer, staff, app, device.',
      resolve: ({ actor }) => actorKey(actor).split(':')[0]!,
    }),
  }),
})

builder.queryField('context', (t) =>
  t.field({
    type: RequestContextType,
    description: 'The channel, market, currency and language that this request is answered in.',
    authScopes: { anyone: true },
    resolve: (_root, _args, ctx) => ctx,
  }),
)
