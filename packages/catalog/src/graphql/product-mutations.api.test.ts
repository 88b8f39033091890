import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { afterAll, expect, test } from 'vitest'
import { createTestProduct } from '../testing/index.ts'
import './index.ts'

const { db, database } = await testDatabase()
const feed = await startEventFeed(database)
afterAll(() => feed.close())
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
  readonly [noun: string]: unknown
}

const mutate = async (name: string, input: object, fields: string): Promise<Payload> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx: staff, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusal = async (name: string, input: object) => {
  const { userErrors } = await mutate(name, input, '__typename')
  return userErrors[0] && `${userErrors[0].code} ${userErrors[0].path.join('.')}`
}

test('A product with options, variants and pictures is made step by step, and seen at once', async () => {
  const { category } = await mutate(
    'categoryCreate',
    { slug: 'coffee', name: { en: 'Coffee' } },
    'category { id }',
  )
  const { product } = await mutate(
    'productCreate',
    { slug: 'beans', name: { en: 'Beans', es: 'Granos' }, categoryIds: [(category as { id: string }).id] },
    'product { id version status channels { code } categories { slug } }',
  )
  expect(product).toMatchObject({ version: 1, status: 'PUBLISHED', categories: [{ slug: 'coffee' }] })
  const { id } = product as { id: string }
  const { option } = await mutate(
    'optionCreate',
    { productId: id, code: 'size', name: { en: 'Size' }, values: [{ code: 'small', name: { en: 'Small' } }] },
    'option { values { id } }',
  )
  const optionValueIds = (option as { values: { id: string }[] }).values.map((value) => value.id)
  const { variant } = await mutate(
    'variantCreate',
    { productId: id, sku: 'BEANS-S', optionValueIds },
    'variant { sku version product { slug } optionValues { code } }',
  )
  expect(variant).toEqual({
    sku: 'BEANS-S',
    version: 1,
    product: { slug: 'beans' },
    optionValues: [{ code: 'small' }],
  })
  await mutate(
    'imageAdd',
    { productId: id, url: '/assets/beans.svg', alt: { en: 'A bag' } },
    'image { position }',
  )
  const seen = await ask('{ product(slug: "beans") { name images { url alt } variants { sku } } }', {
    ctx: guest,
  })
  expect(seen.data).toEqual({
    product: {
      name: 'Beans',
      images: [{ url: '/assets/beans.svg', alt: 'A bag' }],
      variants: [{ sku: 'BEANS-S' }],
    },
  })
})

test('A change with an old version is refused, and changes nothing', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'versions' })
  const id = encodeId('product', productId)
  const first = await mutate(
    'productUpdate',
    { id, ifVersion: 1, name: { en: 'New' } },
    'product { version name }',
  )
  expect(first['product']).toEqual({ version: 2, name: 'New' })
  expect(await refusal('productUpdate', { id, ifVersion: 1, name: { en: 'Late' } })).toBe(
    'VERSION_CONFLICT ifVersion',
  )
  const { data } = await ask('{ product(slug: "versions") { name } }', { ctx: guest })
  expect(data).toEqual({ product: { name: 'New' } })
})

test('Bad input is refused with a code and a path', async () => {
  const { productId, variantId } = await createTestProduct(staff, { sku: 'taken' })
  const product = encodeId('product', productId)
  const unknown = encodeId('product', newId())
  const name = { en: 'x' }
  expect(await refusal('productCreate', { slug: 'taken', name })).toBe('SLUG_TAKEN slug')
  expect(await refusal('productCreate', { slug: 'Bad Slug', name })).toBe('SLUG_INVALID slug')
  expect(await refusal('productCreate', { slug: 'long', name: { en: 'x'.repeat(201) } })).toBe(
    'TEXT_TOO_LONG name.en',
  )
  expect(await refusal('productCreate', { slug: 'nul', name: { en: 'a\u0000' } })).toBe(
    'TEXT_INVALID name.en',
  )
  expect(
    await refusal('productCreate', { slug: 'a', name, categoryIds: [encodeId('category', newId())] }),
  ).toBe('NOT_FOUND categoryIds.0')
  expect(await refusal('productCreate', { slug: 'a', name, channelIds: ['chan_x'] })).toBe(
    'INVALID_ID channelIds.0',
  )
  expect(await refusal('productUpdate', { id: unknown, name })).toBe('NOT_FOUND id')
  expect(await refusal('variantCreate', { productId: product, sku: 'taken' })).toBe('SKU_TAKEN sku')
  expect(await refusal('variantCreate', { productId: product, sku: ' x' })).toBe('SKU_INVALID sku')
  expect(await refusal('imageAdd', { productId: product, url: 'javascript:1' })).toBe('URL_INVALID url')
  await createTestProduct(staff, { sku: 'other' })
  expect(await refusal('productUpdate', { id: product, slug: 'other' })).toBe('SLUG_TAKEN slug')
  expect(await refusal('variantUpdate', { id: encodeId('variant', variantId), sku: 'other' })).toBe(
    'SKU_TAKEN sku',
  )
})

