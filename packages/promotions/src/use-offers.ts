import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** Counts one use of each offer that has one left and is still open; gives those that may be used. */
export const useOffers = async (ctx: Context, ids: readonly Uuid[]): Promise<ReadonlySet<Uuid>> => {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: Uuid }>`
    with held as (
      select id from promotion_offer where id = any(${ids}::uuid[]) order by id for no key update
    )
    update promotion_offer set used = used + 1 from held
    where promotion_offer.id = held.id and used < usage_limit and withdrawn_at is null
      and starts_at <= ${ctx.now()}::timestamptz and expires_at > ${ctx.now()}::timestamptz
    returning promotion_offer.id`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}

/** Gives back one use of each offer. */
export const returnOffers = async (ctx: Context, ids: readonly Uuid[]): Promise<void> => {
  if (ids.length === 0) return
  await sql`
    with held as (
      select id from promotion_offer where id = any(${ids}::uuid[]) order by id for no key update
    )
    update promotion_offer set used = used - 1 from held where promotion_offer.id = held.id`.execute(ctx.db)
}
