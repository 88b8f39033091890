import { appendEvents, type Context, type Executor } from '@hilo/db'
import {
  COMMON,
  encodeId,
  MAX_AMOUNT_MINOR,
  type Money,
  ok,
  reachOf,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { PRICE_REFUSALS } from './errors.ts'

/** What a unit of these variants costs the shop itself: minor units by currency and variant. */
export const variantCosts = async (
  db: Executor<'variant_cost'>,
  variantIds: readonly Uuid[],
): Promise<Map<string, Map<Uuid, bigint>>> => {
  const rows = await db
    .selectFrom('variant_cost')
    .select(['variant_id', 'currency', 'amount_minor'])
    .where('variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .orderBy('currency')
    .execute()
  const costs = new Map<string, Map<Uuid, bigint>>()
  for (const { variant_id, currency, amount_minor } of rows) {
    const inCurrency = costs.get(currency) ?? new Map<Uuid, bigint>()
    costs.set(currency, inCurrency.set(variant_id, amount_minor))
  }
  return costs
}

/** What a variant costs the shop itself; null takes it away. */
export interface CostChange {
  readonly variantId: Uuid
  readonly currency: string
  readonly cost: Money | null
}

/** Notes what a unit costs the shop itself, for margins; shoppers never see it. It holds in every channel, so only who
 * reaches all may. Refuses `FORBIDDEN`, `NOT_FOUND`, `WRONG_CURRENCY`, `AMOUNT_INVALID`. */
export const setVariantCost = async (
  ctx: Context,
  { variantId, currency, cost }: CostChange,
): Promise<Result<{ readonly variantId: Uuid }>> => {
  if (reachOf(ctx.actor, 'prices:write') !== 'all')
    return COMMON.refuse('FORBIDDEN', { permission: 'prices:write' }, ['variantId'])
  if (cost && cost.currency !== currency)
    return COMMON.refuse('WRONG_CURRENCY', { currency: cost.currency, expected: currency }, ['cost'])
  if (cost && (cost.amountMinor < 0n || cost.amountMinor > MAX_AMOUNT_MINOR))
    return PRICE_REFUSALS.refuse('AMOUNT_INVALID', { min: 0, max: MAX_AMOUNT_MINOR.toString() }, ['cost'])
  const variant = await ctx.db
    .selectFrom('variant')
    .select(['id', 'product_id'])
    .where('id', '=', variantId)
    .executeTakeFirst()
  if (!variant) {
    const shown = { kind: 'Variant', id: encodeId('variant', variantId) }
    return COMMON.refuse('NOT_FOUND', shown, ['variantId'])
  }
  if (cost) {
    const values = { amount_minor: cost.amountMinor, updated_at: ctx.now() }
    await ctx.db
      .insertInto('variant_cost')
      .values({ variant_id: variantId, currency, ...values })
      .onConflict((conflict) => conflict.columns(['variant_id', 'currency']).doUpdateSet(values))
      .execute()
  } else {
    await ctx.db
      .deleteFrom('variant_cost')
      .where('variant_id', '=', variantId)
      .where('currency', '=', currency)
      .execute()
  }
  await appendEvents(ctx, [
    {
      aggregate: 'variant_cost',
      aggregateId: variantId,
      type: 'VariantCostChanged.v1',
      payload: { variantId, currency },
      permission: 'prices:read',
    },
  ])
  return ok({ variantId })
}
