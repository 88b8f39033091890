import { newToken } from '@hilo/access'
import type { Context } from '@hilo/db'
import { insertDevices, insertDeviceTypes, type DeviceKind } from '@hilo/devices'
import { encodeId, type Uuid } from '@hilo/kernel'
import type { DemoShop } from '../../demo/data.ts'

/** A device's public id and the credential it signs in with, which is never shown again. */
export interface SeededDevice {
  readonly id: string
  readonly credential: string
}

interface DeviceRelations {
  readonly channels: ReadonlyMap<string, Uuid>
  readonly customers: ReadonlyMap<string, Uuid>
  readonly variants: ReadonlyMap<string, Uuid>
}

const minor = (amount: number | null): bigint | null => (amount === null ? null : BigInt(amount))

/** Device types and devices with their policies and slots; gives the devices' access by key. */
export const seedDevices = async (
  ctx: Context,
  demo: DemoShop,
  { channels, customers, variants }: DeviceRelations,
): Promise<ReadonlyMap<string, SeededDevice>> => {
  const types = await insertDeviceTypes(
    ctx,
    demo.deviceTypes.map((type) => ({ ...type, kind: type.kind as DeviceKind })),
  )
  const credentials = demo.devices.map(() => newToken('credential'))
  const ids = await insertDevices(
    ctx,
    demo.devices.map((device, index) => ({
      typeId: types.get(device.type)!,
      name: device.name,
      ownerId: customers.get(device.owner)!,
      channelId: channels.get(device.channel)!,
      credential: credentials[index]!,
      policy: {
        ...device.policy,
        maxOrderMinor: minor(device.policy.maxOrderMinor),
        maxDayMinor: minor(device.policy.maxDayMinor),
      },
      slots: device.slots.map(({ sku, ...slot }) => ({ ...slot, variantId: variants.get(sku)! })),
    })),
  )
  return new Map(
    demo.devices.map(({ key }, index) => [
      key,
      { id: encodeId('device', ids[index]!), credential: credentials[index]! },
    ]),
  )
}
