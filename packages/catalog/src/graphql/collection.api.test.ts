import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { beforeAll, expect, test } from 'vitest'
import { createTestProduct, createTestType } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }
const products: string[] = []

beforeAll(async () => {
  for (const [index, category] of ['a/b', 'a/c', 'd', 'a'].entries()) {
    const { productId } = await createTestProduct(staff, { sku: `P-${index}`, category })
    products.push(encodeId('product', productId))
  }
  await createTestType(staff, { code: 'shirt', attributes: [{ code: 'size', kind: 'NUMBER' }] })
  await createTestType(staff, { code: 'shoe', attributes: [] })
})

interface Answer {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
  readonly collection?: { readonly id: string; readonly version: number }
}

const mutate = async (name: string, input: object, fields = '__typename'): Promise<Answer> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Answer>>(source, { ctx: staff, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusal = async (name: string, input: object) => {
  const { userErrors } = await mutate(name, input)
  return userErrors[0] && `${userErrors[0].code} ${userErrors[0].path.join('.')}`
}

const create = async (slug: string, over: object = {}) => {
  const made = await mutate(
    'collectionCreate',
    { slug, name: { en: slug }, ...over },
    'collection { id version }',
  )
  expect(made.userErrors).toEqual([])
  return made.collection!.id
}

test('An attribute that a rule names keeps its code and stays filterable', async () => {
  const { attribute } = (await mutate(
    'attributeCreate',
    { code: 'roasted', name: { en: 'Roasted' }, kind: 'BOOLEAN', filterable: true },
    'attribute { id }',
  )) as Answer & { readonly attribute: { readonly id: string } }
  const { id } = attribute
  const ruled = await create('roasted', { rule: { not: { attribute: { code: 'roasted', in: [true] } } } })
  expect(await refusal('attributeUpdate', { id, code: 'toasted' })).toBe('ATTRIBUTE_IN_RULES code')
  expect(await refusal('attributeUpdate', { id, filterable: false })).toBe('ATTRIBUTE_IN_RULES filterable')
  expect(await refusal('attributeDelete', { id })).toBe('ATTRIBUTE_IN_RULES id')
  expect(await refusal('attributeUpdate', { id, name: { en: 'Roasted at all' } })).toBeUndefined()
  expect(await refusal('collectionDelete', { id: ruled })).toBeUndefined()
  expect(await refusal('attributeUpdate', { id, code: 'toasted' })).toBeUndefined()
  expect(await refusal('attributeDelete', { id })).toBeUndefined()
})

const PAGE = `query ($id: ID!, $first: Int, $after: String, $sort: ProductSort) {
  collection(id: $id) { products(first: $first, after: $after, sort: $sort) {
    totalCount nodes { slug } pageInfo { hasNextPage endCursor } } } }`

const slugsIn = async (id: string, variables: object = {}, ctx: typeof guest = guest): Promise<string[]> => {
  const slugs: string[] = []
  let after: string | undefined
  for (;;) {
    const { data, errors } = await ask<{
      collection: {
        products: { nodes: { slug: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
      }
    }>(PAGE, { ctx, variables: { id, first: 2, after, ...variables } })
    expect(errors).toBeUndefined()
    const { nodes, pageInfo } = data.collection.products
    slugs.push(...nodes.map(({ slug }) => slug))
    if (!pageInfo.hasNextPage) return slugs
    after = pageInfo.endCursor
  }
}

test('a collection by hand keeps the order it was given, page by page, through moves and pins', async () => {
  const id = await create('by-hand')
  await mutate('collectionProductsAdd', { id, productIds: products })
  expect(await slugsIn(id)).toEqual(['p-0', 'p-1', 'p-2', 'p-3'])
  await mutate('collectionProductsMove', { id, productIds: [products[3]], afterId: products[0] })
  expect(await slugsIn(id)).toEqual(['p-0', 'p-3', 'p-1', 'p-2'])
  await mutate('collectionProductsMove', { id, productIds: [products[2], products[1]] })
  expect(await slugsIn(id)).toEqual(['p-2', 'p-1', 'p-0', 'p-3'])
  await mutate('collectionProductsMove', { id, productIds: [products[3]], pinned: true })
  expect(await slugsIn(id)).toEqual(['p-3', 'p-2', 'p-1', 'p-0'])
  expect(await slugsIn(id, { sort: { field: 'NAME', direction: 'DESC' } })).toEqual([
    'p-3',
    'p-2',
    'p-1',
    'p-0',
  ])
  await mutate('collectionProductsRemove', { id, productIds: [products[2]] })
  expect(await slugsIn(id)).toEqual(['p-3', 'p-1', 'p-0'])
})

test('products can be moved between the same two for ever', async () => {
  const id = await create('crowded')
  await mutate('collectionProductsAdd', { id, productIds: products })
  for (let n = 0; n < 60; n += 1)
    await mutate('collectionProductsMove', { id, productIds: [products[2 + (n % 2)]], afterId: products[0] })
  expect(await slugsIn(id)).toEqual(['p-0', 'p-3', 'p-2', 'p-1'])
})

test('a collection by rule has its products at once, and another rule others; the preview said so', async () => {
  const id = await create('ruled', { rule: { category: ['a'] } })
  expect(await slugsIn(id)).toEqual(['p-0', 'p-1', 'p-3'])
  const rule = { any: [{ category: ['d'] }, { sku: { startsWith: 'p-3' } }] }
  const source = `query ($input: CollectionRulePreviewInput!) { collectionRulePreview(input: $input) {
    total added { count products { slug } } removed { count products { slug } } } }`
  const input = { collectionId: id, rule, first: 1 }
  const { result: preview, statements } = await recordStatements(() =>
    ask(source, { ctx: staff, variables: { input } }),
  )
  // What the rule names, the difference, and the products of both sides together.
  expect(statements.length).toBeLessThanOrEqual(4)
  expect(preview.data).toEqual({
    collectionRulePreview: {
      total: 2,
      added: { count: 1, products: [{ slug: 'p-2' }] },
      removed: { count: 2, products: [{ slug: 'p-0' }] },
    },
  })
  expect(await slugsIn(id)).toEqual(['p-0', 'p-1', 'p-3'])
  await mutate('collectionUpdate', { id, rule })
  expect((await slugsIn(id)).sort()).toEqual(['p-2', 'p-3'])
  expect(await refusal('collectionProductsAdd', { id, productIds: products })).toBe('COLLECTION_BY_RULE id')
  await mutate('collectionUpdate', { id, rule: null })
  expect(await refusal('collectionProductsAdd', { id, productIds: products })).toBeUndefined()
  expect(await slugsIn(id)).toHaveLength(4)
})

test('a product that changes stands in its collections at once, and says in which', async () => {
  const id = await create('moving', { rule: { all: [{ category: ['d'] }, { name: { contains: 'new' } }] } })
  const answer = await ask<{ productUpdate: { product: { collections: { slug: string }[] } } }>(
    `mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { product { collections { slug } } } }`,
    { ctx: staff, variables: { input: { id: products[2], name: { en: 'Brand NEW' } } } },
  )
  expect(answer.data.productUpdate.product.collections).toContainEqual({ slug: 'moving' })
  expect(await slugsIn(id)).toEqual(['p-2'])
  const { data } = await ask(`query ($id: ID!) { products(where: { collection: $id }) { nodes { slug } } }`, {
    ctx: guest,
    variables: { id },
  })
  expect(data).toEqual({ products: { nodes: [{ slug: 'p-2' }] } })
})

test.each([
  ['no object', 'x', 'RULE_INVALID rule'],
  ['two members', { category: ['a'], not: { category: ['a'] } }, 'RULE_INVALID rule'],
  ['a member nobody knows', { colour: 'red' }, 'RULE_INVALID rule'],
  ['an empty list', { all: [] }, 'RULE_INVALID rule.all'],
  ['an unknown category', { any: [{ category: ['a', 'nowhere'] }] }, 'NOT_FOUND rule.any.0.category.1'],
  ['an unknown type', { productType: ['nothing'] }, 'NOT_FOUND rule.productType.0'],
  ['an unknown attribute', { attribute: { code: 'x', in: [1] } }, 'RULE_INVALID rule.attribute.code'],
  [
    'a range that is empty',
    { attribute: { code: 'size', atLeast: 2, atMost: 1 } },
    'RULE_INVALID rule.attribute',
  ],
  [
    'a range of two kinds',
    { attribute: { code: 'x', atLeast: 2, atMost: '2026-01-01' } },
    'RULE_INVALID rule.attribute',
  ],
  [
    'types that exclude each other',
    { not: { all: [{ productType: ['shirt'] }, { productType: ['shoe'] }] } },
    'RULE_INVALID rule.not.all',
  ],
  ['no days', { createdWithinDays: 0 }, 'RULE_INVALID rule.createdWithinDays'],
  ['U+0000', { name: { contains: '\u0000' } }, 'RULE_INVALID rule'],
  [
    'nesting without end',
    Array.from({ length: 40 }).reduce((rule) => ({ not: rule }), { category: ['a'] }),
    'RULE_INVALID rule',
  ],
  ['too many characters', { name: { contains: 'x'.repeat(60_000) } }, 'RULE_INVALID rule'],
])(
  'a rule that cannot be is refused where it is wrong, and nothing is made: %s',
  async (_what, rule, expected) => {
    expect(await refusal('collectionCreate', { slug: 'bad', name: { en: 'Bad' }, rule })).toBe(expected)
    expect(await db.selectFrom('collection').select('id').where('slug', '=', 'bad').execute()).toEqual([])
  },
)

test('a preview of a rule that is none says where it is wrong, in the language of the request', async () => {
  const source = 'query ($rule: JSON!) { collectionRulePreview(input: { rule: $rule }) { total } }'
  const variables = { rule: { any: [{ category: ['a'] }, { all: [] }] } }
  const { errors } = await ask(source, { ctx: { ...staff, locale: 'es' }, variables })
  expect(errors?.[0]).toMatchObject({
    message: 'La regla no se puede usar: debe ser una lista de 1 elemento como mínimo.',
    extensions: { code: 'RULE_INVALID', path: ['rule', 'any', '1', 'all'] },
  })
})

test('a type is the same by its code and by its id', async () => {
  const { id } = await db
    .selectFrom('product_type')
    .select('id')
    .where('code', '=', 'shirt')
    .executeTakeFirstOrThrow()
  const types = [['shirt'], [encodeId('productType', id)]]
  await create('shirts', { rule: { all: types.map((productType) => ({ productType })) } })
})

test('an unknown channel is named in its refusal', async () => {
  const channelIds = [channels.webEu.id, newId()].map((id) => encodeId('channel', id))
  expect(await refusal('collectionCreate', { slug: 'bad', name: { en: 'Bad' }, channelIds })).toBe(
    'NOT_FOUND channelIds.1',
  )
})

test('a collection is seen where and while it is published; staff see all, and its rule', async () => {
  const from = new Date(TEST_TIME.getTime() + 1_000)
  const id = await create('hidden', { channelIds: [], rule: { category: ['a'] } })
  const seen = async (now: Date, ctx = guest) =>
    (
      await ask<{ collection: object | null }>(`query ($id: ID!) { collection(id: $id) { slug } }`, {
        ctx: { ...ctx, now: () => now },
        variables: { id },
      })
    ).data.collection !== null
  await mutate('collectionPublish', {
    collectionIds: [id],
    channelIds: [encodeId('channel', channels.webEu.id)],
    from: from.toISOString(),
  })
  expect([
    await seen(TEST_TIME),
    await seen(from),
    await seen(from, { ...guest, channel: channels.webUs }),
  ]).toEqual([false, true, false])
  const RULE = `query ($id: ID!) { collection(id: $id) { rule publications { publishedFrom isOpen channel { code } } } }`
  expect((await ask(RULE, { ctx: staff, variables: { id } })).data).toMatchObject({
    collection: {
      rule: { category: [expect.stringMatching(/^cat_/)] },
      publications: [{ publishedFrom: from.toISOString(), isOpen: false, channel: { code: 'web-eu' } }],
    },
  })
  const late = { ...guest, now: () => from }
  expect((await ask(RULE, { ctx: late, variables: { id } })).errors?.[0]?.extensions).toMatchObject({
    code: 'UNAUTHENTICATED',
  })
})

test('collections with pages of their products take the same statements, however many they are', async () => {
  const source = `query ($first: Int) { collections(first: $first) {
    totalCount nodes { slug products(first: 2) { totalCount nodes { slug collections { slug } } }
      byName: products(first: 2, sort: { field: NAME, direction: ASC }) { nodes { slug } } } } }`
  const count = async (first: number) =>
    (await recordStatements(() => ask(source, { ctx: guest, variables: { first } }))).statements.length
  expect(await count(1)).toBe(await count(50))
  expect(await count(50)).toBeLessThanOrEqual(6)
})

test('a category is moved among its siblings, and deleted only empty or with its content moved up', async () => {
  const categoryId = async (slug: string) =>
    encodeId(
      'category',
      (await db.selectFrom('category').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()).id,
    )
  const [a, b, c, d] = await Promise.all(['a', 'b', 'c', 'd'].map(categoryId))
  await mutate('categoryMove', { id: d, parentId: a, beforeId: c })
  await mutate('categoryMove', { id: b, parentId: a })
  const TREE = `{ category(slug: "a") { children { slug } products { nodes { slug } } } }`
  expect((await ask(TREE, { ctx: guest })).data).toMatchObject({
    category: { children: [{ slug: 'd' }, { slug: 'c' }, { slug: 'b' }] },
  })
  expect(await refusal('categoryMove', { id: a, parentId: b })).toBe('CATEGORY_CYCLE parentId')
  expect(await refusal('categoryMove', { id: b, parentId: a, beforeId: a })).toBe('CATEGORY_SIBLING beforeId')
  expect(await refusal('categoryDelete', { id: c })).toBe('CATEGORY_NOT_EMPTY id')
  const below = await create('below-a', { rule: { category: ['c'] } })
  expect(await slugsIn(below)).toEqual(['p-1'])
  expect(await refusal('categoryDelete', { id: c, content: 'MOVE_UP' })).toBeUndefined()
  expect(await slugsIn(below)).toEqual([])
  expect((await ask(TREE, { ctx: guest })).data).toMatchObject({
    category: {
      children: [{ slug: 'd' }, { slug: 'b' }],
      products: { nodes: expect.arrayContaining([{ slug: 'p-1' }]) },
    },
  })
})
