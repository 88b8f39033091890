import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
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
      [...byId.values()].map(({ id, variantId, quantity, properties }) => ({
        cart_id: cartId,
        id,
        variant_id: variantId,
        quantity,
        properties: JSON.stringify(properties),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['cart_id', 'id']).doUpdateSet((eb) => ({
        variant_id: eb.ref('excluded.variant_id'),
        quantity: eb.ref('excluded.quantity'),
        properties: eb.ref('excluded.properties'),
      })),
    )
    .execute()
}
