import type { Executor } from '@hilo/db'
import { sql } from 'kysely'
import { applicationColumns, lineColumns, type OrderDraft, orderColumns } from './order-draft.ts'

/** Writes an order with its lines and applications in one statement, and returns the number it got. */
export const insertOrder = async (
  db: Executor<'order' | 'order_line' | 'order_application'>,
  draft: OrderDraft,
): Promise<string> => {
  const lines = lineColumns(draft)
  const lineIdOf = new Map(lines.map(({ cartLineId, row }) => [cartLineId, row.id]))
  const applications = applicationColumns(draft, lineIdOf)
  const placed = db
    .with('placed', (cte) =>
      cte
        .insertInto('order')
        .values({ ...orderColumns(draft), number: sql<string>`'H-' || nextval('order_number')` })
        .returning('number'),
    )
    .with('lines', (cte) => cte.insertInto('order_line').values(lines.map(({ row }) => row)))
  const whole =
    applications.length > 0
      ? placed.with('applications', (cte) => cte.insertInto('order_application').values(applications))
      : placed
  const { number } = await whole.selectFrom('placed').select('number').executeTakeFirstOrThrow()
  return number
}
