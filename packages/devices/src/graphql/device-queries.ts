import { variant, variantHeld } from '@hilo/catalog/graphql'
import { builder, connectionType, keysetConnection, MoneyType, pageArgs, refusalError } from '@hilo/graphql'
import { encodeId } from '@hilo/kernel'
import {
  priceTokenFor,
  PromotionApplicationType,
  PromotionTraceType,
  readableTrace,
  TRACE_DESCRIPTION,
} from '@hilo/promotions/graphql'
import { priceForDevice, type DevicePrice } from '../device-price.ts'
import { countDevices, devicesPage } from '../device-queries.ts'
import { device } from './nodes.ts'

builder.queryField('device', (t) =>
  t.field({
    type: device.ref,
    nullable: true,
    description: 'One device: your own, yourself, or any with devices:read; NOT_FOUND for every other.',
    authScopes: { owner: true, permission: 'devices:read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => device.require(ctx, id),
  }),
)

const DeviceConnection = connectionType(device.ref, 'Device')

builder.queryField('devices', (t) =>
  t.field({
    type: DeviceConnection,
    description: 'Devices, newest first: all with devices:read, a customer their own, a device itself.',
    authScopes: { owner: true, permission: 'devices:read' },
    args: { ...pageArgs(t.arg), search: t.arg.string({ description: 'A part of the name.' }) },
    resolve: (_root, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => devicesPage(ctx.db, ctx.actor, { ...page, search: args.search }),
        keyOf: ({ id }) => [id],
        count: () => countDevices(ctx.db, ctx.actor, args.search),
      }),
  }),
)

const DevicePriceType = builder.objectRef<DevicePrice>('DevicePrice').implement({
  description: 'What a slot or a SKU costs for this device now.',
  fields: (t) => ({
    variant: t.field({
      type: variant.ref,
      resolve: async ({ variantId }, _args, ctx) => (await variantHeld(ctx, variantId))!,
    }),
    slot: t.exposeString('slot', { nullable: true }),
    quantity: t.exposeInt('quantity'),
    unit: t.field({
      type: MoneyType,
      description: 'One unit on the shelf of its channel.',
      resolve: ({ unit }) => unit,
    }),
    total: t.field({
      type: MoneyType,
      description: 'What the order would come to, with promotions, delivery and tax: send it as expect.max.',
      resolve: ({ total }) => total,
    }),
    applications: t.field({
      type: [PromotionApplicationType],
      description: 'What promotions do to it; the line of an allocation is the id of its variant.',
      resolve: ({ priced: { applications, currency, lines } }) => {
        const variants = new Map(lines.map(({ id, variantId }) => [id, variantId]))
        const lineIdOf = (id: string): string => encodeId('variant', variants.get(id)!)
        return applications.map((application) => ({ ...application, currency, lineIdOf }))
      },
    }),
    trace: t.field({
      type: [PromotionTraceType],
      description: TRACE_DESCRIPTION,
      resolve: ({ priced }, _args, ctx) => readableTrace(ctx.actor, priced),
    }),
    token: t.string({
      nullable: true,
      description:
        'Fixes `unit` for a short time: send it as priceToken with devicePurchase, or let the owner put it into a cart.',
      resolve: ({ variantId, quantity, channel }, _args, ctx) =>
        priceTokenFor({ ...ctx, channel }, { variantId, quantity }),
    }),
  }),
})

builder.queryField('devicePrice', (t) =>
  t.field({
    type: DevicePriceType,
    nullable: true,
    description: 'What one of its slots, or a SKU, costs for the device that asks, in its own channel.',
    authScopes: { device: true },
    args: {
      slot: t.arg.string(),
      sku: t.arg.string(),
      quantity: t.arg.int({ description: 'How many; the quantity of the slot, or 1, when not said.' }),
    },
    resolve: async (_root, wish, ctx) => {
      const price = await priceForDevice(ctx, wish)
      if (!price.ok) throw refusalError(price.error, ctx)
      return price.value
    },
  }),
)
