import { appendEvents, type Context } from '@hilo/db'
import { type Localized, newId, type Uuid } from '@hilo/kernel'
import { priceChanged, priceListEvent } from './events.ts'
import { ALWAYS, type Period, toRange } from './period.ts'
import {
  type ListAudience,
  type ListDerivation,
  listRank,
  type PriceListKind,
  type PriceListStatus,
} from './price-list.ts'

/** A price list of a seed. */
export interface PriceListSeed extends ListAudience {
  readonly id?: Uuid
  readonly code: string
  readonly name: Localized
  readonly kind: PriceListKind
  readonly currency: string
  readonly valid?: Period
  readonly status?: PriceListStatus
  readonly derivation?: ListDerivation | null
}

/** A price of a seed; its currency is the list's. */
export interface PriceSeed {
  readonly variantId: Uuid
  /** The code of its list. */
  readonly list: string
  readonly amountMinor: bigint
  readonly minQuantity?: number
  readonly maxQuantity?: number
  readonly valid?: Period
}

/** Well below the 65,535 parameters of a statement. */
const CHUNK = 1_000

/** The columns of an audience and of a derivation, with the rank that follows. */
export const listColumns = ({
  kind,
  derivation,
  ...audience
}: ListAudience & {
  readonly kind: PriceListKind
  readonly derivation?: ListDerivation | null | undefined
}) => ({
  kind,
  rank: listRank(kind, audience),
  market_ids: [...(audience.marketIds ?? [])],
  channel_ids: [...(audience.channelIds ?? [])],
  countries: [...(audience.countries ?? [])],
  customer_group_ids: [...(audience.customerGroupIds ?? [])],
  segment_ids: [...(audience.segmentIds ?? [])],
  // The version before knows one of each: a narrower audience does less harm there than everyone.
  market_id: audience.marketIds?.[0] ?? null,
  channel_id: audience.channelIds?.[0] ?? null,
  country: audience.countries?.[0] ?? null,
  customer_group_id: audience.customerGroupIds?.[0] ?? null,
  base_id: derivation?.baseId ?? null,
  adjustment_ppm: derivation?.adjustmentPpm ?? null,
  rounding: derivation?.rounding ?? null,
  rounding_direction: derivation?.direction ?? null,
})

/** Inserts price lists in one statement, with their ranks and events; returns the ids by code. */
export const insertPriceLists = async (
  ctx: Context,
  seeds: readonly PriceListSeed[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const rows = seeds.map((seed) => ({
    id: seed.id ?? newId(),
    code: seed.code,
    name: JSON.stringify(seed.name),
    currency: seed.currency,
    status: seed.status ?? 'ACTIVE',
    valid: toRange(seed.valid ?? ALWAYS),
    ...listColumns(seed),
  }))
  if (rows.length > 0) await ctx.db.insertInto('price_list').values(rows).execute()
  await appendEvents(
    ctx,
    rows.map(({ id, code, status, channel_ids }) =>
      priceListEvent('PriceListCreated.v1', { priceListId: id, code, status, channelIds: channel_ids }),
    ),
  )
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/**
 * Inserts many prices in one statement per 1,000, inside `command()`, with their events. The amounts are trusted; a
 * price that overlaps another, or whose list or variant does not exist, throws and leaves nothing.
 */
export const insertPrices = async (ctx: Context, seeds: readonly PriceSeed[]): Promise<void> => {
  const codes = [...new Set(seeds.map(({ list }) => list))]
  const lists = await ctx.db
    .selectFrom('price_list')
    .select(['id', 'code', 'currency', 'rank', 'channel_ids'])
    .where('code', 'in', [...codes, ''])
    .execute()
  const listByCode = new Map(lists.map((list) => [list.code, list]))
  for (let start = 0; start < seeds.length; start += CHUNK) {
    const chunk = seeds.slice(start, start + CHUNK)
    const listOf = ({ list }: PriceSeed) => {
      const found = listByCode.get(list)
      if (!found) throw new Error(`There is no price list ${list}`)
      return found
    }
    const rows = chunk.map((seed) => ({
      id: newId(),
      price_list_id: listOf(seed).id,
      variant_id: seed.variantId,
      currency: listOf(seed).currency,
      amount_minor: seed.amountMinor,
      min_quantity: seed.minQuantity ?? 1,
      max_quantity: seed.maxQuantity ?? null,
      valid: toRange(seed.valid ?? ALWAYS),
      // For the version before, which reads it here.
      rank: listOf(seed).rank,
    }))
    await ctx.db.insertInto('price').values(rows).execute()
    const variantIds = chunk.map(({ variantId }) => variantId)
    const variants = await ctx.db
      .selectFrom('variant')
      .select(['id', 'sku'])
      .where('id', 'in', variantIds)
      .execute()
    const skus = new Map(variants.map(({ id, sku }) => [id, sku]))
    await appendEvents(
      ctx,
      rows.map((row, index) =>
        priceChanged({
          variantId: row.variant_id,
          sku: skus.get(row.variant_id)!,
          priceListId: row.price_list_id,
          channelIds: listOf(chunk[index]!).channel_ids,
          currency: row.currency,
          minQuantity: row.min_quantity,
          amountMinor: row.amount_minor,
          before: null,
        }),
      ),
    )
  }
}
