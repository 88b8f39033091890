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
import { ROUNDING_DIRECTIONS, ROUNDINGS } from '@hilo/pricing'
import { type ListDerivation, PRICE_LIST_KINDS, PRICE_LIST_STATUSES } from '../price-list.ts'
import { allPriceLists, countPriceLists, priceListPage, priceListsByIds } from '../price-list-queries.ts'

export const PriceListKindEnum = builder.enumType('PriceListKind', {
  description:
    'BASE: everyday prices. SALE: shown against the everyday price. CONTRACT: agreed with somebody.',
  values: PRICE_LIST_KINDS,
})

const PriceListStatusEnum = builder.enumType('PriceListStatus', {
  description: 'A list holds while it is ACTIVE and within its time; ARCHIVED is over for good.',
  values: PRICE_LIST_STATUSES,
})

export const RoundingEnum = builder.enumType('PriceRounding', {
  description:
    'What a derived price ends in: TO_5 is a multiple of 0.05, the others …,95, …,99 and …,00. Without decimals, as for JPY, the last two digits count.',
  values: ROUNDINGS,
})

export const RoundingDirectionEnum = builder.enumType('PriceRoundingDirection', {
  description: 'Which of the two amounts that end so is taken; the upper one when both are as near.',
  values: ROUNDING_DIRECTIONS,
})

export const priceList = defineNode('PriceList', (ctx, ids) =>
  priceListsByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), ids),
)

const DerivationType = builder.objectRef<ListDerivation>('PriceListDerivation').implement({
  description: 'From which list prices follow: first the rate, then the rounding.',
  fields: (t) => ({
    base: t.field({
      type: priceList.ref,
      nullable: true,
      description: 'Null when you may not see it.',
      resolve: ({ baseId }, _args, ctx) => priceList.byId(ctx, baseId),
    }),
    adjustmentPpm: t.exposeInt('adjustmentPpm', {
      description: 'Millionths of the base price: −100000 is 10 % less.',
    }),
    rounding: t.field({ type: RoundingEnum, resolve: ({ rounding }) => rounding }),
    direction: t.field({ type: RoundingDirectionEnum, resolve: ({ direction }) => direction }),
  }),
})

const present = <Row>(rows: readonly (Row | null)[]): Row[] => rows.flatMap((row) => row ?? [])

builder.node(priceList.ref, {
  ...priceList.options,
  description:
    'Prices in one currency, for an audience, during a time. Each kind of audience that is empty is everyone; of each that is not, one must fit. Only staff see lists.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    kind: t.field({ type: PriceListKindEnum, resolve: ({ kind }) => kind }),
    status: t.field({ type: PriceListStatusEnum, resolve: ({ status }) => status }),
    currency: t.field({ type: 'CurrencyCode', resolve: ({ currency }) => currency }),
    market: t.field({
      type: market.ref,
      nullable: true,
      description: 'The one of `markets`, when there is exactly one.',
      resolve: ({ marketIds }, _args, ctx) =>
        marketIds.length === 1 ? market.byId(ctx, marketIds[0]!) : null,
    }),
    channel: t.field({
      type: channel.ref,
      nullable: true,
      description: 'The one of `channels`, when there is exactly one.',
      resolve: ({ channelIds }, _args, ctx) =>
        channelIds.length === 1 ? channel.byId(ctx, channelIds[0]!) : null,
    }),
    country: t.field({
      type: 'CountryCode',
      nullable: true,
      description: 'The one of `countries`, when there is exactly one.',
      resolve: ({ countries }) => (countries.length === 1 ? countries[0]! : null),
    }),
    markets: t.field({
      type: [market.ref],
      resolve: async ({ marketIds }, _args, ctx) => present(await loadAll(market.byId, ctx, marketIds)),
    }),
    channels: t.field({
      type: [channel.ref],
      resolve: async ({ channelIds }, _args, ctx) => present(await loadAll(channel.byId, ctx, channelIds)),
    }),
    countries: t.field({ type: ['CountryCode'], resolve: ({ countries }) => [...countries] }),
    customerGroups: t.field({
      type: [customerGroup.ref],
      resolve: async ({ customerGroupIds }, _args, ctx) =>
        present(await loadAll(customerGroup.byId, ctx, customerGroupIds)),
    }),
    segments: t.field({
      type: [segment.ref],
      resolve: async ({ segmentIds }, _args, ctx) => present(await loadAll(segment.byId, ctx, segmentIds)),
    }),
    derivation: t.field({
      type: DerivationType,
      nullable: true,
      description: 'Null for a list that has only prices of its own.',
      resolve: ({ derivation }) => derivation,
    }),
    rank: t.exposeInt('rank', {
      description:
        'How specific it is; of the prices that fit, the highest wins. Contract before sale before base; within a kind customer group, segment, channel, country, market.',
    }),
    validFrom: t.field({ type: 'DateTime', nullable: true, resolve: ({ valid }) => valid.from }),
    validUntil: t.field({ type: 'DateTime', nullable: true, resolve: ({ valid }) => valid.until }),
    version: t.exposeInt('version'),
  }),
})

builder.queryField('priceLists', (t) =>
  t.field({
    type: [priceList.ref],
    description:
      'The price lists for all channels and for your own that are not archived, by code. Of many, `priceListSearch` gives pages.',
    authScopes: { permission: 'prices:read' },
    resolve: (_root, _args, { db, actor }) => allPriceLists(db, reachOf(actor, 'prices:read')),
  }),
)

const PriceListConnection = connectionType(priceList.ref, 'PriceList')

builder.queryField('priceListSearch', (t) =>
  t.field({
    type: PriceListConnection,
    description: 'The price lists for all channels and for your own, by code.',
    authScopes: { permission: 'prices:read' },
    args: {
      ...pageArgs(t.arg),
      search: t.arg.string({ description: 'A part of the code or the name.' }),
      kind: t.arg({ type: PriceListKindEnum }),
      status: t.arg({ type: PriceListStatusEnum, description: 'Default all but the archived.' }),
    },
    resolve: (_root, { search, kind, status, ...args }, ctx) => {
      const reach = reachOf(ctx.actor, 'prices:read')
      const filter = { search, kind, status }
      return keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => priceListPage(ctx.db, reach, { ...page, ...filter }),
        keyOf: ({ code }) => [code],
        count: () => countPriceLists(ctx.db, reach, filter),
      })
    },
  }),
)