test('A variant cannot have two values of one option, nor a value of another product', async () => {
  const values = [
    { code: 's', name: { en: 'S' } },
    { code: 'm', name: { en: 'M' } },
  ]
  const { productId } = await createTestProduct(staff, { sku: 'sizes' })
  const id = encodeId('product', productId)
  const { option } = await mutate(
    'optionCreate',
    { productId: id, code: 'size', name: { en: 'Size' }, values },
    'option { values { id } }',
  )
  const optionValueIds = (option as { values: { id: string }[] }).values.map((value) => value.id)
  expect(await refusal('optionCreate', { productId: id, code: 'size', name: { en: 'Size' }, values })).toBe(
    'OPTION_TAKEN code',
  )
  expect(await refusal('variantCreate', { productId: id, sku: 'both', optionValueIds })).toBe(
    'OPTION_VALUES_CONFLICT optionValueIds',
  )
  const { productId: other } = await createTestProduct(staff, { sku: 'no-sizes' })
  const foreign = {
    productId: encodeId('product', other),
    sku: 'foreign',
    optionValueIds: optionValueIds.slice(0, 1),
  }
  expect(await refusal('variantCreate', foreign)).toBe('NOT_FOUND optionValueIds')
})

test('A category cannot be moved below itself, nor too deep', async () => {
  const make = async (slug: string, parentId?: string) => {
    const { category } = await mutate(
      'categoryCreate',
      { slug, name: { en: slug }, parentId },
      'category { id }',
    )
    return (category as { id: string }).id
  }
  const top = await make('top')
  const middle = await make('middle', top)
  const bottom = await make('bottom', middle)
  expect(await refusal('categoryUpdate', { id: top, parentId: bottom })).toBe('CATEGORY_CYCLE parentId')
  expect(await refusal('categoryUpdate', { id: top, parentId: top })).toBe('CATEGORY_CYCLE parentId')
  const moved = await mutate('categoryUpdate', { id: bottom, parentId: top }, 'category { parent { slug } }')
  expect(moved['category']).toEqual({ parent: { slug: 'top' } })
  const root = await mutate('categoryUpdate', { id: middle, parentId: null }, 'category { parent { slug } }')
  expect(root['category']).toEqual({ parent: null })
  let deepest = middle
  for (let level = 2; level <= 20; level += 1) deepest = await make(`level-${level}`, deepest)
  expect(await refusal('categoryCreate', { slug: 'level-21', name: { en: 'x' }, parentId: deepest })).toBe(
    'CATEGORY_TOO_DEEP parentId',
  )
  expect(await refusal('categoryUpdate', { id: middle, parentId: top })).toBe('CATEGORY_TOO_DEEP parentId')
})

test('Two moves that would close a circle together never both succeed', async () => {
  const make = async (slug: string) => {
    const { category } = await mutate('categoryCreate', { slug, name: { en: slug } }, 'category { id }')
    return (category as { id: string }).id
  }
  const [one, two] = [await make('one'), await make('two')]
  const answers = await Promise.all([
    refusal('categoryUpdate', { id: one, parentId: two }),
    refusal('categoryUpdate', { id: two, parentId: one }),
  ])
  expect(answers.filter((answer) => answer === 'CATEGORY_CYCLE parentId')).toHaveLength(1)
})

test('The same key makes one product, and gives the same answer again', async () => {
  const input = { slug: 'once', name: { en: 'Once' }, idempotencyKey: 'a key of mine' }
  const first = await mutate('productCreate', input, 'replayed product { id }')
  const again = await mutate('productCreate', input, 'replayed product { id }')
  expect(again).toEqual({ ...first, replayed: true })
  expect(await refusal('productCreate', { ...input, slug: 'twice' })).toBe(
    'IDEMPOTENCY_CONFLICT idempotencyKey',
  )
})

test('Guests and customers cannot change the catalogue', async () => {
  const source = 'mutation { productCreate(input: { slug: "mine", name: { en: "x" } }) { product { id } } }'
  const customer = { ...guest, actor: { kind: 'customer', customerId: newId() } as const }
  expect((await ask(source, { ctx: guest })).errors?.[0]?.extensions).toMatchObject({
    code: 'UNAUTHENTICATED',
  })
  expect((await ask(source, { ctx: customer })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
})

interface News {
  readonly data: { readonly productChanged: { readonly productId: string; readonly product: object | null } }
}

test('Subscribers hear of products sold in their channel, also that one is gone, and nothing of drafts', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'watched' })
  const { productId: draft } = await createTestProduct(staff, { sku: 'unseen', status: 'DRAFT' })
  const source = 'subscription { productChanged { productId product { name status } } }'
  const news = await listen(source, { ctx: { ...guest, feed } })
  const foreign = await listen(source, { ctx: { ...guest, feed, channel: channels.webUs } })
  await mutate(
    'productUpdate',
    { id: encodeId('product', draft), name: { en: 'Still secret' } },
    '__typename',
  )
  const id = encodeId('product', productId)
  await mutate(
    'productUpdate',
    { id, name: { en: 'Seen' }, channelIds: [encodeId('channel', channels.webEu.id)] },
    '__typename',
  )
  await mutate('productUpdate', { id, status: 'ARCHIVED' }, '__typename')
  /** Everything heard until the product is gone; what was done just before may still be on its way. */
  const untilGone = async (from: typeof news): Promise<string[]> => {
    const heard: string[] = []
    for (;;) {
      const { productChanged } = ((await from.next()).value as News).data
      heard.push(productChanged.productId)
      if (productChanged.productId === id && productChanged.product === null) return heard
    }
  }
  for (const each of [news, foreign]) expect(await untilGone(each)).not.toContain(encodeId('product', draft))
  await Promise.all([news.return(), foreign.return()])
})
