import { createTestChannels, type TestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context, type Outcome } from '@hilo/db'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { type Actor, newId, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { purchase, type Purchase, type PurchaseRequest } from '../purchase.ts'
import { createTestDevice, type TestDevice } from './index.ts'

/** A shop in which a device can buy: beans for 10.00 EUR, delivery 5.00, a thousand in stock, an owner who consents. */
export interface DeviceShop {
  readonly channels: TestChannels
  readonly ownerId: Uuid
  readonly beans: { readonly variantId: Uuid; readonly sku: string }
  /** A coffee machine of the owner with the slot `beans` (2 at a time), with anything replaced. */
  readonly createMachine: (
    device?: Partial<TestDevice>,
  ) => Promise<{ readonly id: Uuid; readonly credential: string; readonly actor: Actor }>
  /** What the API does for `devicePurchase`; a new key each time unless one is given. */
  readonly buy: (actor: Actor, request: PurchaseRequest, key?: string) => Promise<Outcome<Purchase>>
}

/** What one piece of beans comes to with delivery, in minor units. */
export const BEANS_TOTAL = 1_500n

/** Makes the shop of a test file. */
export const createDeviceShop = async (ctx: Context): Promise<DeviceShop> => {
  const channels = await createTestChannels(ctx.db)
  const owner = await createTestCustomer(ctx, { consents: ['DEVICE_PURCHASE'], locale: 'es' })
  const sku = 'BEANS-1KG'
  const { variantId } = await createPricedProduct(ctx, { sku, amounts: { EUR: 1_000 } })
  const location = await createTestLocation(ctx.db, { channelIds: [channels.deviceEu.id, channels.webEu.id] })
  await createTestStock(ctx.db, location, { [variantId]: 1_000 })
  return {
    channels,
    ownerId: owner.id,
    beans: { variantId, sku },
    createMachine: (device = {}) =>
      createTestDevice(ctx, {
        name: 'Coffee machine',
        ownerId: owner.id,
        channelId: channels.deviceEu.id,
        slots: [{ name: 'beans', variantId, quantity: 2 }],
        ...device,
      }),
    buy: (actor, request, key = newId()) =>
      command(
        { ...ctx, actor },
        { operation: 'devicePurchase', input: request, idempotencyKey: key },
        (inner) => purchase(inner, request),
      ),
  }
}
