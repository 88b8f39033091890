import type { RequestContext } from '@hilo/graphql'
import type { Cart } from '../cart.ts'
import { type CartPrice, priceCart } from '../price-cart.ts'

const prices = new WeakMap<Cart, Promise<CartPrice>>()

/** The amounts of a cart that a request has loaded: reckoned once, however many fields ask. */
export const priceOf = (ctx: RequestContext, cart: Cart): Promise<CartPrice> => {
  const known = prices.get(cart) ?? priceCart(ctx, cart)
  prices.set(cart, known)
  return known
}
