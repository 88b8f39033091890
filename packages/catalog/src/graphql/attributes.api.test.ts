import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { beforeAll, expect, test } from 'vitest'
import { createTestProduct } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
  readonly [noun: string]: unknown
}

const mutate = async (name: string, input: object, fields = '__typename'): Promise<Payload> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx: staff, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusals = async (name: string, input: object) =>
  (await mutate(name, input)).userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)

const attributes: Record<string, string> = {}

const define = async (code: string, kind: string, more: object = {}) => {
  const input = { code, name: { en: code }, kind, ...more }
  const { attribute, userErrors } = await mutate('attributeCreate', input, 'attribute { id }')
  expect(userErrors).toEqual([])
  attributes[code] = (attribute as { id: string }).id
}

const choices = (...codes: string[]) => ({
  choices: codes.map((code) => ({ code, name: { en: code.toUpperCase() } })),
})

let productType: string
const name = { en: 'x' }

beforeAll(async () => {
  await define('title', 'TEXT', { localized: true })
  await define('model', 'TEXT', { filterable: true, maxLength: 20 })
  await define('story', 'RICH_TEXT', { localized: true })
  await define('width', 'NUMBER', { unit: 'cm', minimum: 0, maximum: 500, filterable: true })
  await define('washable', 'BOOLEAN', { filterable: true })
  await define('since', 'DATE', { filterable: true })
  await define('material', 'CHOICE', { ...choices('wool', 'linen', 'silk'), filterable: true })
  await define('rooms', 'MULTI_CHOICE', { ...choices('bath', 'bed'), filterable: true })
  await define('goes-with', 'PRODUCT_REFERENCE', { filterable: true })
  await define('shown-in', 'CATEGORY_REFERENCE')
  await define('manual', 'FILE')
  await define('tone', 'COLOR', { filterable: true })
  await define('cost-code', 'TEXT', { internal: true, filterable: true })
  await define('weight', 'NUMBER', { unit: 'g', filterable: true })
  const listed = Object.entries(attributes).map(([code, attributeId]) => ({
    attributeId,
    level: code === 'weight' ? 'VARIANT' : 'PRODUCT',
  }))
  const made = await mutate(
    'productTypeCreate',
    { code: 'textile', name: { en: 'Textile', es: 'Textil' }, attributes: listed },
    'productType { id code attributes { attribute { code unit choices { code } } level required } }',
  )
  expect(made.userErrors).toEqual([])
  productType = (made['productType'] as { id: string }).id
})

const SAID = `attributes { __typename code name
  ... on TextAttributeValue { text } ... on RichTextAttributeValue { html htmlTexts { es } }
  ... on NumberAttributeValue { number unit } ... on BooleanAttributeValue { boolean } ... on DateAttributeValue { date }
  ... on ChoiceAttributeValue { choice { code name } } ... on MultiChoiceAttributeValue { choices { code } }
  ... on ProductReferenceAttributeValue { products { slug } }
  ... on CategoryReferenceAttributeValue { categories { slug } }
  ... on FileAttributeValue { url } ... on ColorAttributeValue { color } }`

