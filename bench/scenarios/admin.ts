import { atMost, type Scenario } from '../scenario.ts'
import { bare } from '../run/bare.ts'

const query = `{
  products(first: 10, sort: {field: UPDATED_AT, direction: DESC}) {
    totalCount
    nodes { id name slug status version updatedAt images { url } variants { id sku stock { onHand reserved available location { name } } } priceRange { min { formatted } max { formatted } } }
    pageInfo { hasNextPage endCursor }
  }
}`

export const scenarios: readonly Scenario[] = [
  {
    name: 'admin-products',
    title: 'The list of 10 products that staff see, with their stock at every location and the whole count',
    rungs: { bare, ours: { label: 'ours, signed in', serve: ({ api }) => api() } },
    setup: ({ shop }) => Promise.resolve({ token: shop.staffToken }),
    request: ({ token }) => ({
      headers: { authorization: `Bearer ${String(token)}` },
      body: JSON.stringify({ query }),
    }),
    goals: ({ ours }) => [
      atMost('statements of ours, at most 10', { value: ours?.['statements'], limit: 10.4 }),
    ],
  },
]
