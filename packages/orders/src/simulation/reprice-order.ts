import { type Channel, divideRounded, type Uuid } from '@hilo/kernel'
import type {
  CartInput,
  LineInput,
  PricingContext,
  PricingSnapshot,
  PromotionInput,
  VariantFacts,
} from '@hilo/pricing'
import type { PastOrder } from './past-orders.ts'

/** What is known beside the order itself. */
export interface KnownNow {
  readonly channel: Channel
  /** Today's facts of the variants: predicates look at them. */
  readonly facts: ReadonlyMap<Uuid, VariantFacts>
  /** The versions of promotions that applied then. */
  readonly promotions: ReadonlyMap<string, PromotionInput>
  readonly asker: Pick<PricingContext, 'customer' | 'device'>
  /** Parts per million, of the delivery. */
  readonly deliveryRatePpm: number
}

/** The three arguments of `price`. */
export interface Repriced {
  readonly cart: CartInput
  readonly context: PricingContext
  readonly snapshot: PricingSnapshot
}

/** The key of a version among the promotions known. */
export const versionOf = (promotionId: Uuid, version: number): string => `${promotionId}:${version}`

const DELIVERY = 'DELIVERY'

const rateClass = (ppm: number): string => `RATE_${ppm}`

/** What one unit, or one whole measure, cost before promotions of the shelf: those are applied anew. */
const basePrice = ({ applications }: PastOrder, line: PastOrder['lines'][number], scale: number): bigint => {
  const taken = applications
    .filter((did) => did.class === 'CATALOG')
    .flatMap(({ allocations }) => allocations)
    .reduce((sum, { lineId, amountMinor }) => (lineId === line.id ? sum + BigInt(amountMinor) : sum), 0n)
  return BigInt(line.unit) + divideRounded(taken * 10n ** BigInt(scale), BigInt(line.quantity))
}

const deliveryList = ({ applications, delivery }: PastOrder): bigint =>
  applications
    .flatMap(({ allocations }) => allocations)
    .reduce((sum, part) => (part.lineId === null ? sum + BigInt(part.amountMinor) : sum), BigInt(delivery))

const linesOf = (order: PastOrder, { facts }: KnownNow): LineInput[] =>
  order.lines.map((line) => ({
    ...facts.get(line.variantId),
    id: line.id,
    variantId: line.variantId,
    productId: line.productId,
    sku: line.sku,
    quantity: line.quantity,
    taxClass: rateClass(line.taxRatePpm),
    unitPrice: {
      ...(line.priceId && { id: line.priceId }),
      amountMinor: basePrice(order, line, facts.get(line.variantId)?.measure?.scale ?? 0),
      listMinor: BigInt(line.unitList),
    },
  }))

/**
 * An order as it was reckoned: its own prices, tax rates, promotions and moment, so that `price` gives its total again;
 * only what predicates ask of the goods and of the customer is as it is today. Pure.
 */
export const repriceOrder = (order: PastOrder, known: KnownNow): Repriced => {
  const { channel, asker } = known
  const { latitude, longitude, paymentMethod, deliveryMethod } = order
  const couponCodes = order.applications.flatMap(({ couponCode }) => couponCode ?? [])
  const offered = order.applications.flatMap(({ promotionId, version }) => {
    const promotion = known.promotions.get(versionOf(promotionId, version))
    return promotion?.compiled.definition.trigger === 'OFFER' ? promotionId : []
  })
  return {
    cart: {
      lines: linesOf(order, known),
      couponCodes,
      offerIds: offered,
      ...(paymentMethod && { paymentMethod }),
      delivery: {
        amountMinor: deliveryList(order),
        taxClass: DELIVERY,
        ...(deliveryMethod && { method: deliveryMethod }),
      },
    },
    context: {
      now: order.placedAt.toISOString(),
      channel,
      market: { ...channel.market, currency: order.currency, pricesIncludeTax: order.pricesIncludeTax },
      country: order.country,
      ...(asker.device && { device: asker.device }),
      ...(asker.customer && { customer: { ...asker.customer, orderCount: order.ordersBefore } }),
      ...(latitude !== null && longitude !== null && { place: { latitude, longitude } }),
    },
    snapshot: {
      prices: new Map(),
      promotions: order.applications.flatMap(
        ({ promotionId, version }) => known.promotions.get(versionOf(promotionId, version)) ?? [],
      ),
      taxRates: {
        [DELIVERY]: known.deliveryRatePpm,
        ...Object.fromEntries(order.lines.map(({ taxRatePpm }) => [rateClass(taxRatePpm), taxRatePpm])),
      },
      coupons: order.applications.flatMap(({ promotionId, couponCode }) =>
        couponCode ? [{ code: couponCode, promotionId }] : [],
      ),
      offers: offered.map((promotionId) => ({ id: promotionId, promotionId })),
    },
  }
}

/** The snapshot with a draft in it, in the place of an older version of the same promotion. */
export const withDraft = (
  snapshot: PricingSnapshot,
  draft: PromotionInput,
  gifts: Pick<PricingSnapshot, 'gifts' | 'prices'>,
): PricingSnapshot => ({
  ...snapshot,
  promotions: [...snapshot.promotions.filter(({ id }) => id !== draft.id), draft],
  gifts: new Map([...(snapshot.gifts ?? []), ...(gifts.gifts ?? [])]),
  prices: new Map([...snapshot.prices, ...gifts.prices]),
})
