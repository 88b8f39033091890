import { type Context, waitTurn } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import { sql } from 'kysely'
import { PROMOTION_REFUSALS } from './errors.ts'

/** Automatic promotions at once at most, published or paused, whose time is not over: every price looks at each of them. */
export const MAX_AUTOMATIC = 500

const isOver = ({ endsAt }: PromotionDefinition, now: Date): boolean =>
  endsAt !== undefined && Date.parse(endsAt) <= now.getTime()

/** How many there are beside one. A stored end that cannot be read ends nothing. */
const countOthers = async ({ db, now }: Context, id: Uuid): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from promotion
    join promotion_version as published
      on published.promotion_id = promotion.id and published.version = promotion.published_version
    where promotion.status in ('PUBLISHED', 'PAUSED') and promotion.id <> ${id}
      and published.definition->>'trigger' = 'AUTOMATIC'
      and case when pg_input_is_valid(published.definition->>'endsAt', 'timestamptz')
        then (published.definition->>'endsAt')::timestamptz > ${now()}::timestamptz else true end`.execute(db)
  return rows[0]!.count
}

/**
 * Waits while another transaction publishes promotions, so that what is counted stays true. Comes before any promotion is
 * held: a file changes and publishes many, in its own order.
 */
export const waitToPublish = ({ db }: Pick<Context, 'db'>): Promise<void> => waitTurn(db, 'promotion')

/**
 * Refuses to publish one automatic promotion more than there can be, exactly after `waitToPublish`; one that is paused
 * counts, so that it can always be resumed.
 */
export const checkAutomaticRoom = async (
  ctx: Context,
  { id, definition }: { readonly id: Uuid; readonly definition: PromotionDefinition },
): Promise<Result<null>> => {
  if (definition.trigger !== 'AUTOMATIC' || isOver(definition, ctx.now())) return ok(null)
  return (await countOthers(ctx, id)) < MAX_AUTOMATIC
    ? ok(null)
    : PROMOTION_REFUSALS.refuse('TOO_MANY_AUTOMATIC', { max: MAX_AUTOMATIC }, ['id'])
}
