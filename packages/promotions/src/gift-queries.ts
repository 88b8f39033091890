import { toSoldVariants, variantFacts } from '@hilo/catalog'
import { type Context, readTogether } from '@hilo/db'
import { availabilityIn } from '@hilo/inventory'
import { isUuid, type Uuid } from '@hilo/kernel'
import { candidatesByVariant, priceCandidates, toCandidates } from '@hilo/prices'
import { giftVariants, type PricingSnapshot, type PromotionInput } from '@hilo/pricing'
import { type PricedVariant, withBundlePrices } from './bundle-prices.ts'

/** The variants that promotions give away. */
export interface Gifts {
  readonly facts: ReadonlyMap<Uuid, PricedVariant>
  readonly prices: PricingSnapshot['prices']
  /** Units that the channel can give now. */
  readonly stock: ReadonlyMap<Uuid, number>
}

const NONE: Gifts = { facts: new Map(), prices: new Map(), stock: new Map() }

/** The gifts that this channel sells and has, whatever promotions name as one; no statement when no promotion gives any. */
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
  const stock = new Map(
    available.flatMap(({ variantId, quantity }) => (quantity > 0 ? [[variantId, quantity] as const] : [])),
  )
  const sold = toSoldVariants(facts).filter((variant) => variant.sold && stock.has(variant.variantId))
  const rows = candidatesByVariant(toCandidates(candidates))
  const { variants: priced, prices } = withBundlePrices(sold, rows, request)
  return { facts: priced, prices, stock }
}
