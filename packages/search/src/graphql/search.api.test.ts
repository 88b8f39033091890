import { createTestCollection, createTestProduct, createTestType, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { encodeId, GUEST, type Uuid } from '@hilo/kernel'
import { insertPrices } from '@hilo/prices'
import { createTestPriceList } from '@hilo/prices/testing'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createTestSynonym, indexAll, putOnShelves } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
const guest = { ...staff, actor: GUEST }

const type = await createTestType(staff, {
  code: 'lamp',
  attributes: [
    { code: 'material', kind: 'CHOICE', choices: ['brass', 'glass'] },
    { code: 'height', kind: 'NUMBER' },
    { code: 'supplier-code', kind: 'TEXT', internal: true },
  ],
})

const lamps: { readonly productId: Uuid; readonly variantId: Uuid }[] = []
for (let n = 0; n < 6; n += 1)
  lamps.push(
    await createTestProduct(staff, {
      sku: `LAMP-${n}`,
      name: { en: `Lamp ${String.fromCharCode(102 - n)}`, es: `Lámpara ${n}` },
      category: n < 4 ? 'light/floor' : 'light/table',
      productType: type,
      attributes: [
        { code: 'material', choice: n % 2 === 0 ? 'brass' : 'glass' },
        ...(n === 5 ? [] : [{ code: 'height', number: 100 - 10 * n }]),
        { code: 'supplier-code', text: `topsecret${n}` },
      ],
    }),
  )
await createTestProduct(staff, { sku: 'DRAFTED', name: { en: 'Hidden lantern' }, status: 'DRAFT' })
await createTestProduct(staff, { sku: 'ABROAD', name: { en: 'Foreign lantern' }, channelIds: [webUs.id] })
await createTestProduct(staff, { sku: "L'ÉTÉ \\ 5", name: { en: 'Odd code' } })
const shown = await createTestCollection(staff, { slug: 'shown', productIds: [lamps[0]!.productId] })
const kept = await createTestCollection(staff, {
  slug: 'kept',
  channelIds: [webUs.id],
  productIds: [lamps[1]!.productId],
})
const locationId = await createTestLocation(db, { channelIds: [webEu.id] })
await createTestStock(db, locationId, { [lamps[2]!.variantId]: 5 })
for (const [n, { variantId }] of lamps.entries())
  await sql`
    insert into price_history (variant_id, channel_id, currency, list_minor, amount_minor, at)
    values (${variantId}, ${webEu.id}, 'EUR', ${1000 * (n + 1)}, ${1000 * (n + 1)}, now())`.execute(db)
for (const name of ['Clay', 'Broken'])
  await createTestProduct(staff, {
    sku: `${name} vase`,
    name: { en: `${name} vase` },
    channelIds: [webUs.id],
  })
await putOnShelves(staff)
await createTestProduct(staff, {
  sku: 'priceless vase',
  name: { en: 'Priceless vase' },
  channelIds: [webUs.id],
})
const traded = await createTestProduct(staff, {
  sku: 'traded vase',
  name: { en: 'Traded vase' },
  channelIds: [webUs.id],
})
await createTestPriceList(staff, { code: 'trade', kind: 'CONTRACT', currency: 'USD' })
await seeding(staff, (inner) =>
  insertPrices(inner, [{ variantId: traded.variantId, list: 'trade', amountMinor: 900n }]),
)
await db.updateTable('variant').set({ archived_at: staff.now() }).where('sku', '=', 'Broken vase').execute()
await createTestSynonym(staff, { terms: ['luminaire', 'lamp'] })
await indexAll(staff)

interface Found {
  readonly nodes: readonly { readonly slug: string }[]
  readonly edges: readonly { readonly cursor: string }[]
  readonly totalCount: number
  readonly complete: boolean
  readonly suggestion: string | null
  readonly facets: readonly {
    readonly facet: string
    readonly minimum: number | null
    readonly maximum: number | null
    readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[]
  }[]
}

const SOURCE = `query ($query: String, $where: ProductSearchWhere, $facets: [String!], $sort: ProductSearchSort,
  $first: Int, $after: String) {
  productSearch(query: $query, where: $where, facets: $facets, sort: $sort, first: $first, after: $after) {
    nodes { slug } edges { cursor } totalCount complete suggestion
    facets { facet minimum maximum values { value label count } }
  }
}`

