import type { DB, Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type Selectable, sql } from 'kysely'
import type { Content } from './content.ts'
import type { Measure } from './measure.ts'
import type { MeasureUnit } from './unit.ts'

/** How goods reach the customer. */
export const FULFILMENTS = ['PHYSICAL', 'DIGITAL', 'SERVICE'] as const

/** How goods reach the customer: carried, downloaded, or done. Only what is carried needs a delivery. */
export type Fulfilment = (typeof FULFILMENTS)[number]

/** What kind of goods a variant is. */
export interface Goods {
  readonly variantId: Uuid
  readonly fulfilment: Fulfilment
  /** False: there is always enough of it. Of a bundle its components say so. */
  readonly trackStock: boolean
  readonly measure: Measure | null
  readonly content: Content | null
}

/** The columns of `variant` that say what kind of goods it is. */
export const GOODS_COLUMNS = [
  'fulfilment',
  'track_stock',
  'measure_unit',
  'measure_scale',
  'measure_step',
  'measure_minimum',
  'measure_maximum',
  'content',
] as const

type GoodsRow = Pick<Selectable<DB['variant']>, (typeof GOODS_COLUMNS)[number]>

/** The measure out of its columns. */
export const toMeasure = (row: GoodsRow): Measure | null =>
  row.measure_unit === null
    ? null
    : {
        unit: row.measure_unit as MeasureUnit,
        scale: row.measure_scale!,
        step: row.measure_step!,
        minimum: row.measure_minimum!,
        maximum: row.measure_maximum!,
      }

/** The goods out of a row with `GOODS_COLUMNS`. */
export const toGoods = (row: GoodsRow & { readonly id: Uuid }): Goods => ({
  variantId: row.id,
  fulfilment: row.fulfilment as Fulfilment,
  trackStock: row.track_stock,
  measure: toMeasure(row),
  content: row.content as Content | null,
})

/** What kind of goods these variants are. The caller has seen them. */
export const goodsOfVariants = async (
  db: Executor<'variant'>,
  variantIds: readonly Uuid[],
): Promise<Goods[]> => {
  const rows = await db
    .selectFrom('variant')
    .select(['id', ...GOODS_COLUMNS])
    .where('id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .execute()
  return rows.map(toGoods)
}
