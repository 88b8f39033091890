import { bundleReductions } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { COMMON, MAX_QUANTITY, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import {
  choosePrice,
  explainPrice,
  type PriceCandidate,
  type PriceMiss,
  type PriceRequest,
} from '@hilo/pricing'
import { type Inherited, rowsByList } from './derived-rows.ts'
import { holdsAt, within } from './period.ts'
import { audienceOf } from './price-candidates.ts'
import { mayReadList, type PriceList } from './price-list.ts'
import { listsPricing } from './price-list-queries.ts'
import { type Price, pricesOfVariants } from './price-queries.ts'

/** For whom a price is explained. */
export interface ExplanationQuestion {
  readonly variantId: Uuid
  readonly quantity: number
  readonly country: string
  readonly customerGroupIds: readonly Uuid[]
  readonly segmentIds: readonly Uuid[]
  readonly at: Date
}

/** A price of any list, as the chosen one or with the reason why it is not. */
export interface ExplainedPrice extends Price, Inherited {
  readonly list: PriceList
  readonly chosen: boolean
  readonly reason: PriceMiss | null
}

/** Every price of a variant, and why one of them holds. */
export interface ExplainedPrices {
  readonly request: PriceRequest
  readonly chosen: ExplainedPrice | undefined
  /** With the price that a sale is shown against. */
  readonly compared: ExplainedPrice | undefined
  /** The chosen one first, then those that fit but lost, then the rest; each by rank, quantity and amount. */
  readonly prices: readonly ExplainedPrice[]
}

const iso = (time: Date | null) => (time === null ? undefined : time.toISOString())

type ListedPrice = Price & Inherited

const toCandidate = (price: ListedPrice, list: PriceList, isBundle: boolean): PriceCandidate => {
  const { from, until } = within(price.valid, list.valid)
  const unused = price.overridden ? 'OVERRIDDEN' : list.status === 'ACTIVE' ? undefined : 'LIST_INACTIVE'
  const suspended = isBundle ? 'BUNDLE' : unused
  return {
    id: price.id,
    amountMinor: price.amountMinor,
    currency: price.currency,
    minQuantity: price.minQuantity,
    rank: list.rank,
    kind: list.kind,
    priceListId: list.id,
    ...(price.maxQuantity !== null && { maxQuantity: price.maxQuantity }),
    ...(price.fromQuantity !== undefined && { fromQuantity: price.fromQuantity }),
    ...(suspended && { suspended }),
    ...audienceOf(list),
    ...(from && { validFrom: iso(from)! }),
    ...(until && { validUntil: iso(until)! }),
  }
}

/** Lost to the winner, rather than out of the question. */
const FITS: readonly (PriceMiss | null)[] = [null, 'LESS_SPECIFIC', 'LOWER_TIER', 'HIGHER_AMOUNT', 'LATER_ID']

const nearness = ({ chosen, reason }: ExplainedPrice): number => (chosen ? 0 : FITS.includes(reason) ? 1 : 2)

const byNearness = (a: ExplainedPrice, b: ExplainedPrice): number =>
  nearness(a) - nearness(b) ||
  b.list.rank - a.list.rank ||
  b.minQuantity - a.minQuantity ||
  Number(a.amountMinor - b.amountMinor)

/**
 * Says which price of a variant is chosen in the channel of the context for somebody, and why each other is not: all rows
 * of all lists that the actor may read, and those that follow from them. Refuses a channel beyond `prices:read`, where
 * lists that could win would stay unseen.
 */
export const explainPrices = async (
  ctx: Context,
  { variantId, quantity, at, ...asked }: ExplanationQuestion,
): Promise<Result<ExplainedPrices>> => {
  if (quantity < 1 || quantity > MAX_QUANTITY) {
    return COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, ['quantity'])
  }
  const reach = reachOf(ctx.actor, 'prices:read')
  const { id: channelId, market } = ctx.channel
  if (reach !== 'all' && !reach.includes(channelId)) {
    return COMMON.refuse('FORBIDDEN', { permission: 'prices:read' }, ['channelId'])
  }
  const lists = await listsPricing(ctx.db, variantId)
  const rows = await pricesOfVariants(ctx.db, 'all', [variantId])
  const [bundle] = await bundleReductions(ctx.db, [variantId])
  const isBundle = bundle?.reductionPpm != null
  const rowsOf = rowsByList(lists, rows, ({ valid }) => holdsAt(valid, at))
  const readable = [...lists.values()].filter(({ channelIds }) => mayReadList(reach, channelIds))
  const listed = readable.flatMap((list) =>
    rowsOf(list.id).map((price) => ({ price, list, candidate: toCandidate(price, list, isBundle) })),
  )
  const request = {
    currency: market.currency,
    now: at.toISOString(),
    quantity,
    channelId,
    marketId: market.id,
    ...asked,
  }
  const candidates = listed.map(({ candidate }) => candidate)
  const { chosen, rejected } = explainPrice(candidates, request)
  const reasons = new Map(rejected.map(({ candidate, reason }) => [candidate, reason]))
  const explained = new Map(
    listed.map(({ price, list, candidate }) => {
      const reason = reasons.get(candidate) ?? null
      return [candidate, { ...price, list, chosen: candidate === chosen, reason }]
    }),
  )
  const regular =
    chosen?.kind === 'SALE'
      ? choosePrice(
          candidates.filter(({ kind }) => kind !== 'SALE'),
          request,
        )
      : undefined
  return ok({
    request,
    chosen: chosen && explained.get(chosen),
    compared: regular && explained.get(regular),
    prices: [...explained.values()].toSorted(byNearness),
  })
}
