import { newToken } from '@hilo/access'
import { command, type Context } from '@hilo/db'
import { ok, unwrap, type Actor, type Uuid } from '@hilo/kernel'
import type { DeviceKind } from '../device.ts'
import { insertDevices, insertDeviceTypes, type SeedDevice } from '../insert-devices.ts'

/** What a test says about a device; everything else is made up. */
export interface TestDevice extends Partial<Omit<SeedDevice, 'typeId' | 'ownerId' | 'channelId'>> {
  readonly ownerId: Uuid
  readonly channelId: Uuid
  readonly kind?: DeviceKind
}

/** Makes an active device, an appliance that may spend 100.00 an order and 1000.00 a day when nothing else is said. */
export const createTestDevice = async (
  ctx: Context,
  { kind = 'APPLIANCE', policy, ...device }: TestDevice,
): Promise<{ readonly id: Uuid; readonly credential: string; readonly actor: Actor }> => {
  const credential = newToken('credential')
  const made = await command(ctx, { operation: 'createTestDevice', input: null }, async (inner) => {
    const types = await insertDeviceTypes(inner, [
      { code: `test-${kind.toLowerCase()}`, name: { en: kind }, kind },
    ])
    return ok(
      await insertDevices(inner, [
        {
          name: 'Test device',
          typeId: [...types.values()][0]!,
          credential,
          policy: { maxOrderMinor: 10_000n, maxDayMinor: 100_000n, ...policy },
          ...device,
        },
      ]),
    )
  })
  const id = unwrap(made)[0]!
  return { id, credential, actor: { kind: 'device', deviceId: id, customerId: device.ownerId } }
}
