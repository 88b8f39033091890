import { toSoldVariants, variantFacts } from '@hilo/catalog'
import { type Context, readTogether } from '@hilo/db'
import { availabilityIn } from '@hilo/inventory'
import { isUuid, type Uuid } from '@hilo/kernel'
import { candidatesByVariant, priceCandidates, toCandidates } from '@hilo/prices'
import { giftVariants, type PricingSnapshot, type PromotionInput } from '@hilo/pricing'
import { type PricedVariant, withBundlePrices } from './bundle-prices.ts'

/** The variants that promotions give away. */
export interface Gifts {
  /** Those that this channel sells. */
  readonly sold: ReadonlyMap<Uuid, PricedVariant>
  /** Those of them that it has. */
  readonly facts: ReadonlyMap<Uuid, PricedVariant>
  readonly prices: PricingSnapshot['prices']
  /** Units of each that the channel can give now; 0 of what it does not have. */
  readonly stock: ReadonlyMap<Uuid, number>
}

const NONE: Gifts = { sold: new Map(), facts: new Map(), prices: new Map(), stock: new Map() }

/** The gifts that this channel sells, whatever promotions name as one; no statement when no promotion gives any. */
export const readGifts = async (
  ctx: Context,
  promotions: readonly PromotionInput[],
  request: Parameters<typeof priceCandidates>[1],
): Promise<Gifts> => {
  const variantIds = giftVariants(promotions).filter(isUuid)
  if (variantIds.length === 0) return NONE
  const channelId = ctx.channel.id
  const [{ facts, candidates }, available] = await Promise.all([
    readTogether(ctx.db, {
      facts: variantFacts({ variantIds, channelId, now: ctx.now() }),
      candidates: priceCandidates(variantIds, request),
    }),
    availabilityIn(ctx.db, { channelId, variantIds }),
  ])
  const stock = new Map(variantIds.map((variantId) => [variantId, 0]))
  for (const { variantId, quantity } of available) stock.set(variantId, quantity)
  const rows = candidatesByVariant(toCandidates(candidates))
  const { variants: sold, prices } = withBundlePrices(
    toSoldVariants(facts).filter((variant) => variant.sold),
    rows,
    request,
  )
  return {
    sold,
    facts: new Map([...sold].filter(([variantId]) => (stock.get(variantId) ?? 0) > 0)),
    prices,
    stock,
  }
}
