import type { Context } from '@hilo/db'
import { setStocks } from '@hilo/inventory'
import {
  EXPECTED,
  fromDecimal,
  isCurrency,
  type Money,
  ok,
  type Refusal,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { type PriceToSet, removePrices, setPrices } from '@hilo/prices'
import { sql } from 'kysely'
import { BULK } from '../errors.ts'
import type { ImportSettings } from '../job.ts'
import { unknownName } from '../words.ts'
import type { WholeProduct, WholeVariant } from './item.ts'

interface Offer {
  readonly item: WholeProduct
  readonly index: number
  readonly variant: WholeVariant
  readonly variantId: Uuid
}

const listsOf = async ({ db }: Context, codes: readonly string[]) => {
  const rows = await db
    .selectFrom('price_list')
    .select(['id', 'code', 'currency'])
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.code, row]))
}

const offersOf = async ({ db }: Context, items: readonly WholeProduct[]): Promise<Offer[]> => {
  const offered = items.flatMap((item) =>
    (item.variants ?? []).flatMap((variant, index) =>
      variant.price != null || variant.onHand != null ? [{ item, index, variant }] : [],
    ),
  )
  if (offered.length === 0) return []
  const rows = await db
    .selectFrom('variant')
    .select(['id', 'sku'])
    .where('sku', '=', sql<string>`any(${offered.map(({ variant }) => variant.sku)}::text[])`)
    .execute()
  const ids = new Map(rows.map(({ id, sku }) => [sku, id]))
  return offered.map((offer) => ({ ...offer, variantId: ids.get(offer.variant.sku)! }))
}

const add = (
  refused: Map<WholeProduct, Refusal[]>,
  { item, index }: Offer,
  refusal: Refusal,
  field: string,
): void => {
  const path = ['variants', String(index), field]
  refused.set(item, [...(refused.get(item) ?? []), { ...refusal, path }])
}

/**
 * What a list shall say of an offer: the former price stands in the list of prices when there is one for reduced ones.
 * An offer that says it has no former price is not reduced any more: null takes its price in that list away.
 */
const amountsOf = ({ variant }: Offer, { priceList, saleList }: ImportSettings) => {
  const { price, compareAtPrice } = variant
  const isReduced = saleList !== undefined && compareAtPrice != null && Number(compareAtPrice) > Number(price)
  return [
    ...(priceList && price != null ? [{ list: priceList, amount: isReduced ? compareAtPrice : price }] : []),
    ...(saleList !== undefined && compareAtPrice !== undefined && price != null
      ? [{ list: saleList, amount: isReduced ? price : null }]
      : []),
  ]
}

const placeOf = (priceListId: Uuid, variantId: Uuid): string => `${priceListId} ${variantId}`

/** The rows that files of products write: of one piece and more, at any time. */
const rowsThere = async ({ db }: Context, listIds: readonly Uuid[], offers: readonly Offer[]) => {
  const variantIds = offers.map(({ variantId }) => variantId)
  const { rows } = await sql<{ id: Uuid; listId: Uuid; variantId: Uuid; amount: bigint }>`
    select id, price_list_id as "listId", variant_id as "variantId", amount_minor as amount from price
    where variant_id = any(${variantIds}::uuid[]) and price_list_id = any(${listIds}::uuid[])
      and min_quantity = 1 and max_quantity is null and lower_inf(valid) and upper_inf(valid)`.execute(db)
  return new Map(rows.map((row) => [placeOf(row.listId, row.variantId), row]))
}

/** What became of the products of some offers. */
interface SavedOffers {
  readonly refused: Map<WholeProduct, Refusal[]>
  readonly changed: Set<WholeProduct>
}

const savePrices = async (
  ctx: Context,
  offers: readonly Offer[],
  settings: ImportSettings,
  { refused, changed }: SavedOffers,
): Promise<void> => {
  const wanted = offers.flatMap((offer) => amountsOf(offer, settings).map((each) => ({ offer, ...each })))
  if (wanted.length === 0) return
  const lists = await listsOf(ctx, [...new Set(wanted.map(({ list }) => list))])
  const there = await rowsThere(
    ctx,
    [...lists.values()].map(({ id }) => id),
    offers,
  )
  const rows: { readonly offer: Offer; readonly price: PriceToSet }[] = []
  const over: { readonly offer: Offer; readonly id: Uuid }[] = []
  for (const { offer, list: code, amount } of wanted) {
    const list = lists.get(code)
    if (!list) {
      add(refused, offer, unknownName('priceList', code, []), 'price')
      continue
    }
    const row = there.get(placeOf(list.id, offer.variantId))
    if (amount === null) {
      if (row) over.push({ offer, id: row.id })
      continue
    }
    const money = readAmount(amount, list.currency)
    if (money.ok && money.value.amountMinor === row?.amount) continue
    if (money.ok)
      rows.push({ offer, price: { variantId: offer.variantId, priceListId: list.id, amount: money.value } })
    else add(refused, offer, money.error, 'price')
  }
  for (let start = 0; start < rows.length; start += 1_000) {
    const part = rows.slice(start, start + 1_000)
    const saved = await setPrices(
      ctx,
      part.map(({ price }) => price),
      { partial: true, pathOf: (index) => [String(index)] },
    )
    if (!saved.ok) throw new Error(`Prices of an import: ${saved.error.code}`)
    for (const refusal of saved.value.refused)
      add(refused, part[Number(refusal.path[0])]!.offer, refusal, 'price')
  }
  const removed = await removePrices(
    ctx,
    over.map(({ id }) => id),
  )
  for (const [index, each] of removed.entries())
    if (!each.ok) add(refused, over[index]!.offer, each.error, 'compareAtPrice')
  for (const { offer } of [...rows, ...over]) changed.add(offer.item)
}

/** An amount as people write it, in a currency; refuses more decimals than it has. */
export const readAmount = (text: string, currency: string): Result<Money> => {
  if (!isCurrency(currency))
    return BULK.refuse('ROW_VALUE_INVALID', { expected: EXPECTED.currency }, ['currency'])
  const amount = fromDecimal(text, currency)
  return amount
    ? ok(amount)
    : BULK.refuse(
        'ROW_VALUE_INVALID',
        { expected: { en: `an amount in ${currency}`, es: `un importe en ${currency}` } },
        ['amount'],
      )
}

const saveStocks = async (
  ctx: Context,
  offers: readonly Offer[],
  location: string,
  refused: Map<WholeProduct, Refusal[]>,
): Promise<void> => {
  const counted = offers.filter(({ variant }) => variant.onHand != null)
  if (counted.length === 0) return
  const row = await ctx.db.selectFrom('location').select('id').where('code', '=', location).executeTakeFirst()
  if (!row) {
    for (const offer of counted) add(refused, offer, unknownName('location', location, []), 'onHand')
    return
  }
  const saved = await setStocks(
    ctx,
    counted.map(({ variantId, variant }) => ({ locationId: row.id, variantId, onHand: variant.onHand! })),
  )
  for (const [index, each] of saved.entries())
    if (!each.ok) add(refused, counted[index]!, each.error, 'onHand')
}

/** Sets the prices and the stock that products bring along, where the job says where they go; which prices changed, and why not. */
export const saveOffers = async (
  ctx: Context,
  items: readonly WholeProduct[],
  settings: ImportSettings,
): Promise<SavedOffers> => {
  const saved: SavedOffers = { refused: new Map(), changed: new Set() }
  const offers = await offersOf(ctx, items)
  await savePrices(ctx, offers, settings, saved)
  if (settings.location !== undefined) await saveStocks(ctx, offers, settings.location, saved.refused)
  return saved
}
