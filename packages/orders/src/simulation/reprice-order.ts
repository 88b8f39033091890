import { type Channel, divideRounded, type Uuid } from '@hilo/kernel'
import type {
  CartInput,
  FixedPrice,
  LineInput,
  PricingContext,
  PricingSnapshot,
  PromotionInput,
  VariantFacts,
} from '@hilo/pricing'
import type { PastLine, PastOrder } from './past-orders.ts'

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

/** What promotions of the shelf took off a line, which is in its unit price. */
const takenOnShelf = ({ applications }: PastOrder, { id }: PastLine): bigint =>
  applications
    .filter((did) => did.class === 'CATALOG')
    .flatMap(({ allocations }) => allocations)
    .reduce((sum, { lineId, amountMinor }) => (lineId === id ? sum + BigInt(amountMinor) : sum), 0n)

/**
 * What one unit, or one whole measure, cost before promotions of the shelf: those are applied anew. A line that cost what
 * was quoted for it keeps that price: promotions of the shelf are in a quote, and none is applied beside it.
 */
const unitPriceOf = (order: PastOrder, line: PastLine, scale: number): FixedPrice => {
  const taken = takenOnShelf(order, line)
  return {
    ...(line.priceId && { id: line.priceId }),
    amountMinor: BigInt(line.unit) + divideRounded(taken * 10n ** BigInt(scale), BigInt(line.quantity)),
    listMinor: BigInt(line.unitList),
    ...(taken === 0n && line.quoted === Number(line.unit) && { settled: true }),
  }
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
    unitPrice: unitPriceOf(order, line, facts.get(line.variantId)?.measure?.scale ?? 0),
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
