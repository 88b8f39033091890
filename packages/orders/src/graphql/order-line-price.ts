import { channelsByIds } from '@hilo/channels'
import { customerFacts } from '@hilo/customers'
import { builder, MoneyType, refusalError } from '@hilo/graphql'
import { money } from '@hilo/kernel'
import { explainPrices } from '@hilo/prices'
import { PriceExplanationType, priceList } from '@hilo/prices/graphql'
import type { Quote } from '@hilo/promotions'
import { order, orderLine } from './order-nodes.ts'

const OrderLineQuoteType = builder.objectRef<Quote>('OrderLineQuote').implement({
  description: 'The price that a price token promised, and that held when the line was ordered.',
  fields: (t) => ({
    unit: t.field({
      type: MoneyType,
      description: 'One unit, as it was quoted; the line costs less where the shelf did.',
      resolve: ({ unitMinor, currency }) => money(BigInt(unitMinor), currency),
    }),
    unitList: t.field({
      type: MoneyType,
      description: 'What it was compared with.',
      resolve: ({ listMinor, currency }) => money(BigInt(listMinor), currency),
    }),
    minQuantity: t.exposeInt('minQuantity'),
    maxQuantity: t.exposeInt('maxQuantity'),
    quotedAt: t.field({ type: 'DateTime', resolve: ({ issuedAt }) => new Date(issuedAt) }),
    until: t.field({ type: 'DateTime', resolve: ({ expiresAt }) => new Date(expiresAt) }),
  }),
})

builder.objectFields(orderLine.ref, (t) => ({
  quote: t.field({
    type: OrderLineQuoteType,
    nullable: true,
    description: 'Null when no price was quoted for it.',
    resolve: ({ quote }) => quote,
  }),
  priceList: t.field({
    type: priceList.ref,
    nullable: true,
    description:
      'The list that its price was chosen from; null for a bundle that costs what its components do, and for lists that you may not read.',
    authScopes: { permission: 'prices:read' },
    resolve: ({ priceListId }, _args, ctx) =>
      priceListId === null ? null : priceList.byId(ctx, priceListId),
  }),
}))

builder.queryField('orderLinePriceExplanation', (t) =>
  t.field({
    type: PriceExplanationType,
    description:
      'Which prices a line could have had when it was ordered, with its quantity, for its customer and country, and why one was chosen: by the prices, groups and segments that are stored today. What was chosen then stands in the line.',
    authScopes: { permission: 'prices:read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, args, ctx) => {
      const { orderId, variantId, quantity } = await orderLine.require(ctx, args.id)
      const { channelId, country, customerId, placedAt } = (await order.byId(ctx, orderId))!
      const [channel] = await channelsByIds(ctx.db, [channelId])
      const facts = customerId ? await customerFacts(ctx.db, customerId, placedAt) : undefined
      const explained = await explainPrices(
        { ...ctx, channel: channel! },
        {
          variantId,
          quantity,
          country,
          customerGroupIds: facts?.groups.map(({ id }) => id) ?? [],
          segmentIds: facts?.segments.map(({ id }) => id) ?? [],
          at: placedAt,
        },
      )
      if (!explained.ok) throw refusalError(explained.error, ctx)
      return explained.value
    },
  }),
)
