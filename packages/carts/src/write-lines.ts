import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Line } from './line.ts'

/** Writes lines into a cart: a line whose id is there already is replaced, in its place. */
export const writeLines = async (
  db: Executor<'cart_line'>,
  cartId: Uuid,
  lines: readonly Line[],
): Promise<void> => {
  if (lines.length === 0) return
  // One statement cannot set a row twice; the later line of an id counts.
  const byId = new Map(lines.map((line) => [line.id, line]))
  await db
    .insertInto('cart_line')
    .values(
      [...byId.values()].map(({ id, variantId, quantity, properties, quote }) => ({
        cart_id: cartId,
        id,
        variant_id: variantId,
        quantity,
        properties: JSON.stringify(properties),
        // SQL's null keeps the quote that is there; that of JSON is none.
        quote: quote === undefined ? null : JSON.stringify(quote),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['cart_id', 'id']).doUpdateSet((eb) => ({
        variant_id: eb.ref('excluded.variant_id'),
        quantity: eb.ref('excluded.quantity'),
        properties: eb.ref('excluded.properties'),
        quote: sql`case when excluded.quote is null and excluded.variant_id = cart_line.variant_id
          then cart_line.quote else excluded.quote end`,
      })),
    )
    .execute()
}