const search = (variables: object, ctx: typeof staff = guest) =>
  ask<{ productSearch: Found }>(SOURCE, { ctx, variables: { ...variables } })

const found = async (variables: object, ctx: typeof staff = guest): Promise<Found> => {
  const { data, errors } = await search(variables, ctx)
  expect(errors).toBeUndefined()
  return data.productSearch
}

const slugs = async (variables: object, ctx?: typeof staff): Promise<string[]> =>
  (await found(variables, ctx)).nodes.map(({ slug }) => slug)

const code = async (variables: object) => (await search(variables)).errors?.[0]?.extensions?.['code']

const lampsAt = (...numbers: number[]) => numbers.map((n) => `lamp-${n}`)

describe('what is found', () => {
  it('is sold in this channel, whoever asks', async () => {
    for (const ctx of [guest, staff]) {
      expect(await slugs({ query: 'lantern' }, ctx)).toEqual([])
      expect(await slugs({ query: 'drafted' }, ctx)).toEqual([])
    }
    expect(await slugs({ query: 'lantern' }, { ...guest, channel: webUs })).toEqual(['abroad'])
  })

  it('has a variant with a price in this channel, be it for some customers; staff find all in the list of products', async () => {
    const abroad = { ...guest, channel: webUs }
    const vases = { query: 'vase', sort: { by: 'PRICE' } }
    expect(await slugs(vases, abroad)).toEqual(['clay-vase', 'traded-vase'])
    expect(await slugs({ query: 'priceless' }, abroad)).toEqual([])
    expect(await slugs({ query: 'broken' }, abroad)).toEqual([])
    const { data } = await ask<Found>(
      '{ searchSuggest(prefix: "pricel") products(where: { search: "vase" }) { totalCount } }',
      { ctx: { ...staff, channel: webUs } },
    )
    expect(data).toEqual({ searchSuggest: [], products: { totalCount: 4 } })
  })

  it('is nothing by an attribute that is internal', async () => {
    expect(await slugs({ query: 'topsecret1' })).toEqual([])
    expect(await slugs({ where: { attributes: [{ code: 'supplier-code', in: ['topsecret1'] }] } })).toEqual(
      [],
    )
  })

  it('is found by a code with any signs in it', async () => {
    expect(await slugs({ query: "l'été \\ 5" })).toEqual(['l-t-5'])
  })

  it('tells no word of what is not sold here', async () => {
    const { data } = await ask(`{ a: searchSuggest(prefix: "la") b: searchSuggest(prefix: "floor la") }`, {
      ctx: guest,
    })
    expect(data).toEqual({ a: ['lamp'], b: ['floor lamp'] })
    expect((await found({ query: 'lanterm' })).suggestion).toBeNull()
  })
})

describe('filters', () => {
  it.each([
    [
      'a category with all below it',
      { query: 'lamp', where: { attributes: [{ code: 'material', in: ['glass'] }] } },
      3,
    ],
    ['a number between bounds', { where: { attributes: [{ code: 'height', atLeast: 70, atMost: 90 }] } }, 3],
    ['a price between bounds', { where: { priceAtLeast: 2000, priceAtMost: 3000 } }, 2],
    ['what can be had', { where: { available: true } }, 1],
    ['a product type that is none', { where: { productType: 'nothing' } }, 0],
    [
      'several at once',
      {
        where: { productType: 'lamp', priceAtMost: 3000, attributes: [{ code: 'material', in: ['brass'] }] },
      },
      2,
    ],
  ])('by %s', async (_what, variables, count) => {
    expect(await found(variables)).toMatchObject({ totalCount: count, nodes: { length: count } })
  })

  it('by a category with all that is below, and by a collection that is published here', async () => {
    const row = await db
      .selectFrom('category')
      .select('id')
      .where('slug', '=', 'light')
      .executeTakeFirstOrThrow()
    expect(await slugs({ where: { category: encodeId('category', row.id) } })).toHaveLength(6)
    expect(await slugs({ where: { collection: encodeId('collection', shown) } })).toEqual(lampsAt(0))
    expect(await slugs({ where: { collection: encodeId('collection', kept) } })).toEqual([])
  })
})

