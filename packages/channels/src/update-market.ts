import { appendEvents, type Context } from '@hilo/db'
import {
  COMMON,
  encodeId,
  type Localized,
  type Market,
  type Money,
  ok,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { CHANNELS } from './errors.ts'
import { insertTaxRates } from './insert-shop.ts'
import { type CountryTax, countryTaxes } from './market-queries.ts'
import { checkMarket, marketChanges, type MarketFacts, type SaidOfMarket } from './market-terms.ts'

/** What a change of a market is told by: shelf prices may be others. */
export const MARKET_UPDATED = 'MarketUpdated.v1'

/** What a market shall be; what is left out or null stays. */
export interface MarketChange {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
  readonly name?: Localized | null | undefined
  /** Another one only while the market has no channels and no price list names it. */
  readonly currency?: string | null | undefined
  /** True when prices are entered and shown with tax. */
  readonly pricesIncludeTax?: boolean | null | undefined
  /** All of them, home first. */
  readonly countries?: readonly CountryTax[] | null | undefined
  /** One of the shop's languages. */
  readonly defaultLocale?: string | null | undefined
  /** The flat price of a delivery, in the market's currency. */
  readonly delivery?: Money | null | undefined
  /** IANA: what weekly windows of promotions are told by. */
  readonly timeZone?: string | null | undefined
  /** Whether promotions add up, or the best one for each item counts. */
  readonly stacking?: Market['stacking'] | null | undefined
  /** Where tax is rounded. */
  readonly taxPer?: Market['taxPer'] | null | undefined
}

interface Held extends MarketFacts {
  readonly code: string
  readonly version: number
}

/** Holds a market, also against whoever is about to give it a channel. */
const lockMarket = async (
  { db }: Context,
  { id, ifVersion }: Pick<MarketChange, 'id' | 'ifVersion'>,
): Promise<Result<Held>> => {
  const row = await db.selectFrom('market').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) return COMMON.refuse('NOT_FOUND', { kind: 'market', id: encodeId('market', id) }, ['id'])
  if (ifVersion != null && ifVersion !== row.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
  }
  const taxes = await countryTaxes(db, [id])
  return ok({
    code: row.code,
    version: row.version,
    name: row.name as Localized,
    currency: row.currency,
    pricesIncludeTax: row.prices_include_tax,
    countries: taxes.map(({ country, ratesPpm }) => ({ country, ratesPpm })),
    defaultLocale: row.default_locale,
    deliveryMinor: Number(row.delivery_minor),
    timeZone: row.time_zone,
    stacking: row.stacking,
    taxPer: row.tax_per,
  })
}

/**
 * Refuses another currency for a market that something reckons in. Carts, orders, devices and shelf prices are all of one of
 * its channels; price lists stand to the right and cannot be asked.
 */
const checkCurrency = async (
  { db }: Context,
  { id, currency, delivery }: MarketChange,
  before: Held,
): Promise<Result<null>> => {
  if (currency == null || currency === before.currency) return ok(null)
  const { rows } = await sql<{ channels: number; priceLists: number }>`
    select (select count(*)::int from channel where market_id = ${id}) as channels,
      (select count(*)::int from price_list
        where status <> 'ARCHIVED' and market_ids @> array[${id}]::uuid[]) as "priceLists"`.execute(db)
  const uses = rows[0]!
  if (uses.channels + uses.priceLists > 0) {
    return CHANNELS.refuse('MARKET_CURRENCY_IN_USE', { marketCode: before.code, ...uses }, ['currency'])
  }
  // 500 cents are not 500 yen.
  return delivery || before.deliveryMinor === 0
    ? ok(null)
    : COMMON.refuse('WRONG_CURRENCY', { currency: before.currency, expected: currency }, ['delivery'])
}

const write = async (
  { db }: Context,
  { id, version, after }: { readonly id: Uuid; readonly version: number; readonly after: MarketFacts },
): Promise<void> => {
  await db
    .updateTable('market')
    .set({
      name: JSON.stringify(after.name),
      currency: after.currency,
      prices_include_tax: after.pricesIncludeTax,
      countries: after.countries.map(({ country }) => country),
      default_locale: after.defaultLocale,
      delivery_minor: BigInt(after.deliveryMinor),
      time_zone: after.timeZone,
      stacking: after.stacking,
      tax_per: after.taxPer,
      version,
    })
    .where('id', '=', id)
    .execute()
}

const replaceTaxRates = async (
  { db }: Context,
  id: Uuid,
  countries: readonly CountryTax[],
): Promise<void> => {
  await db.deleteFrom('tax_rate').where('market_id', '=', id).execute()
  await insertTaxRates(
    db,
    countries.map((tax) => ({ ...tax, marketId: id })),
  )
}

/** The fields that somebody said, without those left out or null. */
const saidOf = (change: Omit<MarketChange, 'id' | 'ifVersion' | 'delivery'>): Partial<MarketFacts> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value != null))

/** Changes a market, from now on. Refuses `NOT_FOUND`, another version, wrong terms, and another currency while it is used. */
export const updateMarket = async (
  ctx: Context,
  { id, ifVersion, delivery, ...change }: MarketChange,
): Promise<Result<{ readonly marketId: Uuid }>> => {
  const said = saidOf(change)
  const locked = await lockMarket(ctx, { id, ifVersion })
  if (!locked.ok) return locked
  const { code, version, ...before } = locked.value
  const after: MarketFacts = {
    ...before,
    ...said,
    ...(delivery && { deliveryMinor: Number(delivery.amountMinor) }),
  }
  const checked = await checkMarket(ctx, {
    ...(said as Partial<SaidOfMarket>),
    currency: after.currency,
    delivery: delivery ?? undefined,
  })
  if (!checked.ok) return checked
  const kept = await checkCurrency(ctx, { id, currency: change.currency, delivery }, locked.value)
  if (!kept.ok) return kept
  await write(ctx, { id, version: version + 1, after })
  if (said.countries) await replaceTaxRates(ctx, id, said.countries)
  await appendEvents(ctx, [
    {
      aggregate: 'market',
      aggregateId: id,
      type: MARKET_UPDATED,
      payload: { marketId: id, code, version: version + 1 },
      permission: 'settings:write',
      changed: marketChanges(before, after),
    },
  ])
  return ok({ marketId: id })
}
