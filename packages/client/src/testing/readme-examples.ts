import { createClient, type TypedDocument } from '../index.ts'

interface Product {
  readonly product: { readonly name: string } | null
}
interface LineSet {
  readonly cartLineSet: {
    readonly userErrors: readonly { readonly code: string; readonly message: string }[]
  }
}
interface LineInput {
  readonly cartId: string
  readonly line: { readonly sku: string; readonly quantity: number }
  readonly idempotencyKey?: string | null
}
interface Price {
  readonly priceChanged: { readonly eventId: string; readonly price: { readonly formatted: string } | null }
}

declare const ProductQuery: TypedDocument<Product, { slug: string }>
declare const CartLineSet: TypedDocument<LineSet, { input: LineInput }>
declare const PriceChanged: TypedDocument<Price, { skus: string[]; after?: string | null }>
declare const cart: { readonly id: string; readonly token: string }
declare const session: { readonly token: string; readonly renew: () => Promise<void> }
declare const sku: string
declare const show: (text: string | undefined) => void
declare const readAgain: (resumed: boolean) => void

/** The example of the README, so that the compiler reads it too. */
export const example = async (): Promise<unknown> => {
  const client = createClient({
    url: 'http://localhost:4000/graphql',
    webSocket: true,
    context: () => ({ channel: 'web-eu', locale: 'es', cartToken: cart.token }),
    auth: { get: () => session.token, refresh: () => session.renew() },
  })

  const { product } = await client.request(ProductQuery, { slug: 'hilo-espresso-blend' })

  const set = await client.mutate(CartLineSet, { input: { cartId: cart.id, line: { sku, quantity: 2 } } })
  if (!set.ok) show(set.userErrors[0].message)

  for await (const { priceChanged } of client.subscribe(
    PriceChanged,
    { skus: [sku] },
    { onOpen: readAgain },
  )) {
    show(priceChanged.price?.formatted)
  }
  // @ts-expect-error A variable that is not the document's is a mistake.
  await client.request(ProductQuery, { slug: 1 })
  return product
}
