import { optionListRequest, productListRequest, productPageRequest } from '../plain/documents.ts'
import { plainList } from '../plain/product-list.ts'
import { bare } from '../run/bare.ts'
import { atLeast, atMost, type Figures, type Scenario } from '../scenario.ts'

type Medians = Readonly<Record<string, Figures>>

const ladder = { ours: { label: 'ours, no cache', serve: ({ api }) => api() } } satisfies Scenario['rungs']

const cached = {
  cached: { label: 'ours, cached', serve: ({ api }) => api().listener },
} satisfies Scenario['rungs']

const againstPlain = ({ plain, ours, cached: kept }: Medians) => [
  atLeast('requests/s of ours by those of the same SQL without GraphQL, at least 0.50', {
    ours: ours?.['perSecond'],
    of: plain?.['perSecond'],
    share: 0.5,
  }),
  atLeast('requests/s of ours cached by those of the same SQL without GraphQL, at least 3', {
    ours: kept?.['perSecond'],
    of: plain?.['perSecond'],
    share: 3,
    cause:
      'an answer is kept 15 s, and between its turns this rung waits longer: in each it is made anew once, of 1,000 products',
  }),
]

interface List {
  readonly name: string
  readonly first: number
  readonly withOptions: boolean
  readonly statements: number
}

const list = ({ name, first, withOptions, statements }: List): Scenario => ({
  name,
  title: `${first} products with their variants${withOptions ? ', options' : ''}, what they cost in a channel, stock and promotions`,
  rungs: {
    bare,
    plain: { label: 'same SQL, no GraphQL', serve: (env) => plainList(env, { withOptions }) },
    ...ladder,
    ...cached,
  },
  request: () => (withOptions ? optionListRequest : productListRequest)(first),
  goals: (medians) => [
    ...againstPlain(medians),
    // The channels are read anew every few seconds: that is no statement of a request.
    atMost(`statements of ours, at most ${statements}`, {
      value: medians['ours']?.['statements'],
      limit: statements + 0.4,
    }),
  ],
})

export const scenarios: readonly Scenario[] = [
  list({ name: 'list-20', first: 20, withOptions: false, statements: 4 }),
  list({ name: 'list-1000', first: 1_000, withOptions: false, statements: 4 }),
  list({ name: 'list-options-10', first: 10, withOptions: true, statements: 6 }),
  list({ name: 'list-options-1000', first: 1_000, withOptions: true, statements: 6 }),
  {
    name: 'one-product',
    title: 'One product by slug with all that its page shows',
    rungs: { bare, ...ladder, ...cached },
    request: () => productPageRequest,
    goals: ({ ours }) => [
      atMost('statements of ours, at most 8', { value: ours?.['statements'], limit: 8.4 }),
    ],
  },
]
