import { cart } from './cart.svelte.ts'
import { client } from './client.ts'
import { cartToken } from './remembered.ts'
import { CartClaim, CustomerSignIn, CustomerSignOut } from './session-documents.ts'
import { tokens } from './tokens.ts'

/** Who is here. */
export const session = $state({ isSignedIn: tokens.get() !== undefined })

tokens.onChange(() => {
  const isSignedIn = tokens.get() !== undefined
  if (isSignedIn === session.isSignedIn) return
  session.isSignedIn = isSignedIn
  void cart.read()
})

/** Signs in, and brings along what is in the guest's cart. */
export const signIn = async (email: string, password: string) => {
  const signed = await client.mutate(CustomerSignIn, { input: { email, password } })
  if (!signed.ok) return signed
  const [guestCart, token] = [cart.current, cartToken.get()]
  tokens.set(signed.value)
  if (guestCart && token)
    await client.mutate(CartClaim, { input: { cartId: guestCart.id, cartToken: token } })
  cartToken.set(undefined)
  await cart.read()
  return signed
}

/** Ends the session everywhere; the cart stays with the customer. */
export const signOut = async (): Promise<void> => {
  await client.mutate(CustomerSignOut, { input: {} }).catch(() => undefined)
  tokens.set(undefined)
}
