import { createDevice, insertDeviceTypes, setSlot, updateDevice } from '@hilo/devices'
import type { Context } from '@hilo/db'
import { encodeId, money, unwrap, type Uuid } from '@hilo/kernel'
import type { DemoShop } from '../../demo/data.ts'

/** A device's public id and the credential it signs in with, which is never shown again. */
export interface SeededDevice {
  readonly id: string
  readonly credential: string
}

interface DeviceOwners {
  readonly customers: ReadonlyMap<string, Uuid>
  readonly variants: ReadonlyMap<string, Uuid>
}

/** Device types and devices with their policies and slots; gives the devices' access by key. */
export const seedDevices = async (
  ctx: Context,
  demo: DemoShop,
  { customers, variants }: DeviceOwners,
): Promise<ReadonlyMap<string, SeededDevice>> => {
  await insertDeviceTypes(ctx.db, demo.deviceTypes)
  const currencies = new Map(
    demo.channels.map(({ code, market }) => [
      code,
      demo.markets.find((one) => one.code === market)!.currency,
    ]),
  )
  const devices = new Map<string, SeededDevice>()
  for (const { key, name, type, owner, channel, policy, slots } of demo.devices) {
    const currency = currencies.get(channel)!
    const limit = (minor: number | null) => (minor === null ? null : money(BigInt(minor), currency))
    const made = unwrap(
      await createDevice(ctx, { typeCode: type, name, ownerId: customers.get(owner)!, channel }),
    )
    const maxOrder = limit(policy.maxOrderMinor)
    const maxDay = limit(policy.maxDayMinor)
    unwrap(await updateDevice(ctx, { id: made.id, policy: { ...policy, maxOrder, maxDay } }))
    for (const slot of slots) {
      const variantId = variants.get(slot.sku)!
      unwrap(await setSlot(ctx, { deviceId: made.id, slot: slot.name, variantId, quantity: slot.quantity }))
    }
    devices.set(key, { id: encodeId('device', made.id), credential: made.credential.reveal() })
  }
  return devices
}
