import { channel, market } from '@hilo/channels/graphql'
import { customerGroup, segment } from '@hilo/customers/graphql'
import {
  builder,
  connectionType,
  defineNode,
  keysetConnection,
  loadAll,
  LocalizedText,
  pageArgs,
} from '@hilo/graphql'
import { localize, reachOf } from '@hilo/kernel'
import { PRICE_LIST_KINDS } from '../price-list.ts'
import { allPriceLists, priceListsByIds } from '../price-queries.ts'

const PriceListKindEnum = builder.enumType('PriceListKind', {
  description:
    'BASE: everyday prices. SALE: shown against the everyday price. CONTRACT: agreed with somebody.',
  values: PRICE_LIST_KINDS,
})

export const priceList = defineNode('PriceList', (ctx, ids) =>
  priceListsByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), ids),
)

builder.node(priceList.ref, {
  ...priceList.options,
  description: 'Prices in one currency, for an audience, during a time. Only staff see lists.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    kind: t.field({ type: PriceListKindEnum, resolve: ({ kind }) => kind }),
    currency: t.field({ type: 'CurrencyCode', resolve: ({ currency }) => currency }),
    market: t.field({
      type: market.ref,
      nullable: true,
      description: 'Only there; null means everywhere.',
      resolve: ({ marketId }, _args, ctx) => (marketId ? market.byId(ctx, marketId) : null),
    }),
    channel: t.field({
      type: channel.ref,
      nullable: true,
      resolve: ({ channelId }, _args, ctx) => (channelId ? channel.byId(ctx, channelId) : null),
    }),
    country: t.field({ type: 'CountryCode', nullable: true, resolve: ({ country }) => country ?? null }),
    rank: t.exposeInt('rank', {
      description: 'How specific it is; of the prices that fit, the highest wins.',
    }),
    validFrom: t.field({ type: 'DateTime', nullable: true, resolve: ({ valid }) => valid.from }),
    validUntil: t.field({ type: 'DateTime', nullable: true, resolve: ({ valid }) => valid.until }),
  }),
})

builder.queryField('priceLists', (t) =>
  t.field({
    type: [priceList.ref],
    description: 'The price lists for all channels and for your own, by code.',
    authScopes: { permission: 'prices:read' },
    resolve: (_root, _args, { db, actor }) => allPriceLists(db, reachOf(actor, 'prices:read')),
  }),
)