describe('sorting', () => {
  it('by an attribute takes a number or a date that products are filtered by', async () => {
    for (const attribute of [undefined, 'nope', 'material', 'supplier-code', 'x\0']) {
      expect(await code({ sort: { by: 'ATTRIBUTE', attribute } })).toBe('SEARCH_SORT_ATTRIBUTE_UNKNOWN')
    }
  })

  it.each([
    [{ by: 'NAME' }, lampsAt(5, 4, 3, 2, 1, 0)],
    [{ by: 'NAME', descending: true }, lampsAt(0, 1, 2, 3, 4, 5)],
    [{ by: 'PRICE' }, lampsAt(0, 1, 2, 3, 4, 5)],
    [{ by: 'PRICE', descending: true }, lampsAt(5, 4, 3, 2, 1, 0)],
    [{ by: 'ATTRIBUTE', attribute: 'height' }, lampsAt(4, 3, 2, 1, 0, 5)],
    [{ by: 'ATTRIBUTE', attribute: 'height', descending: true }, lampsAt(0, 1, 2, 3, 4, 5)],
    [{ by: 'NEWEST' }, lampsAt(5, 4, 3, 2, 1, 0)],
  ])('%j, and page by page the same', async (sort, expected) => {
    expect(await slugs({ query: 'lamp', sort })).toEqual(expected)
    const paged: string[] = []
    let after: string | undefined
    for (let page = 0; page < 3; page += 1) {
      const { nodes, edges } = await found({ query: 'lamp', sort, first: 2, after })
      paged.push(...nodes.map(({ slug }) => slug))
      after = edges.at(-1)!.cursor
    }
    expect(paged).toEqual(expected)
  })

  it('by what can be had', async () => {
    expect((await slugs({ query: 'lamp', sort: { by: 'AVAILABILITY' } }))[0]).toBe('lamp-2')
  })
})

it('counts facets with their labels, prices in round ranges, and only collections that are published here', async () => {
  const facets = ['attribute:material', 'attribute:height', 'price', 'available', 'collection', 'category']
  const answer = await found({ query: 'lamp', facets })
  expect(answer.complete).toBe(true)
  const [material, height, price, available, collections, categories] = answer.facets
  expect(material!.values).toEqual([
    { value: 'brass', label: 'brass', count: 3 },
    { value: 'glass', label: 'glass', count: 3 },
  ])
  expect(height).toMatchObject({ minimum: 60, maximum: 100 })
  expect(price).toMatchObject({ minimum: 1000, maximum: 6000 })
  expect(price!.values.reduce((sum, { count }) => sum + count, 0)).toBe(6)
  expect(available!.values).toEqual([
    { value: 'false', label: 'false', count: 5 },
    { value: 'true', label: 'true', count: 1 },
  ])
  expect(collections!.values.map(({ value }) => value)).toEqual([encodeId('collection', shown)])
  expect(categories!.values.map(({ label, count }) => `${label} ${count}`)).toEqual([
    'light 6',
    'floor 4',
    'table 2',
  ])
})

it('counts prices, availability and numbers too without their own filter, with one statement more', async () => {
  const facets = ['price', 'available', 'attribute:material', 'attribute:height']
  const where = { priceAtMost: 3000, available: false, attributes: [{ code: 'height', atMost: 90 }] }
  const { result, statements } = await recordStatements(() => found({ query: 'lamp', facets, where }))
  const [price, available, material, height] = result.facets
  expect(result.totalCount).toBe(1)
  expect(price).toMatchObject({ minimum: 2000, maximum: 5000 })
  expect(available!.values.map(({ value, count }) => `${value} ${count}`)).toEqual(['false 1', 'true 1'])
  expect(material!.values.map(({ value, count }) => `${value} ${count}`)).toEqual(['glass 1'])
  expect(height).toMatchObject({ minimum: 90, maximum: 100 })
  const plain = await recordStatements(() => found({ query: 'lamp', facets }))
  expect(statements).toHaveLength(plain.statements.length + 1)
})

