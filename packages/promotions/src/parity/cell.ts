import {
  choosePrice,
  type PriceCandidate,
  type PriceRequest,
  type PricingContext,
  type PricingSnapshot,
  type ShelfPrice,
  shelfPrice,
  type VariantFacts,
} from '@hilo/pricing'

/** What a variant costs one viewer, with all that the price follows from. */
export interface ParityCell {
  /** True when the channel sells the variant at that time, whether or not it has a price. */
  readonly published: boolean
  readonly shelf: ShelfPrice | undefined
  /** One unit after every promotion, before tax where prices are without. */
  readonly final: bigint | undefined
  readonly candidates: readonly PriceCandidate[]
  readonly request: PriceRequest
  /** The row that holds; absent without a price, and for a bundle that costs what its components do. */
  readonly chosen: PriceCandidate | undefined
  readonly context: PricingContext
}

const requestOf = (
  { market, now, channel, country, customer }: PricingContext,
  quantity: number,
): PriceRequest => ({
  currency: market.currency,
  now,
  quantity,
  channelId: channel.id,
  marketId: market.id,
  ...(country && { country }),
  customerGroupIds: customer?.groups.map(({ id }) => id) ?? [],
  segmentIds: customer?.segments?.map(({ id }) => id) ?? [],
})

/** Prices one cell by the one price function. */
export const priceCell = (
  facts: (VariantFacts & { readonly sold: boolean }) | undefined,
  context: PricingContext,
  snapshot: PricingSnapshot,
): ParityCell => {
  const candidates = (facts && snapshot.prices.get(facts.variantId)) ?? []
  const shelf = facts?.sold ? shelfPrice(facts, context, snapshot) : undefined
  const request = requestOf(context, shelf?.line.quantity ?? 1)
  return {
    published: facts?.sold === true,
    shelf,
    final: shelf && shelf.line.subtotal - shelf.line.discount,
    candidates,
    request,
    chosen: shelf?.line.priceId === undefined ? undefined : choosePrice(candidates, request),
    context,
  }
}

/** Everything of a cell that a customer sees: two that say the same are alike. */
export const faceOf = ({ published, shelf, final }: ParityCell): string =>
  JSON.stringify(
    shelf
      ? [shelf.currency, String(shelf.line.unit), String(shelf.line.unitList), String(final)]
      : published
        ? 'NOT_PRICED'
        : 'NOT_PUBLISHED',
  )
