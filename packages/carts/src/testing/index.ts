import { hashToken } from '@hilo/access'
import { command, type Context } from '@hilo/db'
import { GUEST, unwrap, type Uuid } from '@hilo/kernel'
import { createCart, type NewCart } from '../create-cart.ts'

/** A cart, and the context in which its owner goes on: for a guest with the token's hash. */
export interface TestCart {
  readonly cartId: Uuid
  readonly ctx: Context
  /** Of a guest's cart. */
  readonly token: string | undefined
}

/** Makes a cart for the actor of the context, a guest when the system acts. */
export const createTestCart = async (ctx: Context, cart: NewCart = {}): Promise<TestCart> => {
  const owner: Context = ctx.actor.kind === 'system' ? { ...ctx, actor: GUEST } : ctx
  const made = await command(owner, { operation: 'createTestCart', input: null }, (inner) =>
    createCart(inner, cart),
  )
  const { cartId, token } = unwrap(made)
  const text = token?.reveal()
  return { cartId, token: text, ctx: text ? { ...owner, cartTokenHash: hashToken(text) } : owner }
}
