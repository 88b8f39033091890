import { cart } from './cart.svelte.ts'
import { client } from './client.ts'
import { CartClaim, CustomerSignIn } from './session-documents.ts'
import { cartToken, sessionToken } from './remembered.ts'

/** Who is here. */
export const session = $state({ isSignedIn: sessionToken.get() !== undefined })

sessionToken.onChange(() => {
  session.isSignedIn = sessionToken.get() !== undefined
  void cart.read()
})

/** Signs in, and brings along what is in the guest's cart. */
export const signIn = async (email: string, password: string) => {
  const signed = await client.mutate(CustomerSignIn, { input: { email, password } })
  if (!signed.ok) return signed
  const [guestCart, token] = [cart.current, cartToken.get()]
  sessionToken.set(signed.value.token!)
  session.isSignedIn = true
  if (guestCart && token)
    await client.mutate(CartClaim, { input: { cartId: guestCart.id, cartToken: token } })
  cartToken.set(undefined)
  await cart.read()
  return signed
}

/** Forgets who is here; the cart stays with the customer. */
export const signOut = async (): Promise<void> => {
  sessionToken.set(undefined)
  session.isSignedIn = false
  await cart.read()
}