describe('bad input', () => {
  it.each([
    ['nothing', '', 7],
    ['spaces', '   ', 7],
    ['a NUL', 'lam\0p', 0],
    ['half a character', '\ud83d', 0],
    ['an emoji', '💡', 0],
    ['operators', "lamp & !x | (y <-> z):* '", 0],
    ['what ends a string', "'; drop table product; --", 0],
    ['weights', 'lamp:A', 6],
    ['a pattern', 'lamp%_', 6],
    ['a backslash', '\\', 0],
    ['quotes', '"lamp"', 6],
    ['a synonym', 'LUMINAIRE', 6],
    ['200 characters', 'x'.repeat(200), 0],
    ['many words', 'lamp '.repeat(40), 6],
  ])('%s is a text like others', async (_what, query, count) => {
    expect(await found({ query, facets: ['price'] })).toMatchObject({ totalCount: count })
  })

  it('is refused where it would cost too much, or names nothing', async () => {
    expect(await code({ query: 'x'.repeat(10_000) })).toBe('SEARCH_TOO_LONG')
    expect(await code({ facets: Array.from({ length: 31 }, (_, n) => `option:${n}`) })).toBe(
      'SEARCH_TOO_MANY_FACETS',
    )
    for (const facet of ['channel', 'attribute:nope', 'attribute:supplier-code'])
      expect(await code({ facets: ['price', facet] }), facet).toBe('SEARCH_FACET_UNKNOWN')
    const attributes = Array.from({ length: 51 }, () => ({ code: 'a', is: true }))
    expect(await code({ where: { attributes } })).toBe('SEARCH_FILTER_TOO_LARGE')
    expect(await code({ where: { category: 'nothing' } })).toBe('INVALID_ID')
    expect(await code({ query: 'lamp', after: 'nonsense' })).toBe('INVALID_CURSOR')
    expect(await code({ query: 'lamp', first: 0 })).toBe('PAGE_SIZE_INVALID')
    const { edges } = await found({ query: 'lamp', sort: { by: 'NAME' } })
    expect(await code({ query: 'lamp', after: edges[0]!.cursor })).toBe('INVALID_CURSOR')
  })
})

it('finds synonyms by a part of any of their words', async () => {
  await createTestSynonym(staff, { kind: 'ONE_WAY', terms: ['Candelabro'], replacements: ['wax_lamp'] })
  const listed = async (search: string) => {
    const source =
      'query ($search: String) { searchSynonyms(search: $search) { totalCount nodes { terms } } }'
    interface Listed {
      readonly searchSynonyms: { readonly totalCount: number; readonly nodes: readonly { terms: string[] }[] }
    }
    const { data } = await ask<Listed>(source, { ctx: staff, variables: { search } })
    expect(data.searchSynonyms.totalCount).toBe(data.searchSynonyms.nodes.length)
    return data.searchSynonyms.nodes.flatMap(({ terms }) => terms[0]!)
  }
  expect(await listed('candel')).toEqual(['Candelabro'])
  expect(await listed('LAMP')).toEqual(['luminaire', 'Candelabro'])
  expect(await listed('x_l')).toEqual(['Candelabro'])
  expect(await listed('e_l')).toEqual([])
  expect(await listed(' ')).toHaveLength(2)
})

it('refuses synonyms of nothing, of too much, and in a language that the shop does not write', async () => {
  const create = async (input: object): Promise<unknown> => {
    const { data } = await ask<{ searchSynonymCreate: { userErrors: { code: string }[] } }>(
      `mutation ($input: SearchSynonymCreateInput!) { searchSynonymCreate(input: $input) { userErrors { code } } }`,
      { ctx: staff, variables: { input } },
    )
    return data.searchSynonymCreate.userErrors[0]?.code
  }
  const terms = ['one', 'two']
  expect(await create({ locale: 'fr', kind: 'TWO_WAY', terms })).toBe('SYNONYM_LANGUAGE_UNKNOWN')
  for (const bad of [
    ['one'],
    ['one', '!'],
    ['one', 'a b c d e'],
    ['Ópera', 'opera'],
    terms.concat(Array.from({ length: 20 }, (_, n) => `n${n}`)),
  ])
    expect(await create({ locale: 'en', kind: 'TWO_WAY', terms: bad })).toBe('SYNONYM_INVALID')
  expect(await create({ locale: 'en', kind: 'ONE_WAY', terms })).toBe('SYNONYM_INVALID')
})

it('takes the same statements whatever is found', async () => {
  const count = async (query: string, first: number) =>
    (await recordStatements(() => found({ query, first, facets: ['price', 'category'] }))).statements.length
  const one = await count('lamp', 1)
  expect(await count('lamp', 50)).toBe(one)
  expect(one).toBeLessThanOrEqual(12)
})
