import { hashToken } from '@hilo/access'
import { ok, type Result } from '@hilo/kernel'
import { defineMutation, type Payload, type RequestContext } from '@hilo/graphql'
import type { Cart } from '../cart.ts'
import { cartsByIds } from '../cart-queries.ts'
import { readableCarts } from '../cart-scope.ts'
import { createCart, type CreatedCart } from '../create-cart.ts'
import type { LineInput } from '../read-lines.ts'
import { cart } from './cart.ts'
import { circumstances } from './place.ts'
import { CartLineInput, readLineInput } from './cart-line-input.ts'

const readInputs = (
  ctx: RequestContext,
  inputs: readonly (typeof CartLineInput.$inferInput)[],
): Result<LineInput[]> => {
  const lines: LineInput[] = []
  for (const [index, input] of inputs.entries()) {
    const line = readLineInput(ctx, input, ['lines', String(index)])
    if (!line.ok) return line
    lines.push(line.value)
  }
  return ok(lines)
}

/** A guest has the new token only in this answer, so the cart is looked up with it rather than with the header's. */
const created = async (ctx: RequestContext, { value }: Payload<CreatedCart>): Promise<Cart | undefined> => {
  if (!value) return undefined
  const token = value.token?.reveal()
  const scope = { ...readableCarts(ctx), ...(token && { tokenHash: hashToken(token) }) }
  return (await cartsByIds(ctx.db, scope, [value.cartId]))[0]
}

defineMutation('cartCreate', {
  description:
    'Begins a cart. A guest gets a new one with its token; a customer goes on with the active cart of the market, where lines given here are merged.',
  access: { anyone: true },
  input: (t) => ({
    lines: t.field({ type: [CartLineInput], description: 'At most 500.' }),
    email: t.string(),
    country: t.field({ type: 'CountryCode', description: 'Of the delivery.' }),
    ...circumstances(t),
  }),
  run: async (ctx, { lines: inputs, ...details }) => {
    const lines = readInputs(ctx, inputs ?? [])
    return lines.ok ? createCart(ctx, { ...details, lines: lines.value }) : lines
  },
  payload: (t) => ({
    cart: t.field({
      type: cart.ref,
      nullable: true,
      resolve: (payload, _args, ctx) => created(ctx, payload),
    }),
    token: t.string({
      nullable: true,
      description:
        'For guests: send it as Hilo-Cart-Token. It is shown this once; null when the answer is a replay.',
      resolve: ({ value }) => value?.token?.reveal?.() ?? null,
    }),
  }),
})
