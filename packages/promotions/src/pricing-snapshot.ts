import { toSoldVariants, variantFacts } from '@hilo/catalog'
import { marketTerms, toPricingTerms } from '@hilo/channels'
import { type Context, readTogether } from '@hilo/db'
import { ownerOf, type Uuid } from '@hilo/kernel'
import { candidatesByVariant, priceCandidates, toCandidates } from '@hilo/prices'
import type { DeliveryInput, Place, PricingContext, PricingSnapshot, PromotionInput } from '@hilo/pricing'
import { publishedPromotions, toPromotionInputs } from './active-promotions.ts'
import { askerFacts } from './asker-queries.ts'
import { type PricedVariant, withBundlePrices } from './bundle-prices.ts'
import { couponsByCodes } from './coupon-queries.ts'
import { customerKey } from './customer-key.ts'
import { readGifts } from './gift-queries.ts'
import { openOffers } from './offer-queries.ts'

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
  /** Whose holds of scarce codes are its own to use. */
  readonly cartId?: Uuid | null
  /** Where the customer is, when they said so. */
  readonly place?: Place | null
  /** Whom to take the asker for, instead of reading who it is. */
  readonly asker?: Pick<PricingContext, 'customer' | 'device'>
  /** Promotions taken for published, in place of any published version of theirs. */
  readonly drafts?: readonly PromotionInput[]
}

/** Everything that `price(cart, context, snapshot)` needs, read at one moment. */
export interface PricingFacts {
  /** Facts of each variant that exists, ready to become a line (`{ ...facts, id, quantity }`), and of gifts. */
  readonly variants: ReadonlyMap<Uuid, PricedVariant>
  readonly context: PricingContext
  /** A variant that this channel does not sell has no prices here, so it becomes the problem `NOT_PRICED`. */
  readonly snapshot: PricingSnapshot
  /** Units of each gift that the channel can give away now, whatever else is in the cart; 0 of what it does not have. */
  readonly giftStock: ReadonlyMap<Uuid, number>
  /** Offers made to whoever asks: all of them stand in the cart. */
  readonly offerIds: readonly Uuid[]
  /** The market's flat delivery; leave it out of the cart when nothing is delivered. */
  readonly delivery: DeliveryInput
  /** False when the market does not sell to the country, or no more: its taxes are not known, so nothing can be ordered. */
  readonly countryServed: boolean
}

const withDrafts = (
  published: readonly PromotionInput[],
  drafts: readonly PromotionInput[] = [],
): readonly PromotionInput[] =>
  drafts.length === 0
    ? published
    : [...published.filter(({ id }) => drafts.every((draft) => draft.id !== id)), ...drafts]

/** Reads the facts for `price` in a constant number of statements, whatever the number of variants. */
export const pricingSnapshot = async (ctx: Context, question: PricingQuestion): Promise<PricingFacts> => {
  const { market, id: channelId, code, kind } = ctx.channel
  const now = ctx.now()
  const country = question.country ?? market.countries[0]!
  const customerId = question.customerId ?? ownerOf(ctx.actor)
  const deviceId = ctx.actor.kind === 'device' ? ctx.actor.deviceId : undefined
  const key = customerKey({ customerId, email: question.email })
  const [asker, coupons] = await Promise.all([
    question.asker ?? askerFacts(ctx.db, { customerId, deviceId, now }),
    couponsByCodes(ctx.db, question.couponCodes ?? [], { cartId: question.cartId, customerKey: key, now }),
  ])
  const owner = { customerId, deviceId, now }
  const request = {
    currency: market.currency,
    now,
    channelId,
    marketId: market.id,
    country,
    customerGroupIds: asker.customer?.groups.map(({ id }) => id) ?? [],
    segmentIds: asker.customer?.segments?.map(({ id }) => id) ?? [],
  }
  const { facts, candidates, promotions, offers, terms } = await readTogether(ctx.db, {
    facts: variantFacts({ variantIds: question.variantIds, channelId, now }),
    candidates: priceCandidates(question.variantIds, request),
    promotions: publishedPromotions({
      couponed: coupons.map(({ promotionId }) => promotionId),
      offered: owner,
      customerKey: key,
      cartId: question.cartId,
      currency: market.currency,
      now,
    }),
    offers: openOffers(owner),
    terms: marketTerms({ marketId: market.id, country }),
  })
  const rows = candidatesByVariant(toCandidates(candidates))
  const { variants, prices } = withBundlePrices(toSoldVariants(facts), rows, request)
  const { taxRates, deliveryMinor, served: countryServed } = toPricingTerms(terms)
  const inputs = withDrafts(toPromotionInputs(promotions, market.currency), question.drafts)
  const gifts = await readGifts(ctx, inputs, request)
  return {
    variants: new Map([...gifts.sold, ...variants]),
    context: {
      now: now.toISOString(),
      channel: { id: channelId, code, kind },
      market,
      country,
      ...asker,
      ...(question.place && { place: question.place }),
    },
    snapshot: {
      prices: new Map([...gifts.prices, ...prices]),
      promotions: inputs,
      gifts: gifts.facts,
      taxRates,
      coupons,
      offers,
    },
    giftStock: gifts.stock,
    offerIds: offers.map(({ id }) => id),
    delivery: { amountMinor: deliveryMinor, taxClass: 'STANDARD' },
    countryServed,
  }
}