test('A product says something of every kind, and each kind answers with a type of its own', async () => {
  const { productId: other } = await createTestProduct(staff, { sku: 'other', category: 'towels' })
  const { productId: draft } = await createTestProduct(staff, { sku: 'draft', status: 'DRAFT' })
  const category = await db.selectFrom('category').select('id').executeTakeFirstOrThrow()
  const input = {
    slug: 'towel',
    name: { en: 'Towel' },
    productTypeId: productType,
    attributes: [
      { code: 'title', texts: { en: 'Soft', es: 'Suave' } },
      { code: 'model', text: 'T-1' },
      {
        code: 'story',
        texts: { en: '<p onclick="x()">Made <b>here</b><script>x()</script></p>', es: '<p>Aquí</p>' },
      },
      { code: 'width', number: 70.5 },
      { code: 'washable', boolean: true },
      { code: 'since', date: '2024-02-29' },
      { code: 'material', choice: 'linen' },
      { code: 'rooms', choices: ['bed', 'bath'] },
      { code: 'goes-with', productIds: [encodeId('product', other), encodeId('product', draft)] },
      { code: 'shown-in', categoryIds: [encodeId('category', category.id)] },
      { code: 'manual', url: 'https://shop.test/towel.pdf' },
      { code: 'tone', color: '#AABBCC' },
      { code: 'cost-code', text: 'SECRET-7' },
    ],
  }
  const made = await mutate('productCreate', input, `product { productType { code } ${SAID} }`)
  expect(made.userErrors).toEqual([])
  const seen = await ask(`{ product(slug: "towel") { productType { name } ${SAID} } }`, {
    ctx: { ...guest, locale: 'es' },
  })
  expect(seen.errors).toBeUndefined()
  expect(seen.data).toEqual({
    product: {
      productType: { name: 'Textil' },
      attributes: [
        { __typename: 'TextAttributeValue', code: 'title', name: 'title', text: 'Suave' },
        { __typename: 'TextAttributeValue', code: 'model', name: 'model', text: 'T-1' },
        {
          __typename: 'RichTextAttributeValue',
          code: 'story',
          name: 'story',
          html: '<p>Aquí</p>',
          htmlTexts: { es: '<p>Aquí</p>' },
        },
        { __typename: 'NumberAttributeValue', code: 'width', name: 'width', number: 70.5, unit: 'cm' },
        { __typename: 'BooleanAttributeValue', code: 'washable', name: 'washable', boolean: true },
        { __typename: 'DateAttributeValue', code: 'since', name: 'since', date: '2024-02-29' },
        {
          __typename: 'ChoiceAttributeValue',
          code: 'material',
          name: 'material',
          choice: { code: 'linen', name: 'LINEN' },
        },
        {
          __typename: 'MultiChoiceAttributeValue',
          code: 'rooms',
          name: 'rooms',
          choices: [{ code: 'bed' }, { code: 'bath' }],
        },
        {
          __typename: 'ProductReferenceAttributeValue',
          code: 'goes-with',
          name: 'goes-with',
          products: [{ slug: 'other' }],
        },
        {
          __typename: 'CategoryReferenceAttributeValue',
          code: 'shown-in',
          name: 'shown-in',
          categories: [{ slug: 'towels' }],
        },
        {
          __typename: 'FileAttributeValue',
          code: 'manual',
          name: 'manual',
          url: 'https://shop.test/towel.pdf',
        },
        { __typename: 'ColorAttributeValue', code: 'tone', name: 'tone', color: '#aabbcc' },
      ],
    },
  })
  const english = await ask<{ product: { attributes: { html?: string }[] } }>(
    `{ product(slug: "towel") { attributes(codes: ["story"]) { ... on RichTextAttributeValue { html } } } }`,
    { ctx: guest },
  )
  expect(english.data.product.attributes).toEqual([{ html: '<p>Made <b>here</b></p>' }])
})

test('What is internal is told to those who read the catalogue, and to nobody else', async () => {
  const source =
    '{ product(slug: "towel") { attributes(codes: ["cost-code"]) { code } } attribute(code: "cost-code") { id } }'
  expect(await ask(source, { ctx: staff })).toMatchObject({
    data: { product: { attributes: [{ code: 'cost-code' }] } },
  })
  const { data, errors } = await ask<{ product: object }>(source, { ctx: guest })
  expect(data.product).toEqual({ attributes: [] })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
})

