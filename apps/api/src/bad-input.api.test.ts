import { newToken } from '@hilo/access'
import { createTestCustomer } from '@hilo/customers/testing'
import { describe, expect, it } from 'vitest'
import { codes, createTestShop } from './testing/shop.ts'
import { difference, snapshot } from './testing/snapshot.ts'

let now = new Date()
const shop = await createTestShop({ clock: () => now })
const { api, post, people, ids, ctx, sku } = shop

const nested = (depth: number, leaf: unknown, wrap: (inner: unknown) => unknown): unknown => {
  let value = leaf
  for (let level = 0; level < depth; level += 1) value = wrap(value)
  return value
}

const refusals = (answer: Awaited<ReturnType<typeof post>>) => [
  ...codes(answer),
  ...Object.values(answer.data ?? {}).flatMap((payload) =>
    ((payload as { userErrors?: { code: string }[] } | null)?.userErrors ?? []).map(({ code }) => code),
  ),
]

describe('a query that is none', () => {
  it.each([
    ['nothing', '', 'GRAPHQL_PARSE_FAILED'],
    ['a brace', '{', 'GRAPHQL_PARSE_FAILED'],
    ['another language', 'select * from customer', 'GRAPHQL_PARSE_FAILED'],
    // Whether the stack or the tokens end first depends on what the engine has compiled by then.
    ['100,000 braces', '{a'.repeat(100_000), 'GRAPHQL_PARSE_FAILED or QUERY_LIMIT_EXCEEDED'],
    [
      'a list 10,000 deep',
      `{ nodes(ids: ${'['.repeat(10_000)}) { id } }`,
      'GRAPHQL_PARSE_FAILED or QUERY_LIMIT_EXCEEDED',
    ],
    ['300 levels', `${'{ a '.repeat(300)}${'}'.repeat(300)}`, 'GRAPHQL_PARSE_FAILED'],
    ['20,000 fields', `{ ${'__typename '.repeat(20_000)} }`, 'QUERY_LIMIT_EXCEEDED'],
    ['a fragment of itself', '{ ...a } fragment a on Query { ...a }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two operations without a name',
      'query a { shop { code } } query b { shop { code } }',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('is refused: %s', async (_what, query, code) => {
    const answer = await post({ query })
    expect(answer.errors?.length).toBeGreaterThan(0)
    if (query) expect(code.split(' or ')).toContain(codes(answer)[0])
    expect(await post({ query: '{ shop { code } }' })).toMatchObject({ data: { shop: { code: 'demo' } } })
  })

  it.each([
    '',
    '[]',
    'null',
    '7',
    '"text"',
    '{"query": 7}',
    '{"query":"{ shop { code } }","variables":[]}',
    '\0',
  ])('is refused as the body %j', async (body) => {
    const answer = await post(body)
    expect([200, 400]).toContain(answer.status)
    expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR')
    expect(answer.errors?.length).toBeGreaterThan(0)
  })
})

describe('credentials that prove nothing', () => {
  const asks = (headers: Record<string, string>) => post({ query: '{ shop { code } }' }, headers)

  it.each([
    ['forged tokens', { authorization: `Bearer ${newToken('staff')}` }],
    ['forged keys', { authorization: `Bearer ${newToken('apiKey')}` }],
    ['credentials of devices', { authorization: `Bearer ${newToken('credential')}` }],
    ['other schemes', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
    ['a scheme without a token', { authorization: 'Bearer' }],
    ['a token without a scheme', { authorization: newToken('staff') }],
    ['two tokens', { authorization: 'Bearer a b' }],
    ['huge tokens', { authorization: `Bearer ${'x'.repeat(10_000)}` }],
    ['forged cookies', { cookie: 'hilo_session=hs_x', 'hilo-csrf': '1' }],
    ['a device without a key', { 'hilo-device': ids.device }],
  ])('are refused rather than served as a guest: %s', async (_what, headers) => {
    expect(codes(await asks(headers))).toEqual(['UNAUTHENTICATED'])
  })

  it('are those of a session that was signed out', async () => {
    const { id } = await createTestCustomer(ctx)
    const session = await shop.bearer('customer', id)
    expect(codes(await asks(session))).toEqual([])
    await post({ query: 'mutation { customerSignOut(input: {}) { userErrors { code } } }' }, session)
    expect(codes(await asks(session))).toEqual(['UNAUTHENTICATED'])
  })

  it('are those of a session that has expired', async () => {
    const session = await shop.bearer('staff', (await createTestCustomer(ctx)).id)
    const before = now
    now = new Date(now.getTime() + 13 * 3_600_000)
    expect(codes(await asks(session))).toEqual(['UNAUTHENTICATED'])
    expect(codes(await asks(people.staff))).toEqual(['UNAUTHENTICATED'])
    now = before
    expect(codes(await asks(people.staff))).toEqual([])
  })

  it('are a key that speaks for a device that is none, or without the permission to', async () => {
    const as = (device: string, who = people.edge) => asks({ ...who, 'hilo-device': device })
    expect(codes(await as(ids.device))).toEqual([])
    expect(codes(await as('nonsense'))).toEqual(['INVALID_ID'])
    expect(codes(await as(ids.product))).toEqual(['INVALID_ID'])
    expect(codes(await as(ids.device, people.staff))).toEqual(['FORBIDDEN'])
  })
})

describe('a cursor', () => {
  const lists = ['products', 'promotions', 'customers', 'orders', 'devices', 'movements']
  const of = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  const cursors = [
    'nonsense',
    '',
    of(),
    of('a'),
    of('a', 'b'),
    of(null, null),
    of({}, []),
    of(1e308, -1),
    'x'.repeat(100_000),
  ]

  it.each(lists)('of something else is refused by %s', async (list) => {
    const query = `query ($after: String) { list: ${list}(after: $after) { edges { cursor } } }`
    for (const after of cursors) {
      const answer = await post({ query, variables: { after } }, people.staff)
      if (after) expect([after.slice(0, 40), codes(answer)]).toEqual([after.slice(0, 40), ['INVALID_CURSOR']])
      else expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR')
    }
  })

  it.each(['nonsense', of('18446744073709551615', '1'), of('1'), of('-1', '1'), 'x'.repeat(100_000)])(
    'of the log that is none, or of the future, is refused by a subscription: %.20s',
    async (after) => {
      const response = await api.fetch('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({
          query: 'subscription ($after: String) { productChanged(after: $after) { eventId } }',
          variables: { after },
        }),
      })
      const text = await response.text()
      expect(text).toContain('INVALID_CURSOR')
      expect(text).toContain('event: complete')
    },
  )
})

describe('an input that is too large or too deep', () => {
  const products = 'query ($where: ProductWhere) { products(where: $where) { totalCount } }'
  const orders = 'query ($where: OrderWhere) { orders(where: $where) { totalCount } }'
  const promotion =
    'mutation ($definition: JSON!) { promotionCreate(input: { name: { en: "x" }, definition: $definition }) { userErrors { code } } }'
  const cart =
    'mutation ($lines: [CartLineInput!]) { cartCreate(input: { lines: $lines }) { userErrors { code } } }'
  const deep = (depth: number) => ({
    not: { where: nested(depth, {}, (not) => ({ not })) },
    and: { where: nested(depth, {}, (inner) => ({ and: [inner] })) },
  })
  const many = Array.from({ length: 20_000 }, (_, index) => index)

  it.each([
    ['a filter 60 deep', products, deep(60).not],
    ['a filter of lists 30 deep', products, deep(30).and],
    ['a filter 1,000 deep', products, deep(1_000).not],
    ['a filter of orders 60 deep', orders, deep(60).not],
    ['a filter of orders 30 lists deep', orders, deep(30).and],
    ['a filter of 20,000 parts', products, { where: { or: many.map(() => ({})) } }],
    ['a filter of orders with 20,000 parts', orders, { where: { or: many.map(() => ({})) } }],
    ['a rule 60 deep', promotion, { definition: nested(60, {}, (inner) => ({ all: [inner] })) }],
    ['a rule 1,000 deep', promotion, { definition: nested(1_000, [], (inner) => [inner]) }],
    [
      'a rule with 20,000 members',
      promotion,
      { definition: Object.fromEntries(many.map((n) => [`m${n}`, n])) },
    ],
    ['20,000 lines', cart, { lines: many.map(() => ({ sku, quantity: 1 })) }],
    ['properties of 100 kB', cart, { lines: [{ sku, quantity: 1, properties: { a: 'x'.repeat(100_000) } }] }],
    ['nested properties', cart, { lines: [{ sku, quantity: 1, properties: { a: { b: 1 } } }] }],
  ])('is refused with a code, and nothing is written: %s', async (_what, query, variables) => {
    const before = await snapshot(ctx.db)
    const answer = await post({ query, variables }, people.staff)
    expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR')
    expect(refusals(answer)).not.toEqual([])
    expect(difference(before, await snapshot(ctx.db))).toEqual({ added: [], gone: [] })
  })

  it('is refused when it is so deep that only its text can be written', async () => {
    const body = `{"query":${JSON.stringify(promotion)},"variables":{"definition":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
    expect(codes(await post(body, people.staff))).toEqual(['BAD_USER_INPUT'])
  })

  it.each([
    ['ids', 'query ($list: [ID!]!) { nodes(ids: $list) { id } }', many.map(() => ids.product)],
    ['ids that are none', 'query ($list: [ID!]!) { nodes(ids: $list) { id } }', many.map(String)],
    [
      'SKUs',
      'query ($list: [String!]) { products(where: { skus: $list }) { totalCount } }',
      many.map(String),
    ],
    [
      'event types',
      'query ($list: [ID!]) { products(where: { ids: $list }) { totalCount } }',
      many.map(() => ids.product),
    ],
  ])('is answered or refused, and no bug: 20,000 %s', async (_what, query, list) => {
    const answer = await post({ query, variables: { list } }, people.staff)
    expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR')
  })
})

describe('money of another currency', () => {
  const money = { amountMinor: 100, currency: 'USD' }
  it.each([
    [
      'a price in a list in euros',
      'mutation ($money: MoneyInput!, $a: ID!, $b: ID!) { priceSet(input: { amount: $money, variantId: $a, priceListId: $b }) { userErrors { code } } }',
      { a: ids.variant, b: ids.priceList },
      'staff',
    ],
    [
      'the limit of a device in euros',
      'mutation ($money: MoneyInput!, $a: ID!) { deviceUpdate(input: { id: $a, policy: { maxOrder: $money, maxDay: $money } }) { userErrors { code } } }',
      { a: ids.device },
      'owner',
    ],
    [
      'the total expected of a cart in euros',
      'mutation ($money: MoneyInput!, $a: ID!) { orderPlace(input: { idempotencyKey: "currency", cartId: $a, expectedTotal: $money }) { userErrors { code } } }',
      { a: ids.cart },
      'owner',
    ],
  ] as const)('is refused as %s', async (_what, query, variables, who) => {
    const before = await snapshot(ctx.db)
    const answer = await post({ query, variables: { ...variables, money } }, people[who])
    expect(codes(answer)).toEqual([])
    expect(refusals(answer)).toHaveLength(1)
    expect(difference(before, await snapshot(ctx.db))).toEqual({ added: [], gone: [] })
  })
})
