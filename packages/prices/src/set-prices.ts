import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, errAll, ok, reachOf, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { PRICE_REFUSALS } from './errors.ts'
import { priceChanged } from './events.ts'
import { lockVariants } from './lock-variants.ts'
import { type PlannedPrice, planPrices, type PriceToSet } from './plan-prices.ts'
import { mayWriteList, type PriceList } from './price-list.ts'
import { priceListsByIds } from './price-list-queries.ts'
import { type Price, pricesByIds, pricesInLists } from './price-queries.ts'
import { toRange } from './period.ts'

/** Rows of one request at most. */
export const MAX_PRICES_SET = 1_000

/** A price that was set. */
export interface SavedPrice {
  readonly priceId: Uuid
  readonly variantId: Uuid
}

/** What became of many rows. */
export interface SavedPrices {
  readonly saved: readonly SavedPrice[]
  /** Why others were not, each with the path of its row. */
  readonly refused: readonly Refusal[]
}

const change = async (ctx: Context, prices: readonly PlannedPrice[]): Promise<void> => {
  if (prices.length === 0) return
  const [ids, amounts] = [prices.map(({ id }) => id), prices.map(({ amountMinor }) => amountMinor)]
  await sql`
    update price set amount_minor = new.amount_minor, max_quantity = new.max_quantity
    from unnest(${ids}::uuid[], ${amounts}::bigint[], ${prices.map((price) => price.maxQuantity)}::integer[])
      as new(id, amount_minor, max_quantity)
    where price.id = new.id`.execute(ctx.db)
}

const add = async (
  ctx: Context,
  prices: readonly PlannedPrice[],
  lists: ReadonlyMap<Uuid, PriceList>,
): Promise<void> => {
  if (prices.length === 0) return
  await ctx.db
    .insertInto('price')
    .values(
      prices.map((price) => ({
        id: price.id,
        price_list_id: price.priceListId,
        variant_id: price.variantId,
        currency: price.currency,
        amount_minor: price.amountMinor,
        min_quantity: price.minQuantity,
        max_quantity: price.maxQuantity,
        valid: toRange(price.valid),
        // For the version before, which reads it here.
        rank: lists.get(price.priceListId)!.rank,
      })),
    )
    .execute()
}

const tell = (
  ctx: Context,
  prices: readonly (Pick<PlannedPrice, 'variantId' | 'priceListId' | 'currency' | 'minQuantity'> & {
    readonly amountMinor: bigint | null
    readonly before: bigint | null | undefined
  })[],
  { skus, lists }: { readonly skus: ReadonlyMap<Uuid, string>; readonly lists: ReadonlyMap<Uuid, PriceList> },
): Promise<void> =>
  appendEvents(
    ctx,
    prices.map((price) =>
      priceChanged({
        variantId: price.variantId,
        sku: skus.get(price.variantId)!,
        priceListId: price.priceListId,
        channelIds: lists.get(price.priceListId)!.channelIds,
        currency: price.currency,
        minQuantity: price.minQuantity,
        amountMinor: price.amountMinor,
        before: price.before ?? null,
      }),
    ),
  )

const listsKnown = async (ctx: Context, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, PriceList>> => {
  const lists = await priceListsByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), [...new Set(ids)])
  return new Map(lists.map((list) => [list.id, list]))
}

/**
 * Sets many prices in as many statements as one. Refuses each row by itself, with `pathOf` before its field: a wrong
 * currency, an amount below zero or beyond 2^53 − 1, a time that overlaps another row's. With `partial` the others are
 * saved; without, one refused row leaves everything as it was.
 */
