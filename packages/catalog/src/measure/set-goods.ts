import { changesBetween, type Context, type Executor, type Json } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { type Content, readContent } from './content.ts'
import { GOODS_REFUSALS } from './errors.ts'
import { type Fulfilment, type Goods, goodsOfVariants } from './goods.ts'
import { lockVariant, touchVariant } from './lock-variant.ts'
import { type Measure, readMeasure } from './measure.ts'
import type { Amount } from './unit.ts'

/** What kind of goods a variant shall be: what is left out stays, null takes away. */
export interface GoodsChange {
  readonly variantId: Uuid
  readonly ifVersion?: number | null
  readonly fulfilment?: Fulfilment | null
  /** Left out with a new fulfilment: true for what is carried. */
  readonly trackStock?: boolean | null
  readonly measure?: Parameters<typeof readMeasure>[0] | null
  readonly content?: (Amount & { readonly reference?: Amount | null }) | null
}

/** Reads an optional change: absent stays what it was, null takes away. */
const readOr = <Given, Value>(
  given: Given | null | undefined,
  before: Value | null,
  read: (given: Given) => Result<Value>,
): Result<Value | null> => (given === undefined ? ok(before) : given === null ? ok(null) : read(given))

/** Where a variant's quantities stand already; tables of slices that come later, of which only the names are known here. */
const isCounted = async (db: Executor<'stock' | 'cart_line' | 'order_line'>, variantId: Uuid) => {
  const { rows } = await sql<{ counted: boolean }>`
    select exists (select from stock where variant_id = ${variantId} and on_hand > 0)
      or exists (select from cart_line where variant_id = ${variantId})
      or exists (select from order_line where variant_id = ${variantId})
      or exists (select from bundle_component where ${variantId} in (bundle_id, component_id)) as counted`.execute(
    db,
  )
  return rows[0]!.counted
}

const isSameScale = (a: Measure | null, b: Measure | null): boolean =>
  a?.unit === b?.unit && a?.scale === b?.scale

const decide = (before: Goods, change: GoodsChange): Result<Goods> => {
  const measure = readOr(change.measure, before.measure, (given) => readMeasure(given, ['measure']))
  if (!measure.ok) return measure
  const content = readOr<NonNullable<GoodsChange['content']>, Content>(
    change.content,
    before.content,
    (given) => readContent(given, ['content']),
  )
  if (!content.ok) return content
  const fulfilment = change.fulfilment ?? before.fulfilment
  const trackStock =
    change.trackStock ?? (fulfilment === before.fulfilment ? before.trackStock : fulfilment === 'PHYSICAL')
  return ok({ ...before, fulfilment, trackStock, measure: measure.value, content: content.value })
}

const jsonOf = ({ variantId: _id, ...goods }: Goods) => goods as unknown as Record<string, Json>

/**
 * Says what kind of goods a variant is. Refuses measures and contents that cannot be, and `MEASURE_IN_USE` for another
 * unit or scale of what is counted somewhere already.
 */
export const setGoods = async (ctx: Context, change: GoodsChange): Promise<Result<{ variantId: Uuid }>> => {
  const { variantId } = change
  const variant = await lockVariant(ctx, change)
  if (!variant.ok) return variant
  const [before] = await goodsOfVariants(ctx.db, [variantId])
  const after = decide(before!, change)
  if (!after.ok) return after
  const { measure, content, fulfilment, trackStock } = after.value
  if (!isSameScale(before!.measure, measure) && (await isCounted(ctx.db, variantId))) {
    return GOODS_REFUSALS.refuse('MEASURE_IN_USE', { sku: variant.value.sku }, ['measure'])
  }
  await ctx.db
    .updateTable('variant')
    .set({
      fulfilment,
      track_stock: trackStock,
      measure_unit: measure?.unit ?? null,
      measure_scale: measure?.scale ?? null,
      measure_step: measure?.step ?? null,
      measure_minimum: measure?.minimum ?? null,
      measure_maximum: measure?.maximum ?? null,
      content: content && JSON.stringify(content),
    })
    .where('id', '=', variantId)
    .execute()
  await touchVariant(ctx, variant.value, changesBetween(jsonOf(before!), jsonOf(after.value)))
  return ok({ variantId })
}
