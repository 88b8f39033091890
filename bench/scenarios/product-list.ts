import { atLeast, atMost, type Scenario } from '../scenario.ts'
import { plainList } from '../plain/product-list.ts'
import { bare } from '../run/bare.ts'

const query = `query List($first: Int!) {
  products(first: $first) {
    nodes {
      id slug name
      variants {
        id sku name
        price {
          unit { amountMinor currency decimal formatted }
          list { amountMinor }
          promotions { name amount { amountMinor } }
        }
        availability { status quantity }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`

export const scenarios: readonly Scenario[] = [
  {
    name: 'list-20',
    title: '20 products with their variants, what they cost in a channel, stock and promotions',
    rungs: {
      bare,
      plain: { label: 'same SQL, no GraphQL', serve: plainList },
      ours: { label: 'ours, no cache', serve: ({ api }) => api() },
      cached: { label: 'ours, cached', serve: ({ api }) => api().listener },
    },
    request: () => ({ body: JSON.stringify({ query, variables: { first: 20 } }) }),
    goals: ({ plain, ours, cached }) => [
      atLeast('requests/s of ours cached by those of the same SQL without GraphQL, at least 3', {
        ours: cached?.['perSecond'],
        of: plain?.['perSecond'],
        share: 3,
      }),
      atLeast('requests/s of ours by those of the same SQL without GraphQL, at least 0.50', {
        ours: ours?.['perSecond'],
        of: plain?.['perSecond'],
        share: 0.5,
      }),
      atMost('statements of ours', { value: ours?.['statements'], limit: 4 }),
    ],
  },
]
