import type { Executor } from '@hilo/db'
import { sql } from 'kysely'
import {
  applicationColumns,
  downloadColumns,
  lineColumns,
  type OrderDraft,
  orderColumns,
} from './order-draft.ts'

const LINE = [
  'id',
  'order_id',
  'position',
  'variant_id',
  'product_id',
  'sku',
  'name',
  'variant_name',
  'image_url',
  'properties',
  'quantity',
  'price_id',
  'price_list_id',
  'quote',
  'unit_list_minor',
  'unit_minor',
  'subtotal_minor',
  'discount_minor',
  'net_minor',
  'tax_minor',
  'gross_minor',
  'tax_rate_ppm',
  'gift',
  'fulfilment',
  'measure',
  'components',
] as const satisfies readonly (keyof ReturnType<typeof lineColumns>[number]['row'])[]

const APPLICATION = [
  'order_id',
  'position',
  'promotion_id',
  'promotion_version',
  'coupon_code',
  'class',
  'name',
  'amount_minor',
  'points',
  'allocations',
] as const satisfies readonly (keyof ReturnType<typeof applicationColumns>[number])[]

/** Rows as one parameter, whatever their number: the statement stays the same, so the server keeps its plan. */
const asJson = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))

/** Writes an order with its lines, applications and downloads in one statement, and returns the number it got. */
export const insertOrder = async (
  db: Executor<'order' | 'order_line' | 'order_application' | 'download' | 'digital_file'>,
  draft: OrderDraft,
): Promise<string> => {
  const lines = lineColumns(draft)
  const applications = applicationColumns(
    draft,
    new Map(lines.map(({ cartLineId, row }) => [cartLineId, row.id])),
  )
  const lineRows = sql<
    Record<(typeof LINE)[number], never>
  >`jsonb_populate_recordset(null::order_line, ${asJson(lines.map(({ row }) => row))}::jsonb)`
  const applicationRows = sql<
    Record<(typeof APPLICATION)[number], never>
  >`jsonb_populate_recordset(null::order_application, ${asJson(applications)}::jsonb)`
  const files = downloadColumns(
    draft,
    lines.map(({ row }) => row),
  )
  const bought = sql<{ order_line_id: string; variant_id: string }>`(
    select (row->>'order_line_id')::uuid as order_line_id, (row->>'variant_id')::uuid as variant_id
    from jsonb_array_elements(${asJson(files)}::jsonb) as row
  )`
  const { number } = await db
    .with('placed', (cte) =>
      cte
        .insertInto('order')
        .values({ ...orderColumns(draft), number: sql<string>`'H-' || nextval('order_number')` })
        .returning('number'),
    )
    .with('lines', (cte) =>
      cte
        .insertInto('order_line')
        .columns(LINE)
        .expression((eb) => eb.selectFrom(lineRows.as('line')).select(LINE)),
    )
    .with('applications', (cte) =>
      cte
        .insertInto('order_application')
        .columns(APPLICATION)
        .expression((eb) => eb.selectFrom(applicationRows.as('application')).select(APPLICATION)),
    )
    .with('downloads', (cte) =>
      cte
        .insertInto('download')
        .columns(['id', 'order_line_id', 'file_id', 'name', 'allowed', 'expires_at'])
        .expression((eb) =>
          eb
            .selectFrom(bought.as('bought'))
            .innerJoin('digital_file', 'digital_file.variant_id', 'bought.variant_id')
            .select([
              sql<string>`gen_random_uuid()`.as('id'),
              'order_line_id',
              'digital_file.id as file_id',
              'name',
              'max_downloads',
              sql<Date>`${draft.placedAt}::timestamptz + make_interval(days => days)`.as('expires_at'),
            ])
            .where('removed_at', 'is', null),
        ),
    )
    .selectFrom('placed')
    .select('number')
    .executeTakeFirstOrThrow()
  return number
}
