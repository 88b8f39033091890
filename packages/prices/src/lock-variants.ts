import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/**
 * Holds variants until the end of the transaction, so that changes of their prices take turns; gives the SKUs of those
 * that exist.
 */
export const lockVariants = async (
  ctx: Context,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, string>> => {
  const rows = await ctx.db
    .selectFrom('variant')
    .select(['id', 'sku'])
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    // Not `for update`: that would make every new cart line of it wait.
    .forNoKeyUpdate()
    .execute()
  return new Map(rows.map(({ id, sku }) => [id, sku]))
}
