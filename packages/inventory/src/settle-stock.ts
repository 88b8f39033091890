import type { Context, Executor, NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { applyMoves, type Cause, type Move } from './movements.ts'

interface Outstanding {
  readonly locationId: Uuid
  readonly variantId: Uuid
  readonly sku: string
  readonly quantity: number
}

const lockStockOf = async (db: Executor<'stock' | 'movement'>, { cause, causeId }: Cause): Promise<void> => {
  await db
    .selectFrom('stock')
    .select('variant_id')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('movement')
          .select('movement.id')
          .whereRef('movement.variant_id', '=', 'stock.variant_id')
          .whereRef('movement.location_id', '=', 'stock.location_id')
          .where('cause', '=', cause)
          .where('cause_id', '=', causeId),
      ),
    )
    .orderBy('variant_id')
    .orderBy('location_id')
    .forUpdate()
    .execute()
}

/** What is still promised to a cause: the sum of its movements, so that what was settled once is nothing now. */
const outstandingOf = (
  db: Executor<'movement' | 'variant'>,
  { cause, causeId }: Cause,
): Promise<Outstanding[]> =>
  db
    .selectFrom('movement')
    .innerJoin('variant', 'variant.id', 'movement.variant_id')
    .select([
      'movement.location_id as locationId',
      'movement.variant_id as variantId',
      'sku',
      sql<number>`sum(reserved_delta)::integer`.as('quantity'),
    ])
    .where('cause', '=', cause)
    .where('cause_id', '=', causeId)
    .groupBy(['movement.location_id', 'movement.variant_id', 'sku'])
    .having(sql`sum(reserved_delta)`, '>', 0)
    .execute()

const settle = async (
  ctx: Context,
  { cause, causeId }: Cause,
  kind: 'RELEASE' | 'SHIP',
): Promise<readonly NewEvent[]> => {
  await lockStockOf(ctx.db, { cause, causeId })
  const moves = (await outstandingOf(ctx.db, { cause, causeId })).map(({ quantity, ...place }): Move => ({
    ...place,
    onHandDelta: kind === 'SHIP' ? -quantity : 0,
    reservedDelta: -quantity,
  }))
  return applyMoves(ctx, { cause, causeId, kind, moves })
}

/**
 * Gives back what is promised to a cause, exactly once: again, or after `shipStock`, it changes nothing. The caller
 * appends the events returned with its own, last.
 */
export const releaseStock = (ctx: Context, cause: Cause): Promise<readonly NewEvent[]> =>
  settle(ctx, cause, 'RELEASE')

/**
 * Takes what is promised to a cause off the shelf, exactly once: again, or after `releaseStock`, it changes nothing.
 * The caller appends the events returned with its own, last.
 */
export const shipStock = (ctx: Context, cause: Cause): Promise<readonly NewEvent[]> =>
  settle(ctx, cause, 'SHIP')
