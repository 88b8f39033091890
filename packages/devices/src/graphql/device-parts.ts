import { variant, variantHeld } from '@hilo/catalog/graphql'
import { builder, MoneyType } from '@hilo/graphql'
import { money } from '@hilo/kernel'
import type { DeviceRow } from '../device.ts'
import type { ReadingRow, SlotRow } from '../device-parts.ts'

export const DevicePolicyType = builder.objectRef<DeviceRow>('DevicePolicy').implement({
  description:
    'What a device may buy for its owner. Without maxOrder or maxDay it may buy nothing. Amounts are in the currency of its channel.',
  fields: (t) => ({
    maxOrder: t.field({
      type: MoneyType,
      nullable: true,
      description: 'The most that one order may come to.',
      resolve: ({ policy, currency }) =>
        policy.maxOrderMinor === null ? null : money(policy.maxOrderMinor, currency),
    }),
    maxDay: t.field({
      type: MoneyType,
      nullable: true,
      description: 'The most it may spend on one day (UTC).',
      resolve: ({ policy, currency }) =>
        policy.maxDayMinor === null ? null : money(policy.maxDayMinor, currency),
    }),
    maxQuantity: t.int({
      description: 'The most pieces of one order.',
      resolve: ({ policy }) => policy.maxQuantity,
    }),
    cancelWindowMinutes: t.int({
      description: 'How long its orders can be taken back.',
      resolve: ({ policy }) => policy.cancelWindowMinutes,
    }),
  }),
})

export const DeviceSlotType = builder.objectRef<SlotRow>('DeviceSlot').implement({
  description: 'A place on a device that its owner has bound to something: the device sends only the name.',
  fields: (t) => ({
    name: t.exposeString('name'),
    variant: t.field({
      type: variant.ref,
      resolve: async ({ variantId }, _args, ctx) => (await variantHeld(ctx, variantId))!,
    }),
    quantity: t.exposeInt('quantity', {
      description: 'What is bought when the device does not say how many.',
    }),
  }),
})

export const DeviceReadingType = builder.objectRef<ReadingRow>('DeviceReading').implement({
  description: 'The last value a device reported under a name.',
  fields: (t) => ({
    name: t.exposeString('name'),
    value: t.exposeFloat('value'),
    unit: t.exposeString('unit', { nullable: true }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
  }),
})
