import type { Outcome, TypedDocument } from '@hilo/client'
import { client } from './client.ts'
import { ActiveCart, type CartContents } from './cart-documents.ts'
import { CartChanged } from './live-documents.ts'
import { follow } from './live.svelte.ts'
import {
  CartCouponAdd,
  CartCouponRemove,
  CartCreate,
  CartLineRemove,
  CartLineSet,
  CartUpdate,
} from './cart-mutations.ts'
import { cartToken } from './remembered.ts'
import { tokens } from './tokens.ts'

interface Changed {
  readonly cart: CartContents | null
  readonly userErrors: readonly { readonly message: string }[]
}

/** The shopper's cart: the same in every window, because every window listens to it. */
class Cart {
  current = $state.raw<CartContents | null>(null)
  isRead = $state(false)
  #followed: string | undefined
  #stop = (): void => {}

  /** Reads the cart of whoever is here now. */
  async read(): Promise<void> {
    const { activeCart } = await client.request(ActiveCart)
    this.#take(activeCart)
    this.isRead = true
  }

  /** Adds pieces of a variant to what is there. */
  async add(sku: string, quantity: number): Promise<Outcome<Changed>> {
    const cart = this.current
    if (!cart) return this.#create(sku, quantity)
    const line = cart.lines.find(({ variant }) => variant.sku === sku)
    const wanted = line ? { id: line.id, sku, quantity: line.quantity + quantity } : { sku, quantity }
    return this.#change(CartLineSet, { line: wanted, ifVersion: cart.version })
  }

  setQuantity = (id: string, sku: string, quantity: number) =>
    this.#change(CartLineSet, { line: { id, sku, quantity }, ifVersion: this.current!.version })
  remove = (lineId: string) => this.#change(CartLineRemove, { lineId })
  addCoupon = (code: string) => this.#change(CartCouponAdd, { code })
  removeCoupon = (code: string) => this.#change(CartCouponRemove, { code })
  deliverTo = (country: string) => this.#change(CartUpdate, { country })

  async #create(sku: string, quantity: number): Promise<Outcome<Changed>> {
    const created = await client.mutate(CartCreate, { input: { lines: [{ sku, quantity }] } })
    if (!created.ok) return created
    const { cart, token } = created.value
    // The token is told once: when that answer was lost, the cart is lost with it.
    if (!token && !tokens.get()) return this.#create(sku, quantity)
    cartToken.set(token ?? undefined)
    this.#take(cart)
    return created
  }

  /** Changes the cart. Who saw an older version is refused, and reads what the other window did. */
  async #change<Input extends object, Name extends string>(
    document: TypedDocument<Record<Name, Changed>, { input: Input & { cartId: string } }>,
    input: Omit<NoInfer<Input>, 'cartId' | 'idempotencyKey'>,
  ): Promise<Outcome<Changed>> {
    const variables = { input: { ...input, cartId: this.current!.id } }
    const changed: Outcome<Changed> = await client.mutate(document, variables as never)
    if (changed.ok) this.#take(changed.value.cart)
    else await this.read()
    return changed
  }

  /** Takes what was read or told, unless something newer is here already. */
  #take(cart: CartContents | null): void {
    const now = this.current
    if (cart && now && cart.id === now.id && cart.version < now.version) return
    this.current = cart?.status === 'ACTIVE' ? cart : null
    this.#follow(this.current?.id)
  }

  #follow(id: string | undefined): void {
    if (id === this.#followed) return
    this.#stop()
    this.#followed = id
    if (!id) return
    this.#stop = follow(
      CartChanged,
      { id },
      { onEvent: ({ cartChanged }) => this.#take(cartChanged.cart), onGap: () => this.read() },
    )
  }
}

/** The cart of this window. */
export const cart = new Cart()

cartToken.onChange(() => void cart.read())
