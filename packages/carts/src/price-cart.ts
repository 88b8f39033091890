import { channelsByIds } from '@hilo/channels'
import type { Context } from '@hilo/db'
import { suppliesIn } from '@hilo/inventory'
import type { Channel, Refusal } from '@hilo/kernel'
import type { PricedCart } from '@hilo/pricing'
import type { Cart } from './cart.ts'
import { CARTS } from './errors.ts'
import type { SoldGoods } from './goods-of-lines.ts'
import { cartProblems, stockProblems } from './order-problems.ts'
import { type MissedGift, priceLines } from './price-lines.ts'

/** A cart with its amounts, and what would refuse an order of it now. */
export interface CartPrice {
  readonly priced: PricedCart
  /** That it was priced in. */
  readonly channel: Channel
  /** Gifts that promotions promise but for which there is no stock. */
  readonly missedGifts: readonly MissedGift[]
  readonly problems: readonly Refusal[]
  /** What is known of the variants of the lines, and of gifts. */
  readonly goods: SoldGoods
}

/** The channel that a cart is priced in: the one that asks, or for those who look from another market the cart's own. */
const inMarketOf = async (ctx: Context, cart: Cart): Promise<Context> => {
  if (ctx.channel.market.id === cart.marketId) return ctx
  const [channel] = await channelsByIds(ctx.db, [cart.channelId])
  return { ...ctx, channel: channel! }
}

/** Prices a cart in a constant number of statements, whatever its lines. */
export const priceCart = async (ctx: Context, cart: Cart): Promise<CartPrice> => {
  const here = await inMarketOf(ctx, cart)
  const variantIds = [...new Set(cart.lines.map(({ variantId }) => variantId))]
  const [pricedLines, supplies] = await Promise.all([
    priceLines(here, { ...cart, cartId: cart.id, couponCodes: cart.coupons }),
    variantIds.length > 0 ? suppliesIn(ctx.db, { channelId: here.channel.id, variantIds }) : [],
  ])
  const { priced, missedGifts, goods } = pricedLines
  if (cart.status !== 'ACTIVE') {
    return {
      priced,
      channel: here.channel,
      missedGifts,
      goods,
      problems: [CARTS.refuse('CART_NOT_ACTIVE', { status: cart.status }, ['cartId']).error],
    }
  }
  const problems = [
    ...cartProblems(cart.lines, pricedLines, here.channel),
    ...stockProblems(cart.lines, priced, supplies),
  ]
  return { priced, channel: here.channel, missedGifts, goods, problems }
}
