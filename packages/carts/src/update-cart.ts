import { readEmail } from '@hilo/access'
import type { Context, Executor } from '@hilo/db'
import { type Market, ok, type Result } from '@hilo/kernel'
import { type Address, checkAddress, checkCountry } from './address.ts'
import type { Place } from '@hilo/pricing'
import { checkPlace } from '@hilo/promotions'
import { CARTS } from './errors.ts'
import { type CartKey, type CartRequest, holdCart, touchCart } from './change-cart.ts'

/** Who and where a cart is for. Absent fields stay as they are; `null` clears. */
export interface CartDetails {
  readonly email?: string | null
  /** ISO 3166-1 alpha-2 of the delivery. */
  readonly country?: string | null
  readonly address?: Address | null
  /** Codes of the shop's own methods, which promotions may ask for. */
  readonly paymentMethod?: string | null
  readonly deliveryMethod?: string | null
  /** Where the customer is, WGS 84 degrees. */
  readonly place?: Place | null
}

const METHOD = /^[\x21-\x7e]{1,64}$/

const checkMethod = (method: string | null | undefined, field: string): Result<null> =>
  method == null || METHOD.test(method) ? ok(null) : CARTS.refuse('METHOD_INVALID', { max: 64 }, [field])

/** The details in the form that is stored, or what is wrong with them. */
export const readDetails = (details: CartDetails, market: Market): Result<CartDetails> => {
  const email = details.email ? readEmail(details.email, ['email']) : ok(details.email)
  if (!email.ok) return email
  const country = details.country ? checkCountry(details.country, market, ['country']) : ok(details.country)
  if (!country.ok) return country
  const address = details.address ? checkAddress(details.address, market, ['address']) : ok(details.address)
  if (!address.ok) return address
  const { paymentMethod, deliveryMethod, place } = details
  for (const checked of [
    checkMethod(paymentMethod, 'paymentMethod'),
    checkMethod(deliveryMethod, 'deliveryMethod'),
    checkPlace(place, ['place']),
  ]) {
    if (!checked.ok) return checked
  }
  return ok({ ...details, email: email.value, country: country.value, address: address.value })
}

/** The columns that details change. */
export const detailColumns = ({
  email,
  country,
  address,
  paymentMethod,
  deliveryMethod,
  place,
}: CartDetails) => ({
  ...(email !== undefined && { email }),
  ...(country !== undefined && { country }),
  ...(address !== undefined && { address: address && JSON.stringify(address) }),
  ...(paymentMethod !== undefined && { payment_method: paymentMethod }),
  ...(deliveryMethod !== undefined && { delivery_method: deliveryMethod }),
  ...(place !== undefined && {
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
  }),
})

/** Says who and where a cart is for. */
export const updateCart = async (
  ctx: Context,
  { cartId, ifVersion, ...details }: CartRequest & CartDetails,
): Promise<Result<CartKey>> => {
  const read = readDetails(details, ctx.channel.market)
  if (!read.ok) return read
  const cart = await holdCart(ctx, { cartId, ifVersion })
  if (!cart.ok) return cart
  const columns = detailColumns(read.value)
  if (Object.keys(columns).length === 0) return ok({ cartId })
  const db: Executor<'cart'> = ctx.db
  await db.updateTable('cart').set(columns).where('id', '=', cartId).execute()
  await touchCart(ctx, cart.value)
  return ok({ cartId })
}