export const setPrices = async (
  ctx: Context,
  rows: readonly PriceToSet[],
  {
    partial = false,
    pathOf = (index) => ['rows', String(index)],
  }: { readonly partial?: boolean; readonly pathOf?: (index: number) => readonly string[] } = {},
): Promise<Result<SavedPrices>> => {
  if (rows.length > MAX_PRICES_SET) {
    return PRICE_REFUSALS.refuse('TOO_MANY_ROWS', { count: rows.length, max: MAX_PRICES_SET }, ['rows'])
  }
  if (rows.length === 0) return ok({ saved: [], refused: [] })
  const [listIds, variantIds] = [rows.map((row) => row.priceListId), rows.map((row) => row.variantId)]
  const lists = await listsKnown(ctx, listIds)
  const skus = await lockVariants(ctx, variantIds)
  const known = await pricesInLists(ctx.db, { listIds: [...lists.keys()], variantIds: [...skus.keys()] })
  const mayWrite = (list: PriceList) => mayWriteList(ctx.actor, list.channelIds)
  const plans = planPrices(rows, { lists, mayWrite, variants: skus, rows: known })
  const refused = plans.flatMap((plan, index) =>
    plan.ok ? [] : [{ ...plan.error, path: [...pathOf(index), ...plan.error.path] }],
  )
  const none = partial ? undefined : errAll(refused)
  if (none) return none
  const prices = plans.flatMap((plan) => (plan.ok ? [plan.value] : []))
  await change(
    ctx,
    prices.filter(({ before }) => before !== undefined),
  )
  await add(
    ctx,
    prices.filter(({ before }) => before === undefined),
    lists,
  )
  await tell(ctx, prices, { skus, lists })
  return ok({ saved: prices.map(({ id, variantId }) => ({ priceId: id, variantId })), refused })
}

/** Sets one price: changes the row of this list, quantity and time, or adds one. Refuses as `setPrices` does. */
export const setPrice = async (ctx: Context, price: PriceToSet): Promise<Result<SavedPrice>> => {
  const set = await setPrices(ctx, [price], { pathOf: () => [] })
  return set.ok ? ok(set.value.saved[0]!) : set
}

/** Takes many price rows away in as many statements as one; what became of each, in order. Those of an archived list stay. */
export const removePrices = async (
  ctx: Context,
  ids: readonly Uuid[],
): Promise<Result<{ variantId: Uuid }>[]> => {
  if (ids.length === 0) return []
  const missing = (id: Uuid) =>
    COMMON.refuse('NOT_FOUND', { kind: 'price', id: encodeId('price', id) }, ['id'])
  const found = await pricesByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), ids)
  if (found.length === 0) return ids.map(missing)
  const lists = await listsKnown(
    ctx,
    found.map(({ priceListId }) => priceListId),
  )
  const byId = new Map(found.map((price) => [price.id, price]))
  const checked = ids.map((id): Result<Price> => {
    const price = byId.get(id)
    if (!price) return missing(id)
    const { channelIds, code, status } = lists.get(price.priceListId)!
    if (!mayWriteList(ctx.actor, channelIds))
      return COMMON.refuse('FORBIDDEN', { permission: 'prices:write' }, ['id'])
    return status === 'ARCHIVED'
      ? PRICE_REFUSALS.refuse('PRICE_LIST_ARCHIVED', { listCode: code }, ['id'])
      : ok(price)
  })
  const going = checked.flatMap((price) => (price.ok ? [price.value] : []))
  if (going.length === 0) return checked
  const skus = await lockVariants(
    ctx,
    going.map(({ variantId }) => variantId),
  )
  const rows = await ctx.db
    .deleteFrom('price')
    .where('id', '=', sql<Uuid>`any(${going.map(({ id }) => id)}::uuid[])`)
    .returning(['id', 'amount_minor'])
    .execute()
  const before = new Map(rows.map((row) => [row.id, row.amount_minor]))
  const gone = going.flatMap((price) =>
    before.has(price.id) ? [{ ...price, amountMinor: null, before: before.get(price.id) }] : [],
  )
  await tell(ctx, gone, { skus, lists })
  return checked.map((price) => (price.ok && !before.has(price.value.id) ? missing(price.value.id) : price))
}

/** Takes a price row away; those of an archived list stay. */
export const removePrice = async (ctx: Context, id: Uuid): Promise<Result<{ variantId: Uuid }>> =>
  (await removePrices(ctx, [id]))[0]!
