import { COMMON, encodeId, MAX_AMOUNT_MINOR, MAX_QUANTITY, type Money, newId } from '@hilo/kernel'
import { type Err, ok, type Result, type Uuid } from '@hilo/kernel'
import { PRICE_REFUSALS } from './errors.ts'
import { ALWAYS, isBackwards, isSame, overlaps, type Period } from './period.ts'
import { MAX_ROWS, type PriceList } from './price-list.ts'
import type { Price } from './price-queries.ts'

/** What one unit of a variant shall cost in a list. */
export interface PriceToSet {
  readonly variantId: Uuid
  readonly priceListId: Uuid
  readonly amount: Money
  /** Default 1. */
  readonly minQuantity?: number | null | undefined
  /** Default without end. */
  readonly maxQuantity?: number | null | undefined
  /** Default always. */
  readonly valid?: Period
}

/** A row to write; `before` is the amount of the row that it changes, undefined for a new one. */
export interface PlannedPrice extends Price {
  readonly before: bigint | undefined
}

/** What is known of lists, variants and their rows when prices are set. */
export interface KnownPrices {
  /** Those that the actor may see. */
  readonly lists: ReadonlyMap<Uuid, PriceList>
  readonly mayWrite: (list: PriceList) => boolean
  readonly variants: ReadonlyMap<Uuid, string>
  /** All rows of these variants in these lists. */
  readonly rows: readonly Price[]
}

const isQuantity = (quantity: number): boolean =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY

const badQuantity = (quantity: number, field: string) =>
  COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, [field])

const checkRow = ({ amount, minQuantity, maxQuantity, valid = ALWAYS }: PriceToSet): Result<null> => {
  if (amount.amountMinor < 0n || amount.amountMinor > MAX_AMOUNT_MINOR) {
    const limits = { min: 0, max: MAX_AMOUNT_MINOR.toString() }
    return PRICE_REFUSALS.refuse('AMOUNT_INVALID', limits, ['amount', 'amountMinor'])
  }
  const from = minQuantity ?? 1
  if (!isQuantity(from)) return badQuantity(from, 'minQuantity')
  if (maxQuantity != null) {
    if (!isQuantity(maxQuantity)) return badQuantity(maxQuantity, 'maxQuantity')
    const tier = { minQuantity: from, maxQuantity }
    if (maxQuantity < from) return PRICE_REFUSALS.refuse('TIER_INVALID', tier, ['maxQuantity'])
  }
  return isBackwards(valid) ? COMMON.refuse('PERIOD_INVALID', {}, ['validUntil']) : ok(null)
}

/** The list of a row, when its prices may be set by this actor in this currency. */
const listFor = (
  { priceListId, amount }: Pick<PriceToSet, 'priceListId' | 'amount'>,
  { lists, mayWrite }: KnownPrices,
): Result<PriceList> => {
  const list = lists.get(priceListId)
  if (!list) {
    const shown = { kind: 'priceList' as const, id: encodeId('priceList', priceListId) }
    return COMMON.refuse('NOT_FOUND', shown, ['priceListId'])
  }
  if (!mayWrite(list)) return COMMON.refuse('FORBIDDEN', { permission: 'prices:write' }, ['priceListId'])
  if (list.status === 'ARCHIVED') {
    return PRICE_REFUSALS.refuse('PRICE_LIST_ARCHIVED', { listCode: list.code }, ['priceListId'])
  }
  if (list.currency === amount.currency) return ok(list)
  const currencies = { currency: amount.currency, expected: list.currency }
  return COMMON.refuse('WRONG_CURRENCY', currencies, ['amount', 'currency'])
}

const overlap = ({ id, amountMinor, currency, minQuantity, valid }: Price, isStored: boolean): Err =>
  PRICE_REFUSALS.refuse(
    'PRICE_OVERLAPS',
    {
      validFrom: valid.from?.toISOString() ?? '−∞',
      validUntil: valid.until?.toISOString() ?? '∞',
      amount: { amountMinor: Number(amountMinor), currency },
      minQuantity,
      priceId: isStored ? encodeId('price', id) : '',
    },
    ['validFrom'],
  )

const placeOf = ({ priceListId, variantId }: { priceListId: Uuid; variantId: Uuid }): string =>
  `${priceListId} ${variantId}`

/**
 * Decides what each row does: it changes the row of the same list, variant, quantity and time, or adds one, or is refused.
 * Rows of one request must not overlap each other either.
 */
export const planPrices = (
  wanted: readonly PriceToSet[],
  known: KnownPrices,
): readonly Result<PlannedPrice>[] => {
  const places = Map.groupBy(known.rows, placeOf)
  const planned = new Map<Uuid, PlannedPrice>()

  const plan = (row: PriceToSet): Result<PlannedPrice> => {
    const checked = checkRow(row)
    if (!checked.ok) return checked
    const list = listFor(row, known)
    if (!list.ok) return list
    const { variantId, priceListId, amount, valid = ALWAYS, minQuantity, maxQuantity } = row
    if (!known.variants.has(variantId)) {
      const shown = { kind: 'variant' as const, id: encodeId('variant', variantId) }
      return COMMON.refuse('NOT_FOUND', shown, ['variantId'])
    }
    const tier = minQuantity ?? 1
    const rows = places.get(placeOf(row)) ?? []
    const near = rows.filter((other) => other.minQuantity === tier && overlaps(other.valid, valid))
    const same = near.find((other) => isSame(other.valid, valid) && !planned.has(other.id))
    const other = near.find((each) => each !== same)
    if (other) return overlap(other, !planned.has(other.id))
    if (!same && rows.length >= MAX_ROWS) {
      return PRICE_REFUSALS.refuse('TOO_MANY_PRICES', { max: MAX_ROWS }, ['variantId'])
    }
    const price: PlannedPrice = {
      id: same?.id ?? newId(),
      priceListId,
      variantId,
      currency: amount.currency,
      amountMinor: amount.amountMinor,
      minQuantity: tier,
      maxQuantity: maxQuantity ?? null,
      valid,
      before: same?.amountMinor,
    }
    planned.set(price.id, price)
    if (same) rows.splice(rows.indexOf(same), 1, price)
    else places.set(placeOf(row), [...rows, price])
    return ok(price)
  }
  return wanted.map(plan)
}
