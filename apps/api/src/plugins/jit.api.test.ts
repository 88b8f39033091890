import { describe, expect, it } from 'vitest'
import { callOf, type Given, rootFields } from '../testing/call.ts'
import { createTestShop } from '../testing/shop.ts'

const { post, people, ids, sku } = await createTestShop()

/** An error that is masked names a number of its own; errors have no order (GraphQL §7.1.2). */
const comparable = ({ status, text }: { status: number; text: string }): string => {
  const { errors, ...rest } = JSON.parse(
    text.replace(/"errorId":"[^"]+"/g, '"errorId":0').replace(/number: [\w-]+/g, 'number'),
  ) as { errors?: object[] }
  return `${status} ${JSON.stringify(rest)} ${(errors ?? [])
    .map((error) => JSON.stringify(error))
    .sort()
    .join()}`
}

/** What is answered from the first time, which is interpreted, to one that is compiled; twice, for what is kept in between. */
const timesAnswered = async (body: object, headers = people.guest): Promise<string[]> => {
  const answers: string[] = []
  for (let time = 0; time < 6; time += 1) answers.push(comparable(await post(body, headers)))
  return answers
}

/** What would answer the moment of the request. */
const GIVEN: Readonly<Record<string, Given>> = { viewAs: { 'viewer.at': '2026-06-01T12:00:00Z' } }

const queries = rootFields.filter(([operation]) => operation === 'query')

describe('a compiled query answers the same bytes as an interpreted one', () => {
  it.each(queries.map(([operation, field]) => [field.name, operation, field] as const))(
    'of everything below %s',
    async (name, operation, field) => {
      for (const who of ['guest', 'owner', 'staff'] as const) {
        const answers = await timesAnswered(
          callOf([operation, field], { ids, depth: 3, given: GIVEN[name] ?? {} }),
          people[who],
        )
        expect(answers.filter((answer) => answer !== answers[0])).toEqual([])
      }
    },
  )

  const list = `query List($skip: Boolean!, $where: ProductWhere, $first: Int = 2, $quantity: Int, $sort: ProductSort) {
    products(first: $first, where: $where, sort: $sort) { ...Page edges { node { ... on Product { slug @include(if: $skip) } } } }
    node(id: "${ids.variant}") { __typename ... on Variant { sku stock { onHand } } }
  }
  fragment Page on ProductConnection {
    totalCount nodes { name @skip(if: $skip) createdAt
      variants { sku price(quantity: $quantity) { quantity unit { amountMinor decimal } } stock { onHand } } } }
  query Other { context { locale } }`
  const ask = (variables: object, operationName = 'List') => ({ query: list, variables, operationName })

  it.each([
    ['fragments, skip, include, a default, an interface and a field that is refused', ask({ skip: true })],
    ['a filter that nests into itself', ask({ skip: false, where: { or: [{ skus: [sku] }, { not: {} }] } })],
    ['enums', ask({ skip: false, sort: { field: 'CREATED_AT', direction: 'DESC' } })],
    ['a variable that is missing', ask({})],
    ['a value of an enum that is none', ask({ skip: false, where: { status: 'GONE' } })],
    ['a number that is none', ask({ skip: false, first: 'two' })],
    ['a variable that is null', ask({ skip: false, first: null, quantity: 2 })],
    ['a refusal with its path', ask({ skip: false, quantity: 0 })],
    ['a refused argument', ask({ skip: false, first: -1 })],
    ['the other operation of a document', ask({}, 'Other')],
    ['an operation that is not there', ask({}, 'None')],
    ['a name that objects have of themselves', { query: '{ shop { __proto__: code constructor: name } }' }],
    ['the schema', { query: '{ __schema { queryType { name } } }' }],
  ])('with %s', async (_name, body) => {
    for (const who of ['guest', 'staff'] as const) {
      expect(new Set(await timesAnswered(body, people[who])).size).toBe(1)
    }
  })

  it('when many ask at once', async () => {
    const body = ask({ skip: false })
    const first = comparable(await post(body, people.staff))
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(body, people.staff)))
    expect(new Set(answers.map(comparable))).toEqual(new Set([first]))
  })
})
