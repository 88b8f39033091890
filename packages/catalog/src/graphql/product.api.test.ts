import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST } from '@hilo/kernel'
import { beforeAll, expect, test } from 'vitest'
import { insertProducts } from '../insert-products.ts'
import { createTestProduct, seeding } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }

const EVERYTHING = `
  query ($first: Int, $after: String, $where: ProductWhere, $sort: ProductSort) {
    products(first: $first, after: $after, where: $where, sort: $sort) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id slug name description taxClass status
        categories { slug name }
        images { url alt }
        options { code name values { code name } }
        variants { id sku name optionValues { code name } }
      }
    }
  }`

interface Products {
  products: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string }
    nodes: { slug: string; variants: { sku: string; optionValues: { code: string }[] }[] }[]
  }
}

beforeAll(async () => {
  const { productId } = await createTestProduct(staff, { sku: 'first', category: 'drinks/coffee' })
  const categories = await db
    .selectFrom('product_category')
    .select('category_id')
    .where('product_id', '=', productId)
    .execute()
  await seeding(staff, (ctx) =>
    insertProducts(
      ctx,
      Array.from({ length: 30 }, (_, index) => ({
        slug: `shirt-${index}`,
        name: { en: `Shirt ${String(index).padStart(2, '0')}` },
        channelIds: [channels.webEu.id],
        categoryIds: categories.map(({ category_id }) => category_id),
        images: [{ url: '/a.svg' }, { url: '/b.svg', alt: { en: 'back' } }],
        options: [
          {
            code: 'size',
            name: { en: 'Size' },
            values: [
              { code: 's', name: { en: 'S' } },
              { code: 'm', name: { en: 'M' } },
            ],
          },
          { code: 'colour', name: { en: 'Colour' }, values: [{ code: 'red', name: { en: 'Red' } }] },
        ],
        variants: ['s', 'm'].map((size) => ({
          sku: `shirt-${index}-${size}`,
          options: { size, colour: 'red' },
        })),
      })),
    ),
  )
})

test('A list of 20 products with everything in it takes six statements, its count included', async () => {
  const { result, statements } = await recordStatements(() =>
    ask<Products>(EVERYTHING, { ctx: guest, variables: { first: 20 } }),
  )
  expect(result.errors).toBeUndefined()
  expect(result.data.products.nodes).toHaveLength(20)
  expect(result.data.products.nodes[5]!.variants[0]!.optionValues.map(({ code }) => code)).toEqual([
    's',
    'red',
  ])
  expect(statements).toHaveLength(6)
})

test('Pages go on after the cursor until the end', async () => {
  const slugs: string[] = []
  let after: string | undefined
  for (;;) {
    const { data } = await ask<Products>(EVERYTHING, { ctx: guest, variables: { first: 12, after } })
    slugs.push(...data.products.nodes.map(({ slug }) => slug))
    if (!data.products.pageInfo.hasNextPage) break
    after = data.products.pageInfo.endCursor
  }
  expect(new Set(slugs).size).toBe(31)
  expect(slugs).toHaveLength(31)
})

test('A cursor of another sort, or none at all, is refused', async () => {
  const { data } = await ask<Products>(EVERYTHING, { ctx: guest, variables: { first: 1 } })
  const after = data.products.pageInfo.endCursor
  const sort = { field: 'CREATED_AT', direction: 'ASC' }
  for (const variables of [{ after, sort }, { after: 'nonsense' }, { after: 'WzEsMl0' }]) {
    const { errors } = await ask(EVERYTHING, { ctx: guest, variables })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_CURSOR' })
  }
})

test('A filter that would cost too much is refused, and so is an id that is none', async () => {
  const deep = Array.from({ length: 12 }).reduce<object>((inner) => ({ not: inner }), { status: 'DRAFT' })
  const code = async (where: object) =>
    (await ask(EVERYTHING, { ctx: guest, variables: { where } })).errors?.[0]?.extensions?.['code']
  expect(await code(deep)).toBe('FILTER_TOO_LARGE')
  expect(await code({ or: Array.from({ length: 101 }, () => ({ status: 'DRAFT' })) })).toBe(
    'FILTER_TOO_LARGE',
  )
  expect(await code({ search: 'x'.repeat(201) })).toBe('INVALID_INPUT')
  expect(await code({ ids: ['prod_nonsense'] })).toBe('INVALID_ID')
  expect(await code({ not: { category: encodeId('product', '01900000-0000-7000-8000-000000000001') } })).toBe(
    'INVALID_ID',
  )
})

