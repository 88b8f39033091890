import { DEFAULT_PAGE } from '@hilo/graphql'

/** What a field costs beside what is selected in it, and how many rows a list is taken for. */
export interface Weight {
  /** Points of the field itself, for each time it is answered. */
  readonly own?: number
  readonly rows?: number | ((args: Readonly<Record<string, unknown>>) => number)
}

/** Rows of a list that has no `first`: variants of a product, lines of a cart. */
export const ROWS_OF_LIST = 5

/** An object costs a point; these are parts of the row they stand in, and cost none. */
export const PARTS: ReadonlySet<string> = new Set([
  'Address',
  'Allocation',
  'LocalizedText',
  'Translation',
  'Money',
  'PageInfo',
  'TaxSummary',
])

/** A mutation takes a transaction, a subscription a place in memory for as long as it is open. */
export const BASE = { query: 1, mutation: 10, subscription: 10 } as const

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 1)

/** What costs more than reading a row, by schema coordinate: a price is chosen, stock is summed, a password is hashed. */
export const WEIGHTS: Readonly<Record<string, Weight>> = {
  'Query.__schema': { own: 500 },
  'Query.__type': { own: 50 },
  'Query.nodes': { rows: ({ ids }) => lengthOf(ids) },
  'Query.categories': { rows: DEFAULT_PAGE },
  'Query.devicePrice': { own: 10 },
  'Variant.price': { own: 2 },
  'Variant.availability': { own: 2 },
  'Variant.prices': { own: 2 },
  'Variant.stock': { own: 2 },
  'Product.priceRange': { own: 4 },
  'Cart.problems': { own: 10 },
  'Cart.trace': { own: 10 },
  'Mutation.cartLineSet': { own: 20 },
  'Mutation.customerSignIn': { own: 200 },
  'Mutation.customerSignUp': { own: 200 },
  'Mutation.devicePurchase': { own: 50 },
  'Mutation.orderPlace': { own: 50 },
  'Mutation.staffCreate': { own: 200 },
  'Mutation.staffPasswordSet': { own: 200 },
  'Mutation.staffSignIn': { own: 200 },
}

/** Counting a whole list. */
export const TOTAL_COUNT = 10
