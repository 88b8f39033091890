import { channelsByIds } from '@hilo/channels'
import { variant } from '@hilo/catalog/graphql'
import { builder, MoneyType, readId, readIds, refusalError, type RequestContext } from '@hilo/graphql'
import { COMMON, encodeId, money, ok, type Result, type Uuid } from '@hilo/kernel'
import { type ExplainedPrice, type ExplainedPrices, explainPrices } from '../explain-price.ts'
import { priceMissMessage } from '../price-miss-message.ts'
import { priceList } from './price-list.ts'

/** Losers shown when nothing else is asked, and at most. */
const [SHOWN, MOST] = [100, 1_000]

const PriceMissEnum = builder.enumType('PriceMiss', {
  description:
    'Why a price is not the one: from CURRENCY to QUANTITY it does not fit; the others fit and lost.',
  values: [
    'CURRENCY',
    'LIST_INACTIVE',
    'OVERRIDDEN',
    'BUNDLE',
    'NOT_STARTED',
    'EXPIRED',
    'MARKET',
    'CHANNEL',
    'COUNTRY',
    'CUSTOMER_GROUP',
    'SEGMENT',
    'QUANTITY',
    'LESS_SPECIFIC',
    'LOWER_TIER',
    'HIGHER_AMOUNT',
    'LATER_ID',
  ] as const,
})

interface Told extends ExplainedPrice {
  readonly all: ExplainedPrices
}

const ExplainedPriceType = builder.objectRef<Told>('ExplainedPrice').implement({
  description: 'A price of some list, and why it is chosen or not.',
  fields: (t) => ({
    priceList: t.field({ type: priceList.ref, resolve: ({ list }) => list }),
    amount: t.field({
      type: MoneyType,
      resolve: ({ amountMinor, currency }) => money(amountMinor, currency),
    }),
    minQuantity: t.exposeInt('minQuantity'),
    maxQuantity: t.exposeInt('maxQuantity', { nullable: true }),
    derived: t.exposeBoolean('derived', { description: 'True when it follows from another list.' }),
    chosen: t.exposeBoolean('chosen'),
    reason: t.field({
      type: PriceMissEnum,
      nullable: true,
      description: 'Null for the chosen one.',
      resolve: ({ reason }) => reason,
    }),
    message: t.string({
      description: 'The same for people, in the locale of the request.',
      resolve: ({ all, ...price }, _args, { locale }) => priceMissMessage(price, all, locale),
    }),
  }),
})

export const PriceExplanationType = builder.objectRef<ExplainedPrices>('PriceExplanation').implement({
  description:
    'Which price row holds, and why every other does not. Promotions come after, with their own trace.',
  fields: (t) => ({
    chosen: t.field({
      type: ExplainedPriceType,
      nullable: true,
      description: 'Null when no price fits: the variant is not sold.',
      resolve: (all) => all.chosen && { ...all.chosen, all },
    }),
    compared: t.field({
      type: ExplainedPriceType,
      nullable: true,
      description:
        'The price that a sale is shown against; null when the chosen one is no sale, or no other fits.',
      resolve: (all) => all.compared && { ...all.compared, all },
    }),
    candidates: t.field({
      type: [ExplainedPriceType],
      description:
        'Every price of the variant in the lists that you may read: the chosen one, then those that fit, then the rest.',
      args: { first: t.arg.int({ defaultValue: SHOWN, description: 'At most 1,000.' }) },
      resolve: (all, { first }) =>
        all.prices.slice(0, Math.min(Math.max(first ?? SHOWN, 0), MOST)).map((price) => ({ ...price, all })),
    }),
    candidateCount: t.int({ resolve: ({ prices }) => prices.length }),
  }),
})

interface Asked {
  readonly channelId?: string | null | undefined
  readonly customerGroupIds?: readonly string[] | null | undefined
  readonly segmentIds?: readonly string[] | null | undefined
}

const readAsked = (asked: Asked): Result<{ channelId: Uuid | null; groups: Uuid[]; segments: Uuid[] }> => {
  const channelId = asked.channelId != null ? readId('channel', asked.channelId, ['channelId']) : ok(null)
  if (!channelId.ok) return channelId
  const groups = readIds('customerGroup', asked.customerGroupIds ?? [], ['customerGroupIds'])
  if (!groups.ok) return groups
  const segments = readIds('segment', asked.segmentIds ?? [], ['segmentIds'])
  return segments.ok
    ? ok({ channelId: channelId.value, groups: groups.value, segments: segments.value })
    : segments
}

/** The context in another channel. */
const inChannel = async (ctx: RequestContext, id: Uuid | null): Promise<Result<RequestContext>> => {
  if (!id) return ok(ctx)
  const [channel] = await channelsByIds(ctx.db, [id])
  return channel
    ? ok({ ...ctx, channel })
    : COMMON.refuse('NOT_FOUND', { kind: 'channel', id: encodeId('channel', id) }, ['channelId'])
}

builder.queryField('priceExplanation', (t) =>
  t.field({
    type: PriceExplanationType,
    description:
      'Why a variant costs what it costs, for whom you name: in a channel (default that of the request), a country (default the market’s home), groups and segments, at a time (default now).',
    authScopes: { permission: 'prices:read' },
    args: {
      variantId: t.arg.id({ required: true }),
      quantity: t.arg.int({ defaultValue: 1 }),
      channelId: t.arg.id(),
      country: t.arg({ type: 'CountryCode' }),
      customerGroupIds: t.arg.idList(),
      segmentIds: t.arg.idList(),
      at: t.arg({ type: 'DateTime' }),
    },
    resolve: async (_root, { variantId, quantity, country, at, ...rest }, ctx) => {
      const { id } = await variant.require(ctx, variantId)
      const asked = readAsked(rest)
      if (!asked.ok) throw refusalError(asked.error, ctx)
      const here = await inChannel(ctx, asked.value.channelId)
      if (!here.ok) throw refusalError(here.error, ctx)
      const explained = await explainPrices(here.value, {
        variantId: id,
        quantity: quantity ?? 1,
        country: country ?? here.value.channel.market.countries[0]!,
        customerGroupIds: asked.value.groups,
        segmentIds: asked.value.segments,
        at: at ?? ctx.now(),
      })
      if (!explained.ok) throw refusalError(explained.error, ctx)
      return explained.value
    },
  }),
)