test('A tree of categories with a page of products each takes three statements', async () => {
  const { result, statements } = await recordStatements(() =>
    ask<{ categories: { children: { products: { nodes: object[]; totalCount: number } }[] }[] }>(
      '{ categories { slug children { slug parent { slug } products(first: 5) { totalCount nodes { slug } } } } }',
      { ctx: guest },
    ),
  )
  expect(result.data.categories[0]!.children[0]!.products).toMatchObject({ totalCount: 31 })
  expect(result.data.categories[0]!.children[0]!.products.nodes).toHaveLength(5)
  // Roots, children, parents, pages, counts.
  expect(statements).toHaveLength(5)
})

test('Nothing of a draft can be reached by a guest, by whatever id', async () => {
  const { productId, variantId } = await createTestProduct(staff, {
    sku: 'secret',
    status: 'DRAFT',
    images: [{ url: '/secret.svg' }],
    options: [{ code: 'size', name: { en: 'Size' }, values: [{ code: 's', name: { en: 'S' } }] }],
  })
  const rows = await Promise.all([
    db.selectFrom('image').select('id').where('product_id', '=', productId).executeTakeFirstOrThrow(),
    db.selectFrom('option').select('id').where('product_id', '=', productId).executeTakeFirstOrThrow(),
  ])
  const value = await db
    .selectFrom('option_value')
    .select('id')
    .where('option_id', '=', rows[1].id)
    .executeTakeFirstOrThrow()
  const ids = [
    encodeId('product', productId),
    encodeId('variant', variantId),
    encodeId('image', rows[0].id),
    encodeId('option', rows[1].id),
    encodeId('optionValue', value.id),
  ]
  const source = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  expect((await ask(source, { ctx: guest, variables: { ids } })).data).toEqual({ nodes: ids.map(() => null) })
  expect((await ask(source, { ctx: staff, variables: { ids } })).data).toEqual({
    nodes: ids.map((id) => ({ id })),
  })
  for (const query of [
    `product(id: "${ids[0]}")`,
    'product(slug: "secret")',
    `variant(id: "${ids[1]}")`,
    'variant(sku: "secret")',
  ]) {
    const { errors } = await ask(`{ ${query} { id } }`, { ctx: guest })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
  }
})

test('Texts come in the language of the request, and fall back to English', async () => {
  await createTestProduct(staff, {
    sku: 'two',
    name: { en: 'Coffee', es: 'Café' },
    description: { en: 'Good' },
  })
  const source = '{ product(slug: "two") { name description nameTexts { en es } } }'
  expect((await ask(source, { ctx: { ...guest, locale: 'es' } })).data).toEqual({
    product: { name: 'Café', description: 'Good', nameTexts: { en: 'Coffee', es: 'Café' } },
  })
})

test('Only staff see in which channels a product is sold', async () => {
  const source = '{ product(slug: "first") { channels { code market { code } } } }'
  const { data } = await ask<{ product: { channels: object[] } }>(source, { ctx: staff })
  expect(data.product.channels).toHaveLength(4)
  expect((await ask(source, { ctx: guest })).errors?.[0]?.extensions).toMatchObject({
    code: 'UNAUTHENTICATED',
  })
})

test('Texts that no database can hold find nothing, and break nothing', async () => {
  for (const text of ['\u0000', 'a\u0000b', '\ud800', "'; drop table product; --", '%'.repeat(200)]) {
    const source = `query ($text: String!) {
      products(where: { or: [{ search: $text }, { skus: [$text] }] }) { nodes { id } } }`
    const { data, errors } = await ask(source, { ctx: guest, variables: { text } })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ products: { nodes: [] } })
    for (const query of ['product(slug: $text)', 'variant(sku: $text)', 'category(slug: $text)']) {
      const one = await ask(`query ($text: String!) { ${query} { id } }`, { ctx: guest, variables: { text } })
      expect(one.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
    }
  }
})
