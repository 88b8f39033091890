import { DEFAULT_PAGE } from '@hilo/graphql'

type Args = Readonly<Record<string, unknown>>

/** What a field costs beside what is selected in it, and how many rows a list is taken for. */
export interface Weight {
  /** Points of the field itself, for each time it is answered. */
  readonly own?: number | ((args: Args) => number)
  readonly rows?: number | ((args: Args) => number)
  /** Rows below the same field, also of a field that is no list: a way back, on which lists come again. */
  readonly again?: number
}

/** Rows of a list that has no `first`: variants of a product, lines of a cart. */
export const ROWS_OF_LIST = 5

/**
 * Rows of a list below itself: related products of related products. What is few on average is many for who looks for the
 * fullest, and each level multiplies by it.
 */
export const ROWS_AGAIN = 50

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

/** Cells of a parity report at most, which are the case unless variants are named. */
const MOST_CELLS = 10_000

/** Each cell is a price that is chosen, as in `Variant.price`. */
const cellsOf = ({ input }: Args): number => {
  const { variantIds, channelIds, segmentIds, deviceKinds, times } = (input ?? {}) as Args
  const columns = [channelIds, segmentIds, deviceKinds, times].map((list) => Math.max(1, lengthOf(list)))
  const width = columns.reduce((product, each) => product * each, 1)
  return Math.min(MOST_CELLS, variantIds ? width * lengthOf(variantIds) : MOST_CELLS)
}

/** What costs more than reading a row, by schema coordinate: a price is chosen, stock is summed, a password is hashed. */
export const WEIGHTS: Readonly<Record<string, Weight>> = {
  'Query.__schema': { own: 500 },
  'Query.__type': { own: 50 },
  'Query.nodes': { rows: ({ ids }) => lengthOf(ids) },
  'Query.categories': { rows: DEFAULT_PAGE },
  'Query.parityReport': { own: (args) => 2 * cellsOf(args) },
  'Query.priceExplanation': { own: 10 },
  'Query.productSearch': { own: ({ facets }) => 10 + 2 * (facets ? lengthOf(facets) : 0) },
  'Query.searchSuggest': { own: 10 },
  'View.shelfPrices': { own: 2, rows: ({ variantIds }) => lengthOf(variantIds) },
  'View.cart': { own: 10 },
  // A tree is written level by level; up and down again it has no end.
  'Category.children': { again: ROWS_OF_LIST },
  'Category.parent': { again: 10 },
  'Product.variants': { again: 2_000 },
  'Query.devicePrice': { own: 10 },
  'Variant.price': { own: 2 },
  'Variant.availability': { own: 2 },
  'Variant.prices': { own: 2 },
  'Variant.stock': { own: 2 },
  'Product.priceRange': { own: 4 },
  'Cart.problems': { own: 10 },
  'Cart.trace': { own: 10 },
  // A guess at a code.
  'Mutation.cartCouponAdd': { own: 200 },
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
