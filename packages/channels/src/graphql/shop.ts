import { builder } from '@hilo/graphql'
import { readShop, type Shop } from '../shop-queries.ts'
import { channel } from './channel.ts'

export const ShopType = builder.objectRef<Shop>('Shop').implement({
  description: 'The shop itself.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stands in the MQTT topics: hilo/v1/{code}/…' }),
    name: t.exposeString('name'),
    defaultChannel: t.field({
      type: channel.ref,
      nullable: true,
      description: 'The channel of requests that name none.',
      resolve: ({ defaultChannelId }, _args, ctx) =>
        defaultChannelId === null ? null : channel.byId(ctx, defaultChannelId),
    }),
    locales: t.field({
      type: ['LanguageTag'],
      description: 'The languages that the shop writes its texts in.',
      resolve: ({ locales }) => [...locales],
    }),
    defaultLocale: t.field({
      type: 'LanguageTag',
      description: 'What all other languages fall back to.',
      resolve: ({ defaultLocale }) => defaultLocale,
    }),
  }),
})

builder.queryField('shop', (t) =>
  t.field({
    type: ShopType,
    nullable: true,
    description: 'The shop itself; null before it is set up.',
    authScopes: { anyone: true },
    resolve: (_root, _args, { db }) => readShop(db),
  }),
)
