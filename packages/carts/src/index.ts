export { type Address, checkAddress } from './address.ts'
export { type Cart, CART_STATUSES, type CartStatus, checkChangeable } from './cart.ts'
export { activeCart, activeCarts, cartsByIds, type CartTables, type LockedCart } from './cart-queries.ts'
export { type CartScope, changeableCarts, readableCarts } from './cart-scope.ts'
export { type CartKey, cartNotFound, type CartRequest, lockCart, takeCart } from './change-cart.ts'
export { claimCart } from './claim-cart.ts'
export { addCoupon, removeCoupon } from './coupons.ts'
export { createCart, type NewCart } from './create-cart.ts'
export { CARTS, MAX_COUPONS, MAX_LINES } from './errors.ts'
export { type CartChanged, cartChanged, ownerScope } from './events.ts'
export { checkQuantity, type Line, type LineProperties } from './line.ts'
export { mergeLines } from './merge-lines.ts'
export { needsDelivery, shelfDemand, type SoldGoods } from './goods-of-lines.ts'
export { cartProblems } from './order-problems.ts'
export { type CartPrice, priceCart } from './price-cart.ts'
export {
  type LinesToPrice,
  type MissedGift,
  type PricedLines,
  priceLines,
  priceLinesWith,
} from './price-lines.ts'
export { removeLine, setLine } from './set-line.ts'
export { updateCart } from './update-cart.ts'
export { writeLines } from './write-lines.ts'