test('Impossible values are refused with the path to the field', async () => {
  const create = (...said: object[]) =>
    refusals('productCreate', { slug: 'bad', name, productTypeId: productType, attributes: said })
  expect(await create({ code: 'nothing', text: 'x' })).toEqual(['ATTRIBUTE_UNKNOWN attributes.0.code'])
  expect(await create({ code: 'weight', number: 1 })).toEqual(['ATTRIBUTE_UNKNOWN attributes.0.code'])
  expect(await create({ code: 'width', text: '70' })).toEqual(['ATTRIBUTE_VALUE_INVALID attributes.0.text'])
  expect(await create({ code: 'width', number: 501 })).toEqual(['ATTRIBUTE_OUT_OF_RANGE attributes.0.number'])
  expect(await create({ code: 'model', text: 'x'.repeat(21) })).toEqual(['TEXT_TOO_LONG attributes.0.text'])
  expect(await create({ code: 'material', choice: 'nylon' })).toEqual(['CHOICE_UNKNOWN attributes.0.choice'])
  expect(await create({ code: 'rooms', choices: ['bed', 'attic'] })).toEqual([
    'CHOICE_UNKNOWN attributes.0.choices.1',
  ])
  expect(await create({ code: 'tone', color: 'red' })).toEqual(['ATTRIBUTE_VALUE_INVALID attributes.0.color'])
  const color = {
    slug: 'bad',
    name,
    productTypeId: productType,
    attributes: [{ code: 'tone', color: 'red' }],
  }
  const said = await ask(
    'mutation ($input: ProductCreateInput!) { productCreate(input: $input) { userErrors { message } } }',
    { ctx: staff, variables: { input: color } },
  )
  expect(said.data).toEqual({
    productCreate: { userErrors: [{ message: 'tone is of the kind COLOR: it takes color #rrggbb.' }] },
  })
  expect(await create({ code: 'manual', url: 'javascript:x' })).toEqual(['URL_INVALID attributes.0.url'])
  expect(await create({ code: 'goes-with', productIds: [encodeId('product', newId())] })).toEqual([
    'NOT_FOUND attributes.0.productIds.0',
  ])
  expect(await create({ code: 'goes-with', productIds: ['prod_x'] })).toEqual([
    'INVALID_ID attributes.0.productIds.0',
  ])
  expect(await create({ code: 'width', number: 1 }, { code: 'width', number: 2 })).toEqual([
    'OPTION_TAKEN attributes.1.code',
  ])
  expect(await create({ code: 'width', number: 1, boolean: true })).toEqual(['INVALID_INPUT attributes.0'])
  expect(await create({ code: 'story', texts: { en: 'x'.repeat(10_000_000) } })).toEqual([
    'TEXT_TOO_LONG attributes.0.texts.en',
  ])
  expect(await create({ code: 'story', texts: { en: '<div>'.repeat(15_000) } })).toEqual([
    'TEXT_MISSING attributes.0.texts.en',
  ])
  expect(
    await refusals('productCreate', { slug: 'bad', name, attributes: [{ code: 'width', number: 1 }] }),
  ).toEqual(['ATTRIBUTE_UNKNOWN attributes.0.code'])
  expect(await db.selectFrom('product').select('id').where('slug', '=', 'bad').execute()).toEqual([])
})

test('A value changes alone, is taken away by sending none, and goes with its type', async () => {
  const { product } = await mutate(
    'productCreate',
    {
      slug: 'rug',
      name,
      productTypeId: productType,
      attributes: [
        { code: 'width', number: 90 },
        { code: 'model', text: 'R' },
      ],
    },
    'product { id }',
  )
  const { id } = product as { id: string }
  const said = async (attributes: object[] | undefined, more = {}) =>
    (
      await mutate(
        'productUpdate',
        { id, attributes, ...more },
        'product { attributes { code ... on NumberAttributeValue { number } } }',
      )
    )['product']
  expect(await said([{ code: 'width', number: 120 }])).toEqual({
    attributes: [{ code: 'model' }, { code: 'width', number: 120 }],
  })
  expect(await said([{ code: 'model' }])).toEqual({ attributes: [{ code: 'width', number: 120 }] })
  const event = await db
    .selectFrom('event')
    .select('changed')
    .where('type', '=', 'ProductUpdated.v1')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(event.changed).toEqual({ attributes: [{ model: 'R' }, { model: null }] })
  expect(await said(undefined, { productTypeId: null })).toEqual({ attributes: [] })
})

