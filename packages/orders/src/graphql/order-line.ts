import { measuredText } from '@hilo/catalog'
import { FulfilmentEnum } from '@hilo/catalog/graphql'
import { encodeId, money } from '@hilo/kernel'
import { AllocationType } from '@hilo/promotions/graphql'
import { builder, MoneyType } from '@hilo/graphql'
import type { BoughtComponent } from '../line-goods.ts'
import type { OrderLineRow } from '../order-line-queries.ts'
import { applicationsOf, orderLine } from './order-nodes.ts'

const amount = (of: (line: OrderLineRow) => bigint, description: string) => ({
  type: MoneyType,
  description,
  resolve: (line: OrderLineRow) => money(of(line), line.currency),
})

const BoughtComponentType = builder.objectRef<BoughtComponent>('BoughtComponent').implement({
  description: 'A component of a bundle, as it was when it was bought.',
  fields: (t) => ({
    variantId: t.id({ resolve: ({ variantId }) => encodeId('variant', variantId) }),
    sku: t.exposeString('sku'),
    name: t.exposeString('name'),
    quantity: t.exposeInt('quantity', { description: 'In one bundle.' }),
    measured: t.string({
      nullable: true,
      description: 'The quantity of what is sold by measure, for people: 0.250 kg.',
      resolve: ({ quantity, measure }, _args, ctx) => measure && measuredText(quantity, measure, ctx),
    }),
  }),
})

builder.node(orderLine.ref, {
  ...orderLine.options,
  description: 'What was bought, as it was then: whatever the catalogue says today.',
  fields: (t) => ({
    variantId: t.id({ resolve: ({ variantId }) => encodeId('variant', variantId) }),
    sku: t.exposeString('sku'),
    name: t.exposeString('name', { description: 'Of the product, in the language of the order.' }),
    variantName: t.exposeString('variantName'),
    imageUrl: t.exposeString('imageUrl', { nullable: true }),
    quantity: t.exposeInt('quantity', { description: 'Pieces, or units of 10^-scale of its measure.' }),
    measured: t.string({
      nullable: true,
      description: 'The quantity of what was sold by measure, for people: 1.250 kg.',
      resolve: ({ quantity, measure }, _args, ctx) => measure && measuredText(quantity, measure, ctx),
    }),
    fulfilment: t.field({ type: FulfilmentEnum, resolve: ({ fulfilment }) => fulfilment }),
    components: t.field({
      type: [BoughtComponentType],
      description: 'What one of a bundle was made of; none of an ordinary variant.',
      resolve: ({ components }) => [...(components ?? [])],
    }),
    gift: t.exposeBoolean('gift', { description: 'True for what a promotion added for nothing.' }),
    properties: t.field({ type: 'JSON', resolve: ({ properties }) => properties }),
    unitList: t.field(amount(({ unitList }) => unitList, 'One unit before every reduction.')),
    unit: t.field(amount(({ unit }) => unit, 'One unit as it stood on the shelf.')),
    subtotal: t.field(amount(({ subtotal }) => subtotal, 'unit × quantity.')),
    discount: t.field(
      amount(({ discount }) => discount, 'What promotions of lines and of the order took off.'),
    ),
    net: t.field(amount(({ net }) => net, 'Without tax.')),
    tax: t.field(amount(({ tax }) => tax, 'net + tax = gross.')),
    gross: t.field(amount(({ gross }) => gross, 'With tax.')),
    taxRatePpm: t.exposeInt('taxRatePpm', { description: 'Parts per million: 210000 is 21 %.' }),
    allocations: t.field({
      type: [AllocationType],
      description: 'The parts of discount, by application.',
      resolve: async (line, _args, ctx) =>
        (await applicationsOf(ctx, line.orderId))
          .filter((application) => application.class !== 'CATALOG')
          .flatMap(({ allocations }) => allocations)
          .filter(({ lineId }) => lineId === line.id)
          .map(({ amountMinor }) => ({
            lineId: encodeId('orderLine', line.id),
            amount: money(BigInt(amountMinor), line.currency),
          })),
    }),
  }),
})
