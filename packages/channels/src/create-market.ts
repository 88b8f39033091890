import { appendEvents, type Context, waitTurn } from '@hilo/db'
import { type Localized, type Market, type Money, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkCode } from './check-settings.ts'
import { CHANNELS } from './errors.ts'
import { insertMarkets } from './insert-shop.ts'
import { checkMarket, marketChanges } from './market-terms.ts'
import type { CountryTax } from './market-queries.ts'

/** What a new market is told by in the log. */
export const MARKET_CREATED = 'MarketCreated.v1'

/** Most markets of a shop: lists of them are read whole. */
export const MAX_MARKETS = 100

/** A market as somebody wants it. */
export interface MarketDraft extends Pick<Market, 'timeZone' | 'stacking' | 'taxPer'> {
  readonly code: string
  readonly name: Localized
  readonly currency: string
  readonly pricesIncludeTax: boolean
  /** Home first. */
  readonly countries: readonly CountryTax[]
  /** One of the shop's languages. */
  readonly defaultLocale: string
  /** The flat price of a delivery; nothing when not said. */
  readonly delivery?: Money | undefined
}

/** Makes a market without channels. Refuses codes that are none or taken, wrong terms, and one too many. */
export const createMarket = async (
  ctx: Context,
  { code, delivery, countries, ...terms }: MarketDraft,
): Promise<Result<{ readonly marketId: Uuid }>> => {
  const coded = checkCode(code)
  if (!coded.ok) return coded
  const checked = await checkMarket(ctx, { ...terms, countries, delivery })
  if (!checked.ok) return checked
  await waitTurn(ctx.db, 'market')
  const { count, taken } = await ctx.db
    .selectFrom('market')
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<number>`(count(*) filter (where code = ${code}))::int`.as('taken'),
    ])
    .executeTakeFirstOrThrow()
  if (taken > 0) return CHANNELS.refuse('MARKET_CODE_TAKEN', { marketCode: code }, ['code'])
  if (count >= MAX_MARKETS) return CHANNELS.refuse('TOO_MANY_MARKETS', { max: MAX_MARKETS })
  const deliveryMinor = Number(delivery?.amountMinor ?? 0)
  const ids = await insertMarkets(ctx.db, [{ ...terms, code, taxRates: countries, deliveryMinor }])
  const marketId = ids.get(code)!
  await appendEvents(ctx, [
    {
      aggregate: 'market',
      aggregateId: marketId,
      type: MARKET_CREATED,
      payload: { marketId, code, version: 1 },
      permission: 'settings:write',
      changed: marketChanges(undefined, { ...terms, countries, deliveryMinor }),
    },
  ])
  return ok({ marketId })
}
