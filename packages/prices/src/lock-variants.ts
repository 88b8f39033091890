import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'

/** Holds a variant until the end of the transaction, so that changes of its prices take turns. */
export const lockVariant = async (ctx: Context, id: Uuid): Promise<Result<{ id: Uuid; sku: string }>> => {
  const variant = await ctx.db
    .selectFrom('variant')
    .select(['id', 'sku'])
    .where('id', '=', id)
    // Not `for update`: that would make every new cart line of it wait.
    .forNoKeyUpdate()
    .executeTakeFirst()
  return variant
    ? ok(variant)
    : COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', id) }, ['variantId'])
}
