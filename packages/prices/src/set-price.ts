import { appendEvents, type Context } from '@hilo/db'
import {
  COMMON,
  encodeId,
  MAX_AMOUNT_MINOR,
  MAX_QUANTITY,
  mayIn,
  type Money,
  newId,
  ok,
  reachOf,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { PRICE_REFUSALS } from './errors.ts'
import { priceChanged } from './events.ts'
import { lockVariant } from './lock-variant.ts'
import { ALWAYS, type Period, toRange } from './period.ts'
import { priceListsByIds, pricesByIds } from './price-queries.ts'

/** What one unit of a variant shall cost in a list. */
export interface PriceToSet {
  readonly variantId: Uuid
  readonly priceListId: Uuid
  readonly amount: Money
  /** Default 1. */
  readonly minQuantity?: number | null
  /** Default always. */
  readonly valid?: Period
}

const checkPrice = ({ amount, minQuantity, valid = ALWAYS }: PriceToSet): Result<null> => {
  if (amount.amountMinor < 0n || amount.amountMinor > MAX_AMOUNT_MINOR) {
    const limits = { min: 0, max: MAX_AMOUNT_MINOR.toString() }
    return PRICE_REFUSALS.refuse('AMOUNT_INVALID', limits, ['amount', 'amountMinor'])
  }
  const quantity = minQuantity ?? 1
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) {
    return COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, ['minQuantity'])
  }
  if (valid.from && valid.until && valid.from >= valid.until) {
    return PRICE_REFUSALS.refuse('PERIOD_INVALID', {}, ['validUntil'])
  }
  return ok(null)
}

/** The list whose prices the actor may set. Refuses `NOT_FOUND` for one it cannot see, else `FORBIDDEN`. */
const writableList = async (
  ctx: Context,
  id: Uuid,
): Promise<Result<{ currency: string; rank: number; channelId: Uuid | null }>> => {
  const [found] = await priceListsByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), [id])
  if (!found) {
    const shown = { kind: 'priceList', id: encodeId('priceList', id) }
    return COMMON.refuse('NOT_FOUND', shown, ['priceListId'])
  }
  const list = { currency: found.currency, rank: found.rank, channelId: found.channelId ?? null }
  return mayIn(ctx.actor, 'prices:write', { channelId: list.channelId })
    ? ok(list)
    : COMMON.refuse('FORBIDDEN', { permission: 'prices:write' }, ['priceListId'])
}

const listFor = async (
  ctx: Context,
  { priceListId, amount }: PriceToSet,
): Promise<Result<{ rank: number; channelId: Uuid | null }>> => {
  const writable = await writableList(ctx, priceListId)
  if (!writable.ok) return writable
  const list = writable.value
  if (list.currency === amount.currency) return ok(list)
  const currencies = { currency: amount.currency, expected: list.currency }
  return COMMON.refuse('WRONG_CURRENCY', currencies, ['amount', 'currency'])
}

/**
 * Sets a price: changes the row of this list, quantity and time, or adds one. Refuses a wrong currency, an amount below
 * zero or beyond 2^53 − 1, and a time that overlaps another row's.
 */
export const setPrice = async (
  ctx: Context,
  input: PriceToSet,
): Promise<Result<{ priceId: Uuid; variantId: Uuid }>> => {
  const checked = checkPrice(input)
  if (!checked.ok) return checked
  const { variantId, priceListId, amount, valid = ALWAYS } = input
  const minQuantity = input.minQuantity ?? 1
  const list = await listFor(ctx, input)
  if (!list.ok) return list
  const variant = await lockVariant(ctx, variantId)
  if (!variant.ok) return variant
  const range = toRange(valid)
  const neighbour = await ctx.db
    .selectFrom('price')
    .select(['id', 'amount_minor', sql<boolean>`valid = ${range}`.as('same')])
    .select([sql<Date | null>`lower(valid)`.as('from'), sql<Date | null>`upper(valid)`.as('until')])
    .where('price_list_id', '=', priceListId)
    .where('variant_id', '=', variantId)
    .where('min_quantity', '=', minQuantity)
    .where(sql<boolean>`valid && ${range}`)
    .executeTakeFirst()
  if (neighbour && !neighbour.same) {
    const shown = {
      validFrom: neighbour.from?.toISOString() ?? '−∞',
      validUntil: neighbour.until?.toISOString() ?? '∞',
    }
    return PRICE_REFUSALS.refuse('PRICE_OVERLAPS', shown, ['validFrom'])
  }
  const priceId = neighbour?.id ?? newId()
  const row = { amount_minor: amount.amountMinor, currency: amount.currency, rank: list.value.rank }
  await (
    neighbour
      ? ctx.db.updateTable('price').set(row).where('id', '=', priceId)
      : ctx.db.insertInto('price').values({
          id: priceId,
          price_list_id: priceListId,
          variant_id: variantId,
          min_quantity: minQuantity,
          valid: range,
          ...row,
        })
  ).execute()
  const { sku } = variant.value
  const { channelId } = list.value
  const before = neighbour?.amount_minor ?? null
  await appendEvents(ctx, [
    priceChanged({ variantId, sku, priceListId, channelId, minQuantity, before, ...amount }),
  ])
  return ok({ priceId, variantId })
}

/** Takes a price row away. */
export const removePrice = async (ctx: Context, id: Uuid): Promise<Result<{ variantId: Uuid }>> => {
  const missing = () => COMMON.refuse('NOT_FOUND', { kind: 'price', id: encodeId('price', id) }, ['id'])
  const [found] = await pricesByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), [id])
  if (!found) return missing()
  const { variantId } = found
  const list = await writableList(ctx, found.priceListId)
  if (!list.ok) return list
  const variant = await lockVariant(ctx, variantId)
  if (!variant.ok) return variant
  const row = await ctx.db
    .deleteFrom('price')
    .where('id', '=', id)
    .returning(['price_list_id', 'currency', 'min_quantity', 'amount_minor'])
    .executeTakeFirst()
  if (!row) return missing()
  await appendEvents(ctx, [
    priceChanged({
      variantId,
      sku: variant.value.sku,
      priceListId: row.price_list_id,
      channelId: list.value.channelId,
      currency: row.currency,
      minQuantity: row.min_quantity,
      amountMinor: null,
      before: row.amount_minor,
    }),
  ])
  return ok({ variantId })
}