test('Lists are filtered by what products and their variants say, and by type', async () => {
  const { product } = await mutate(
    'productCreate',
    {
      slug: 'sheet',
      name,
      productTypeId: productType,
      attributes: [
        { code: 'material', choice: 'silk' },
        { code: 'width', number: 150 },
        { code: 'since', date: '2020-01-01' },
        { code: 'washable', boolean: false },
      ],
    },
    'product { id }',
  )
  await mutate('variantCreate', {
    productId: (product as { id: string }).id,
    sku: 'SHEET',
    attributes: [{ code: 'weight', number: 400 }],
  })
  const found = async (where: object, ctx = guest) => {
    const source = 'query ($where: ProductWhere) { products(where: $where) { nodes { slug } totalCount } }'
    const { data, errors } = await ask<{ products: { nodes: { slug: string }[] } } | null>(source, {
      ctx,
      variables: { where },
    })
    const refused = errors?.[0]?.extensions?.['code']
    return refused ?? data!.products.nodes.map(({ slug }) => slug).sort()
  }
  const by = (...conditions: object[]) => found({ attributes: conditions })
  expect(await found({ productType: 'textile' })).toEqual(['sheet', 'towel'])
  expect(await found({ productType: 'none' })).toEqual([])
  expect(await by({ code: 'material', in: ['silk', 'wool'] })).toEqual(['sheet'])
  expect(await by({ code: 'width', atLeast: 70.5, atMost: 100 })).toEqual(['towel'])
  expect(await by({ code: 'washable', is: false })).toEqual(['sheet'])
  expect(await by({ code: 'since', from: '2024-01-01' })).toEqual(['towel'])
  expect(await by({ code: 'model', in: ['T-1', '\0', '\ud800'] })).toEqual(['towel'])
  expect(await by({ code: 'tone', in: ['#AABBCC'] })).toEqual(['towel'])
  expect(await by({ code: 'rooms', in: ['bath'] })).toEqual(['towel'])
  expect(await by({ code: 'weight', atMost: 400 })).toEqual(['sheet'])
  expect(await by({ code: 'weight', atMost: 400 }, { code: 'material', in: ['linen'] })).toEqual([])
  expect(
    await found({ not: { attributes: [{ code: 'washable', is: true }] }, productType: 'textile' }),
  ).toEqual(['sheet'])
  expect(await by({ code: 'nothing', is: true })).toBe('ATTRIBUTE_UNKNOWN')
  expect(await by({ code: 'cost-code', in: ['SECRET-7'] })).toBe('ATTRIBUTE_UNKNOWN')
  expect(await found({ attributes: [{ code: 'cost-code', in: ['SECRET-7'] }] }, staff)).toEqual(['towel'])
  expect(await by({ code: 'story', in: ['x'] })).toBe('ATTRIBUTE_NOT_FILTERABLE')
  expect(await by({ code: 'width', in: ['70'] })).toBe('ATTRIBUTE_VALUE_INVALID')
  expect(await by({ code: 'width' })).toBe('ATTRIBUTE_VALUE_INVALID')
  expect(await by({ code: 'goes-with', in: ['nonsense'] })).toBe('INVALID_ID')
  expect(await by(...Array.from({ length: 101 }, () => ({ code: 'width', atLeast: 1 })))).toBe(
    'FILTER_TOO_LARGE',
  )
})

test('What a list of products and variants says is one statement for both levels', async () => {
  const list = (inside: string) =>
    recordStatements(() =>
      ask(`{ products { nodes { slug variants { sku ${inside} } ${inside} } } }`, { ctx: guest }),
    )
  const without = await list('')
  const said = await list('attributes { code ... on ChoiceAttributeValue { choice { name } } }')
  expect(said.result.errors).toBeUndefined()
  expect(said.statements.length).toBe(without.statements.length + 1)
  const top = await recordStatements(() =>
    ask('{ products { nodes { slug attributes { code } } } }', { ctx: guest }),
  )
  expect(top.statements).toHaveLength(2)
})
