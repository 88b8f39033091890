import { appendEvents, changesBetween, type Context } from '@hilo/db'
import { COMMON, encodeId, type Market, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import { CHANNELS } from './errors.ts'

/** What a change of how a market reckons is told by: shelf prices may be others. */
export const MARKET_UPDATED = 'MarketUpdated.v1'

/** How a market reckons; what is left out stays. */
export interface MarketChange {
  readonly id: Uuid
  /** IANA: what weekly windows of promotions are told by. */
  readonly timeZone?: string | null
  /** Whether promotions add up, or the best one for each item counts. */
  readonly stacking?: Market['stacking'] | null
  /** Where tax is rounded. */
  readonly taxPer?: Market['taxPer'] | null
}

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Changes how a market reckons, from now on. Refuses `NOT_FOUND`, `TIME_ZONE_UNKNOWN`. */
export const updateMarket = async (
  ctx: Context,
  { id, timeZone, stacking, taxPer }: MarketChange,
): Promise<Result<{ readonly marketId: Uuid }>> => {
  if (timeZone != null && !isTimeZone(timeZone)) {
    return CHANNELS.refuse('TIME_ZONE_UNKNOWN', { timeZone: storable(timeZone.slice(0, 64)) }, ['timeZone'])
  }
  const before = await ctx.db
    .selectFrom('market')
    .select(['time_zone', 'stacking', 'tax_per', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return COMMON.refuse('NOT_FOUND', { kind: 'market', id: encodeId('market', id) }, ['id'])
  const after = {
    time_zone: timeZone ?? before.time_zone,
    stacking: stacking ?? before.stacking,
    tax_per: taxPer ?? before.tax_per,
  }
  await ctx.db
    .updateTable('market')
    .set({ ...after, version: before.version + 1 })
    .where('id', '=', id)
    .execute()
  await appendEvents(ctx, [
    {
      aggregate: 'market',
      aggregateId: id,
      type: MARKET_UPDATED,
      payload: { marketId: id, version: before.version + 1 },
      permission: 'settings:write',
      changed: changesBetween(
        { timeZone: before.time_zone, stacking: before.stacking, taxPer: before.tax_per },
        { timeZone: after.time_zone, stacking: after.stacking, taxPer: after.tax_per },
      ),
    },
  ])
  return ok({ marketId: id })
}
