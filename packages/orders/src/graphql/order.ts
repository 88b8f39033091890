import { AddressType, MissedGift, TaxSummaryType } from '@hilo/carts/graphql'
import { channel, market } from '@hilo/channels/graphql'
import { customer } from '@hilo/customers/graphql'
import { encodeId, mayIn, money } from '@hilo/kernel'
import { PromotionApplicationType } from '@hilo/promotions/graphql'
import { builder, MoneyType, type RequestContext } from '@hilo/graphql'
import { decideCancel, ORDER_STATUSES } from '../order.ts'
import type { OrderRow } from '../order-row.ts'
import { applicationsOf, linesOf, order, orderLine } from './order-nodes.ts'

export const OrderStatusEnum = builder.enumType('OrderStatus', {
  description: 'PLACED becomes FULFILLED or CANCELLED; those are final.',
  values: ORDER_STATUSES,
})

const amount = (of: (row: OrderRow) => bigint, description: string) => ({
  type: MoneyType,
  description,
  resolve: (row: OrderRow) => money(of(row), row.currency),
})

const cancellable = (row: OrderRow, { actor, now }: RequestContext): boolean =>
  decideCancel(row, { isStaff: mayIn(actor, 'orders:write', { channelId: row.channelId }), now: now() }).ok

builder.node(order.ref, {
  ...order.options,
  description: 'What was bought, with every amount as it was reckoned when it was placed.',
  fields: (t) => ({
    number: t.exposeString('number', { description: 'What people call it, such as H-100001.' }),
    status: t.field({ type: OrderStatusEnum, resolve: ({ status }) => status }),
    version: t.exposeInt('version', { description: 'Grows with each change; send it as ifVersion.' }),
    test: t.exposeBoolean('test', { description: 'Placed to try a device: no goods, no stock, no payment.' }),
    channel: t.field({
      type: channel.ref,
      resolve: async ({ channelId }, _args, ctx) => (await channel.byId(ctx, channelId))!,
    }),
    market: t.field({
      type: market.ref,
      resolve: async ({ marketId }, _args, ctx) => (await market.byId(ctx, marketId))!,
    }),
    customer: t.field({
      type: customer.ref,
      nullable: true,
      description: 'Null for a guest, and for those who may not see the customer.',
      resolve: ({ customerId }, _args, ctx) => (customerId ? customer.byId(ctx, customerId) : null),
    }),
    email: t.exposeString('email', { nullable: true }),
    slot: t.exposeString('slot', { nullable: true, description: 'Of the device that placed it.' }),
    lines: t.field({
      type: [orderLine.ref],
      resolve: async ({ id }, _args, ctx) => [...(await linesOf(ctx, id))],
    }),
    applications: t.field({
      type: [PromotionApplicationType],
      description: 'What promotions did to it.',
      resolve: async ({ id, currency }, _args, ctx) =>
        (await applicationsOf(ctx, id)).map((application) => ({
          ...application,
          points: Number(application.points),
          currency,
          allocations: application.allocations.map(({ lineId, amountMinor }) => ({
            lineId,
            amount: BigInt(amountMinor),
          })),
          lineIdOf: (lineId: string) => encodeId('orderLine', lineId),
        })),
    }),
    subtotal: t.field(amount(({ subtotal }) => subtotal, 'Lines as they stood on the shelf.')),
    discount: t.field(
      amount(({ discount }) => discount, 'What promotions of lines and of the order took off.'),
    ),
    delivery: t.field(amount(({ delivery }) => delivery, 'After promotions of delivery.')),
    tax: t.field(amount(({ tax }) => tax, 'All tax in the total.')),
    total: t.field(amount(({ total }) => total, 'What is to be paid, tax and delivery included.')),
    points: t.int({ description: 'What the customer earned.', resolve: ({ points }) => Number(points) }),
    missedGifts: t.field({
      type: [MissedGift],
      description: 'What promotions promised but was out of stock.',
      resolve: ({ missedGifts }) => [...missedGifts],
    }),
    paymentMethod: t.exposeString('paymentMethod', { nullable: true }),
    deliveryMethod: t.exposeString('deliveryMethod', { nullable: true }),
    pricesIncludeTax: t.exposeBoolean('pricesIncludeTax'),
    taxes: t.field({
      type: [TaxSummaryType],
      resolve: ({ taxes, currency }) =>
        taxes.map(({ ratePpm, netMinor, taxMinor }) => ({
          ratePpm,
          net: BigInt(netMinor),
          tax: BigInt(taxMinor),
          currency,
        })),
    }),
    country: t.field({ type: 'CountryCode', resolve: ({ country }) => country }),
    address: t.field({ type: AddressType, nullable: true, resolve: ({ address }) => address }),
    placedAt: t.field({ type: 'DateTime', resolve: ({ placedAt }) => placedAt }),
    cancelBy: t.field({
      type: 'DateTime',
      description: 'Until just before this moment whoever placed it may cancel it.',
      resolve: ({ cancelBy }) => cancelBy,
    }),
    cancellable: t.boolean({
      description: 'True when you may cancel it now.',
      resolve: (row, _args, ctx) => cancellable(row, ctx),
    }),
    fulfilledAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ fulfilledAt }) => fulfilledAt }),
    cancelledAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ cancelledAt }) => cancelledAt }),
  }),
})
