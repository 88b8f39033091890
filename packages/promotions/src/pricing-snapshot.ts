import { variantFacts } from '@hilo/catalog'
import { pricingTerms } from '@hilo/channels'
import type { Context } from '@hilo/db'
import { ownerOf, type Uuid } from '@hilo/kernel'
import { candidatesByVariant, priceCandidates } from '@hilo/prices'
import type { DeliveryInput, PricingContext, PricingSnapshot, VariantFacts } from '@hilo/pricing'
import { activePromotions } from './active-promotions.ts'
import { askerFacts } from './asker-queries.ts'
import { couponsByCodes } from './coupon-queries.ts'
import { customerKey } from './customer-key.ts'

/** What is to be priced, for whom. The channel, its market and the time come from the context. */
export interface PricingQuestion {
  readonly variantIds: readonly Uuid[]
  /** As the customer typed them; codes are case-sensitive. */
  readonly couponCodes?: readonly string[]
  /** Whose groups, orders and limits count. Absent: the customer who asks, or the owner of the device that asks. */
  readonly customerId?: Uuid | null
  /** Of a guest: limits per customer count by it. */
  readonly email?: string | null
  /** ISO 3166-1 alpha-2 of the delivery. Absent: the market's home country. */
  readonly country?: string | null
}

/** Everything that `price(cart, context, snapshot)` needs, read at one moment. */
export interface PricingFacts {
  /** Facts of each variant that exists, ready to become a line: `{ ...facts, id, quantity }`. */
  readonly variants: ReadonlyMap<Uuid, VariantFacts>
  readonly context: PricingContext
  /** A variant that this channel does not sell has no prices here, so it becomes the problem `NOT_PRICED`. */
  readonly snapshot: PricingSnapshot
  /** The market's flat delivery; leave it out of the cart when nothing is delivered. */
  readonly delivery: DeliveryInput
}

/** Reads the facts for `price` in a constant number of statements, whatever the number of variants. */
export const pricingSnapshot = async (ctx: Context, question: PricingQuestion): Promise<PricingFacts> => {
  const { market, id: channelId, code, kind } = ctx.channel
  const now = ctx.now()
  const country = question.country ?? market.countries[0]!
  const customerId = question.customerId ?? ownerOf(ctx.actor)
  const deviceId = ctx.actor.kind === 'device' ? ctx.actor.deviceId : undefined
  const asker = await askerFacts(ctx.db, { customerId, deviceId })
  const variants = await variantFacts(ctx.db, { variantIds: question.variantIds, channelId })
  const candidates = await priceCandidates(
    ctx.db,
    variants.filter(({ sold }) => sold).map(({ variantId }) => variantId),
    {
      currency: market.currency,
      now,
      channelId,
      marketId: market.id,
      country,
      customerGroupIds: asker.customer?.groups.map(({ id }) => id) ?? [],
    },
  )
  const coupons = question.couponCodes?.length ? await couponsByCodes(ctx.db, question.couponCodes) : []
  const promotions = await activePromotions(ctx.db, {
    couponed: coupons.map(({ promotionId }) => promotionId),
    customerKey: customerKey({ customerId, email: question.email }),
  })
  const terms = await pricingTerms(ctx.db, { marketId: market.id, country })
  return {
    variants: new Map(variants.map((facts) => [facts.variantId, facts])),
    context: { now: now.toISOString(), channel: { id: channelId, code, kind }, market, country, ...asker },
    snapshot: { prices: candidatesByVariant(candidates), promotions, taxRates: terms.taxRates, coupons },
    delivery: { amountMinor: terms.deliveryMinor, taxClass: 'STANDARD' },
  }
}
