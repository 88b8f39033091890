import { appendEvents, changesBetween, type Context, type Executor } from '@hilo/db'
import {
  COMMON,
  divideRounded,
  encodeId,
  MAX_AMOUNT_MINOR,
  type Money,
  ok,
  reachOf,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { lockVariants } from './lock-variants.ts'
import { PRICE_REFUSALS } from './errors.ts'

/** What a piece of a variant, or a whole measure of it, costs the shop itself. */
export interface VariantCost {
  readonly amountMinor: bigint
  /** Of its measure; 0 when it is sold by the piece. */
  readonly scale: number
}

/** What a quantity costs, in units of 10^-scale of what is sold by measure; rounded half away from zero. */
export const costOf = ({ amountMinor, scale }: VariantCost, quantity: number): bigint =>
  divideRounded(amountMinor * BigInt(quantity), 10n ** BigInt(scale))

/** What these variants cost the shop itself, by currency and variant; absent where nobody said. */
export const variantCosts = async (
  db: Executor<'variant_cost' | 'variant'>,
  variantIds: readonly Uuid[],
): Promise<Map<string, Map<Uuid, VariantCost>>> => {
  const rows = await db
    .selectFrom('variant_cost')
    .innerJoin('variant', 'variant.id', 'variant_cost.variant_id')
    .select(['variant_id', 'currency', 'amount_minor', 'measure_scale'])
    .where('variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .orderBy('currency')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => [
      currency,
      new Map(
        own.map((row) => [row.variant_id, { amountMinor: row.amount_minor, scale: row.measure_scale ?? 0 }]),
      ),
    ]),
  )
}

/** What a variant costs the shop itself; null takes it away. */
export interface CostChange {
  readonly variantId: Uuid
  readonly currency: string
  readonly cost: Money | null
}

/**
 * Notes what a piece, or a whole measure, costs the shop itself, for margins; shoppers never see it. It holds in every
 * channel, so only who reaches all may. Refuses `FORBIDDEN`, `NOT_FOUND`, `WRONG_CURRENCY`, `AMOUNT_INVALID`.
 */
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
  const found = await lockVariants(ctx, [variantId])
  if (!found.has(variantId)) {
    const shown = { kind: 'variant' as const, id: encodeId('variant', variantId) }
    return COMMON.refuse('NOT_FOUND', shown, ['variantId'])
  }
  const before = (await variantCosts(ctx.db, [variantId])).get(currency)?.get(variantId)
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
      changed: changesBetween(
        { amountMinor: before ? Number(before.amountMinor) : null },
        { amountMinor: cost ? Number(cost.amountMinor) : null },
      ),
      permission: 'prices:read',
    },
  ])
  return ok({ variantId })
}
