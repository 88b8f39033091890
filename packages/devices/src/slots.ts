import { isPrintable } from '@hilo/access'
import { variantsBySkus, variantsHeld } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { COMMON, encodeId, MAX_QUANTITY, ok, type Result, type Uuid } from '@hilo/kernel'
import { changeDevice } from './change-device.ts'
import { DEVICES } from './errors.ts'

/** More buttons than any device has; a bound on what one can store. */
const MAX_SLOTS = 100

/** What goes into a slot: a variant by id or SKU. */
export interface SlotBinding {
  readonly deviceId: Uuid
  readonly slot: string
  readonly variantId?: Uuid | null
  readonly sku?: string | null
  readonly quantity: number
}

const findVariant = async (
  { db, channel, now }: Context,
  { variantId, sku }: SlotBinding,
): Promise<Result<Uuid>> => {
  if (Boolean(variantId) === Boolean(sku)) return DEVICES.refuse('VARIANT_OR_SKU_REQUIRED', {})
  if (sku) {
    const view = { channelId: channel.id, seesAll: true, now: now() }
    const [variant] = isPrintable(sku) ? await variantsBySkus(db, view, [sku]) : []
    return variant ? ok(variant.id) : DEVICES.refuse('UNKNOWN_SKU', { sku: sku.slice(0, 64) }, ['sku'])
  }
  const [variant] = await variantsHeld(db, [variantId!])
  return variant
    ? ok(variant.id)
    : COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', variantId!) }, ['variantId'])
}

/**
 * Binds a slot of a device to a variant, or binds it anew. Refuses with `SLOT_NAME_INVALID`, `TOO_MANY_SLOTS`,
 * `QUANTITY_INVALID`, `VARIANT_OR_SKU_REQUIRED`, `UNKNOWN_SKU`, `NOT_FOUND` and what `changeDevice` refuses.
 */
export const setSlot = (ctx: Context, input: SlotBinding): Promise<Result<{ readonly id: Uuid }>> =>
  changeDevice(ctx, { id: input.deviceId }, async ({ id }) => {
    const { slot, quantity } = input
    if (!/^[a-z0-9-]{1,40}$/.test(slot)) {
      return DEVICES.refuse('SLOT_NAME_INVALID', { slot: slot.slice(0, 60) }, ['slot'])
    }
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      return COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, ['quantity'])
    }
    const variant = await findVariant(ctx, input)
    if (!variant.ok) return variant
    const others = await ctx.db
      .selectFrom('device_slot')
      .select('name')
      .where('device_id', '=', id)
      .where('name', '!=', slot)
      .execute()
    if (others.length >= MAX_SLOTS) return DEVICES.refuse('TOO_MANY_SLOTS', { max: MAX_SLOTS }, ['slot'])
    await ctx.db
      .insertInto('device_slot')
      .values({ device_id: id, name: slot, variant_id: variant.value, quantity })
      .onConflict((conflict) =>
        conflict.columns(['device_id', 'name']).doUpdateSet({ variant_id: variant.value, quantity }),
      )
      .execute()
    return ok({})
  })

/** Takes a slot away. Refuses with `UNKNOWN_SLOT` and what `changeDevice` refuses. */
export const removeSlot = (
  ctx: Context,
  { deviceId, slot }: { readonly deviceId: Uuid; readonly slot: string },
): Promise<Result<{ readonly id: Uuid }>> =>
  changeDevice(ctx, { id: deviceId }, async ({ id }) => {
    const unknown = DEVICES.refuse('UNKNOWN_SLOT', { slot: slot.slice(0, 60) }, ['slot'])
    if (!isPrintable(slot)) return unknown
    const { numDeletedRows } = await ctx.db
      .deleteFrom('device_slot')
      .where('device_id', '=', id)
      .where('name', '=', slot)
      .executeTakeFirst()
    return numDeletedRows > 0n
      ? ok({})
      : DEVICES.refuse('UNKNOWN_SLOT', { slot: slot.slice(0, 60) }, ['slot'])
  })
