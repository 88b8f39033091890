import { ACCESS, isPrintable } from '@hilo/access'
import { channelsByIds } from '@hilo/channels'
import { variantsBySkus } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { encodeId, ok, type Channel, type Locale, type Result, type Uuid } from '@hilo/kernel'
import type { DevicePolicy } from './device.ts'
import { DEVICES } from './errors.ts'
import { asDevice } from './report.ts'

/** A device about to buy, for its owner and in its own channel, whatever channel the request came by. */
export interface Buyer {
  readonly deviceId: Uuid
  readonly ownerId: Uuid
  readonly locale: Locale
  /** Whether the owner allows purchases by devices. */
  readonly consent: boolean
  readonly test: boolean
  /** The key it signs with; 32 bytes, raw. */
  readonly publicKey: Uint8Array | null
  readonly policy: DevicePolicy
  readonly channel: Channel
}

const buyerRow = ({ db }: Context, deviceId: Uuid) =>
  db
    .selectFrom('device')
    .innerJoin('customer', 'customer.id', 'device.customer_id')
    .leftJoin('consent', (join) =>
      join
        .onRef('consent.customer_id', '=', 'device.customer_id')
        .on('consent.purpose', '=', 'DEVICE_PURCHASE')
        .on('consent.withdrawn_at', 'is', null),
    )
    .select([
      'device.customer_id',
      'device.channel_id',
      'device.status',
      'device.test',
      'device.public_key',
      'device.max_order_minor',
      'device.max_day_minor',
      'device.max_quantity',
      'device.cancel_window_minutes',
      'customer.locale',
      'consent.given_at',
    ])
    .where('device.id', '=', deviceId)

/**
 * The device that asks, as a buyer. With `lock` it waits for its turn: purchases of one device are one after the other,
 * so that a slot never has two orders in progress. Refuses with `FORBIDDEN`, `DEVICE_REVOKED`, `CHANNEL_CLOSED`.
 */
export const findBuyer = async (
  ctx: Context,
  { lock }: { readonly lock: boolean },
): Promise<Result<Buyer>> => {
  const self = asDevice(ctx)
  if (!self.ok) return self
  const { deviceId } = self.value
  const row = await buyerRow(ctx, deviceId)
    .$if(lock, (query) => query.forNoKeyUpdate('device'))
    .executeTakeFirstOrThrow()
  if (row.status !== 'ACTIVE') {
    return ACCESS.refuse('DEVICE_REVOKED', { device: encodeId('device', deviceId) })
  }
  const [channel] = await channelsByIds(ctx.db, [row.channel_id])
  if (!channel?.active) return DEVICES.refuse('CHANNEL_CLOSED', { channel: channel?.code ?? '' })
  return ok({
    deviceId,
    ownerId: row.customer_id,
    locale: row.locale as Locale,
    consent: row.given_at !== null,
    test: row.test,
    publicKey: row.public_key,
    policy: {
      maxOrderMinor: row.max_order_minor,
      maxDayMinor: row.max_day_minor,
      maxQuantity: row.max_quantity,
      cancelWindowMinutes: row.cancel_window_minutes,
    },
    channel,
  })
}

/** What a device can name: one of its slots, or a SKU. */
export interface Wish {
  readonly slot?: string | null
  readonly sku?: string | null
  readonly quantity?: number | null
}

/** A wish that was understood. */
export interface Wanted {
  readonly variantId: Uuid
  readonly slot: string | undefined
  readonly quantity: number
}

/**
 * What a wish means: the slot's variant and quantity, or the SKU, once. Refuses with `SLOT_OR_SKU_REQUIRED`,
 * `UNKNOWN_SLOT`, `UNKNOWN_SKU`.
 */
export const findWanted = async (
  { db, now }: Context,
  { deviceId, channel }: Buyer,
  { slot, sku, quantity }: Wish,
): Promise<Result<Wanted>> => {
  if (Boolean(slot) === Boolean(sku)) return DEVICES.refuse('SLOT_OR_SKU_REQUIRED', {})
  if (sku) {
    const view = { channelId: channel.id, seesAll: false, now: now() }
    const [variant] = isPrintable(sku) ? await variantsBySkus(db, view, [sku]) : []
    if (!variant) return DEVICES.refuse('UNKNOWN_SKU', { sku: sku.slice(0, 64) }, ['sku'])
    return ok({ variantId: variant.id, slot: undefined, quantity: quantity ?? 1 })
  }
  const unknown = DEVICES.refuse('UNKNOWN_SLOT', { slot: slot!.slice(0, 60) }, ['slot'])
  if (!isPrintable(slot!)) return unknown
  const bound = await db
    .selectFrom('device_slot')
    .select(['name', 'variant_id', 'quantity'])
    .where('device_id', '=', deviceId)
    .where('name', '=', slot!)
    .executeTakeFirst()
  if (!bound) return unknown
  return ok({ variantId: bound.variant_id, slot: bound.name, quantity: quantity ?? bound.quantity })
}
