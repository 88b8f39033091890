import { type Context, within } from '@hilo/db'
import { COMMON, ok, type Reach, reachOf, type Result } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/**
 * SQL: the newest version of `promotion` may hold in a channel that is reached. One that names no channels holds in all,
 * so everybody who may read promotions somewhere sees it.
 */
export const readablePromotion = (reach: Reach): RawBuilder<SqlBool> =>
  reach === 'all' || reach.length === 0
    ? within(reach, 'promotion.id')
    : sql`exists (
        select from promotion_version as scoped
        where scoped.promotion_id = promotion.id and scoped.version = promotion.version
          and (scoped.definition->'channels' is null or exists (
            select from channel
            where ${within(reach, 'channel.id')}
              and (scoped.definition->'channels'->'kinds' ? channel.kind
                or scoped.definition->'channels'->'codes' ? channel.code))))`

/** The channels that a definition names one by one, or nothing when it holds in all or in all of a kind. */
const namedChannels = (definition: unknown): readonly string[] | undefined => {
  const { channels } = definition as PromotionDefinition
  return channels?.codes && !channels.kinds?.length ? channels.codes : undefined
}

/**
 * Refuses `FORBIDDEN` for definitions that may hold in a channel beyond the actor's `promotions:write`. A kind of channel
 * counts as all: others of it may follow.
 */
export const checkReach = async (
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  definitions: readonly unknown[],
  path: readonly string[],
): Promise<Result<null>> => {
  const reach = reachOf(actor, 'promotions:write')
  if (reach === 'all') return ok(null)
  const rows = await db.selectFrom('channel').select('code').where(within(reach, 'channel.id')).execute()
  const reached = new Set(rows.map(({ code }) => code))
  const isWithin = definitions.every((definition) =>
    namedChannels(definition)?.every((code) => reached.has(code)),
  )
  return isWithin ? ok(null) : COMMON.refuse('FORBIDDEN', { permission: 'promotions:write' }, path)
}
