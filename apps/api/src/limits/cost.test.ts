import { getOperationAST, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../schema.ts'
import { costOf } from './cost.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { BASE, PARTS, ROWS_AGAIN, ROWS_OF_LIST, WEIGHTS } from './weights.ts'

const cost = (query: string, variables?: Record<string, unknown>) => {
  const document = parse(query)
  expect(validate(schema, document).map(({ message }) => message)).toEqual([])
  return costOf({ schema, document, operation: getOperationAST(document)!, variables })
}

describe('the cost of an operation', () => {
  it('is a point for it and one for each object, and none for what stands in the row', () => {
    expect(cost('{ shop { code name } }')).toBe(2)
    expect(cost('{ variant(sku: "a") { sku price { unit { decimal } } } }')).toBe(1 + 1 + 2 + 1)
  })

  it('counts `first` of a connection, said, in a variable, by default of the variable, or not said', () => {
    const products = (args: string) => `products${args} { nodes { id } }`
    expect(cost(`{ ${products('(first: 7)')} }`)).toBe(1 + 1 + 7)
    expect(cost(`query ($n: Int) { ${products('(first: $n)')} }`, { n: 9 })).toBe(1 + 1 + 9)
    expect(cost(`query ($n: Int = 11) { ${products('(first: $n)')} }`)).toBe(1 + 1 + 11)
    expect(cost(`query ($n: Int = 11) { ${products('(first: $n)')} }`, { n: null })).toBe(1 + 1 + 20)
    expect(cost(`{ ${products('')} }`)).toBe(1 + 1 + 20)
  })

  it('is never less than nothing, and of a page never more than the largest page', () => {
    const query = 'query ($n: Int) { products(first: $n) { nodes { id } } }'
    for (const n of [-5, 0, 'text', [], Number.NaN]) expect(cost(query, { n })).toBeGreaterThanOrEqual(2)
    expect(cost(query, { n: 2 ** 31 - 1 })).toBe(1 + 1 + 1_000)
  })

  it('multiplies what stands inside of lists, by edges as by nodes', () => {
    const variants = `variants { sku price { unit { decimal } } }`
    const each = 1 + ROWS_OF_LIST * (1 + 2 + 1)
    expect(cost(`{ products(first: 10) { nodes { ${variants} } } }`)).toBe(1 + 1 + 10 * each)
    expect(cost(`{ products(first: 10) { edges { cursor node { ${variants} } } } }`)).toBe(1 + 1 + 10 * each)
    expect(cost('{ categories { products(first: 100) { nodes { id } } } }')).toBe(1 + 20 * (1 + 1 + 100))
  })

  it('counts a whole list once, not for each row', () => {
    expect(cost('{ products(first: 100) { totalCount pageInfo { hasNextPage } } }')).toBe(1 + 1 + 10)
  })

  it('counts the ids of nodes, and each alias', () => {
    expect(cost('{ nodes(ids: ["a", "b", "c"]) { id } }')).toBe(1 + 3)
    expect(cost('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b'] })).toBe(1 + 2)
    expect(cost('{ a: shop { code } b: shop { code } }')).toBe(1 + 2)
  })

  it('counts fragments at each place, and a bomb of them without writing it out', () => {
    const query = `{ ...a products(first: 5) { ...page } } fragment a on Query { shop { code } }
      fragment page on ProductConnection { nodes { ...p } } fragment p on Product { variants { id } }`
    expect(cost(query)).toBe(1 + 1 + 1 + 5 * (1 + ROWS_OF_LIST))
    const bomb = Array.from({ length: 50 }, (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)
    const document = parse(`{ ...f0 } ${bomb.join(' ')} fragment f50 on Query { shop { code } }`)
    expect(costOf({ schema, document, operation: getOperationAST(document)! })).toBe(2 ** 50 + 1)
  })

  it('has a base for what writes and for what stays open', () => {
    expect(cost('mutation { customerSignOut(input: {}) { replayed } }')).toBe(BASE.mutation + 1)
    expect(cost('subscription { priceChanged { eventId } }')).toBe(BASE.subscription + 1)
    expect(cost('mutation { staffSignIn(input: { email: "a", password: "b" }) { token } }')).toBe(211)
  })

  it('of the whole introspection is allowed', () => {
    expect(cost('{ __schema { types { name fields { name type { name } } } } }')).toBeLessThan(
      DEFAULT_LIMITS.cost,
    )
  })

  it('of a list below itself is that of a full one, so that no shop’s largest lists multiply', () => {
    const nest = (field: string, depth: number): string =>
      depth === 0 ? 'id' : field.replace('*', nest(field, depth - 1))
    const inProduct = (field: string, depth: number) =>
      cost(`{ product(slug: "a") { ${nest(field, depth)} } }`)
    const related = 'related(kind: SIMILAR) { * }'
    expect(inProduct(related, 1)).toBe(1 + 1 + ROWS_OF_LIST)
    expect(inProduct(related, 2)).toBe(1 + 1 + ROWS_OF_LIST * (1 + ROWS_AGAIN))
    for (const way of [
      related,
      'variants { product { * } }',
      'categories { products(first: 1) { nodes { * } } }',
      'collections { products(first: 1) { nodes { * } } }',
      'variants { components { variant { product { * } } } }',
      'categories { parent { children { products(first: 1) { nodes { * } } } } }',
    ])
      expect([way, inProduct(way, 4) > DEFAULT_LIMITS.cost]).toEqual([way, true])
    const upAndDown = nest('children { parent { * } }', 4)
    expect(cost(`{ categories { ${upAndDown} } }`)).toBeGreaterThan(DEFAULT_LIMITS.cost)
    expect(cost(`{ categories { ${nest('children { name * }', 4)} } }`)).toBeLessThan(DEFAULT_LIMITS.cost)
    const fragments = `{ product(slug: "a") { ...p } } fragment p on Product { related(kind: SIMILAR) { ...q } }
      fragment q on Product { related(kind: SIMILAR) { id } }`
    expect(cost(fragments)).toBe(inProduct(related, 2))
  })

  it('of what prices or searches much at once is what was asked for', () => {
    const report = (input: string) => cost(`{ parityReport(input: { ${input} }) { truncated } }`)
    expect(report('variantIds: ["a", "b"], channelIds: ["c", "d", "e"]')).toBe(1 + 12 + 1)
    expect(report('categoryId: "c"')).toBe(1 + 20_000 + 1)
    const variables = {
      input: { variantIds: Array.from({ length: 5_000 }, String), channelIds: ['a', 'b', 'c'] },
    }
    const byVariable = 'query ($input: ParityReportInput!) { parityReport(input: $input) { truncated } }'
    expect(cost(byVariable, variables)).toBe(1 + 20_000 + 1)
    const facets = Array.from({ length: 30 }, (_, n) => `"option:${n}"`).join(' ')
    expect(cost(`{ productSearch(facets: [${facets}]) { complete } }`)).toBe(1 + 70 + 1)
    const view = (ids: string) =>
      `{ viewAs(viewer: {}) { shelfPrices(variantIds: [${ids}]) { unit { decimal } } } }`
    expect(cost(view('"a"'))).toBeLessThan(cost(view('"a", "b", "c"')))
  })

  it('of guessing codes lets a guest try a hundred a second, however many are in one operation', () => {
    const one = (n: number) => `a${n}: cartCouponAdd(input: { cartId: "c", code: "${n}" }) { replayed }`
    const twenty = cost(`mutation { ${Array.from({ length: 20 }, (_, n) => one(n)).join(' ')} }`)
    expect(DEFAULT_LIMITS.actors.guest.perSecond / (twenty / 20)).toBeLessThan(100)
  })

  it('allows a page of 1,000 products with their prices and stock, and no 1,000 pages of it', () => {
    const row = 'variants { sku price { unit { decimal } } availability { status } }'
    expect(cost(`{ products(first: 1000) { nodes { ${row} } } }`)).toBeLessThan(DEFAULT_LIMITS.cost)
    const nested = `{ categories { products(first: 1000) { nodes { ${row} } } } }`
    expect(cost(nested)).toBeGreaterThan(DEFAULT_LIMITS.cost)
  })
})

describe('the weights', () => {
  it('are of fields and types that the schema has', () => {
    for (const coordinate of Object.keys(WEIGHTS)) {
      const [type = '', field = ''] = coordinate.split('.')
      const parent = schema.getType(type)
      const has = field.startsWith('__') || (parent && 'getFields' in parent && field in parent.getFields())
      expect([coordinate, has]).toEqual([coordinate, true])
    }
    for (const type of PARTS) expect([type, schema.getType(type) !== undefined]).toEqual([type, true])
  })
})
