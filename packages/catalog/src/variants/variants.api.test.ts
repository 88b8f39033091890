import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST } from '@hilo/kernel'
import { expect, test } from 'vitest'
import '../graphql/index.ts'
import { createTestProduct } from '../testing/index.ts'

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

interface Variant {
  readonly id: string
  readonly sku: string
}

interface Option {
  readonly id: string
  readonly values: readonly { readonly id: string; readonly code: string }[]
}

let made = 0

/** A product whose options have so many values each, with codes such as a0, a1, b0. */
const withOptions = async (counts: Readonly<Record<string, number>>) => {
  made += 1
  const { product } = await mutate(
    'productCreate',
    { slug: `p-${made}`, name: { en: 'P' } },
    'product { id slug }',
  )
  const { id, slug } = product as { id: string; slug: string }
  const options: Record<string, Option> = {}
  for (const [code, count] of Object.entries(counts)) {
    const values = Array.from({ length: count }, (_, n) => ({
      code: `${code}${n}`,
      name: { en: `${code} ${n}`, es: `${code} es ${n}` },
    }))
    const { option } = await mutate(
      'optionCreate',
      { productId: id, code, name: { en: code }, values },
      'option { id values { id code } }',
    )
    options[code] = option as Option
  }
  return { id, slug, options }
}

const skusOf = async (slug: string, ctx = guest) => {
  const source = '{ product(slug: "SLUG") { variants { sku } } }'.replace('SLUG', slug)
  const { data } = await ask<{ product: { variants: Variant[] } }>(source, { ctx })
  return data.product.variants.map(({ sku }) => sku)
}

test('Hundreds of variants are made of options at once; only what is missing is added later', async () => {
  const { id, slug, options } = await withOptions({ a: 20, b: 15 })
  const generate = (more = {}) =>
    mutate(
      'variantsGenerate',
      { productId: id, skuPattern: `M-{a}-{b}`, ...more },
      'created { id sku name nameTexts { es } optionValues { code } } restored { sku }',
    )
  const { result, statements } = await recordStatements(() => generate())
  const created = result['created'] as (Variant & object)[]
  expect(created).toHaveLength(300)
  expect(created[16]).toMatchObject({
    sku: 'M-A1-B1',
    name: 'a 1 / b 1',
    nameTexts: { es: 'a es 1 / b es 1' },
    optionValues: [{ code: 'a1' }, { code: 'b1' }],
  })
  expect(statements.length).toBeLessThan(35)
  expect((await generate())['created']).toEqual([])
  await mutate('variantUpdate', { id: created[3]!.id, archived: true })
  expect(await skusOf(slug)).toHaveLength(299)
  const values = options['a']!.values.map(({ id: valueId, code }) => ({
    id: valueId,
    code,
    name: { en: code },
  }))
  await mutate('optionUpdate', {
    id: options['a']!.id,
    values: [...values, { code: 'new', name: { en: 'New' } }],
  })
  const again = await generate()
  expect(again['created']).toHaveLength(15)
  expect(again['restored']).toEqual([{ sku: 'M-A0-B3' }])
  const some = await withOptions({ a: 3, b: 2 })
  const chosen = await mutate(
    'variantsGenerate',
    { productId: some.id, skuPattern: '{b}.{a}', optionValueIds: [some.options['a']!.values[1]!.id] },
    'created { sku }',
  )
  expect(chosen['created']).toEqual([{ sku: 'B0.A1' }, { sku: 'B1.A1' }])
})

test('A matrix of more than 2,000, a pattern that leaves an option out, and a SKU that is taken are refused', async () => {
  const large = await withOptions({ a: 3, b: 23, c: 29 })
  const generate = (productId: string, skuPattern: string) =>
    refusals('variantsGenerate', { productId, skuPattern })
  expect(await generate(large.id, '{a}{b}{c}')).toEqual(['TOO_MANY optionValueIds'])
  const small = await withOptions({ a: 2 })
  expect(await generate(small.id, 'X')).toEqual(['SKU_PATTERN_LACKS_OPTION skuPattern'])
  expect(await generate(small.id, 'X-{a}-{z}')).toEqual(['SKU_PATTERN_INVALID skuPattern'])
  await createTestProduct(staff, { sku: 'T-A1' })
  expect(await generate(small.id, 'T-{a}')).toEqual(['SKU_TAKEN skuPattern.sku'])
  const { productId } = await createTestProduct(staff, { sku: 'plain' })
  expect(await generate(encodeId('product', productId), 'x')).toEqual(['OPTION_VALUES_MISSING productId'])
  expect(await skusOf(small.slug)).toEqual([])
})

test('Rows are saved together; when some are refused each is told with its path, and nothing is done', async () => {
  const { id, slug, options } = await withOptions({ size: 3 })
  const [s, m, l] = options['size']!.values.map((value) => value.id)
  const saved = await mutate(
    'variantsSave',
    {
      productId: id,
      create: [
        { sku: 'S', optionValueIds: [s] },
        { sku: 'M', optionValueIds: [m] },
      ],
    },
    'created { id sku }',
  )
  const [small, medium] = saved['created'] as Variant[]
  const save = (input: object) => refusals('variantsSave', { productId: id, ...input })
  expect(
    await save({
      create: [{ sku: 'S' }, { sku: 'X' }, { sku: 'X' }, { sku: 'Y', optionValueIds: [m] }, { sku: 'Z' }],
      update: [{ id: small!.id, optionValueIds: [m] }],
    }),
  ).toEqual([
    'SKU_TAKEN create.0.sku',
    'SKU_TAKEN create.2.sku',
    'VARIANT_COMBINATION_TAKEN create.3.optionValueIds',
    'VARIANT_COMBINATION_TAKEN update.0.optionValueIds',
  ])
  expect(await save({ create: [{ sku: ' bad' }, { sku: 'ok' }, { sku: '' }] })).toEqual([
    'SKU_INVALID create.0.sku',
    'SKU_INVALID create.2.sku',
  ])
  expect(
    await save({
      update: [
        { id: small!.id, ifVersion: 9 },
        { id: medium!.id, ifVersion: 1 },
      ],
    }),
  ).toEqual(['VERSION_CONFLICT update.0.ifVersion'])
  const { variantId: foreign } = await createTestProduct(staff, { sku: 'foreign' })
  expect(await save({ update: [{ id: encodeId('variant', foreign), sku: 'mine' }] })).toEqual([
    'NOT_FOUND update.0.id',
  ])
  expect(await save({ create: Array.from({ length: 2_001 }, (_, n) => ({ sku: `N${n}` })) })).toEqual([
    'TOO_MANY create',
  ])
  expect(await skusOf(slug)).toEqual(['S', 'M'])
  const moved = await save({
    create: [{ sku: 'L', optionValueIds: [s] }],
    update: [{ id: small!.id, optionValueIds: [l], name: { en: 'Large' } }],
  })
  expect(moved).toEqual([])
})

test('A product has at most 2,000 variants, and that many are saved in few statements', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'first' })
  const product = encodeId('product', productId)
  const rows = Array.from({ length: 1_999 }, (_, n) => ({ sku: `MANY-${n}` }))
  const { result, statements } = await recordStatements(() =>
    mutate('variantsSave', { productId: product, create: rows }, 'created { sku }'),
  )
  expect(result.userErrors).toEqual([])
  expect(result['created']).toHaveLength(1_999)
  expect(statements.length).toBeLessThan(30)
  expect(await refusals('variantCreate', { productId: product, sku: 'one-more' })).toEqual([
    'TOO_MANY create',
  ])
})

test('Two who give one choice to a variant at once do not both succeed', async () => {
  const { id, options } = await withOptions({ size: 1 })
  const optionValueIds = options['size']!.values.map((value) => value.id)
  const answers = await Promise.all(
    ['ONE', 'TWO', 'THREE'].map((sku) => refusals('variantCreate', { productId: id, sku, optionValueIds })),
  )
  expect(answers.flat().sort()).toEqual([
    'VARIANT_COMBINATION_TAKEN optionValueIds',
    'VARIANT_COMBINATION_TAKEN optionValueIds',
  ])
})

test('Variants are told in pages, in the order staff put them, and found by their choice', async () => {
  const { id, slug } = await withOptions({ a: 4, b: 2 })
  const { created } = await mutate(
    'variantsGenerate',
    { productId: id, skuPattern: `R-{a}-{b}` },
    'created { id sku }',
  )
  const all = created as Variant[]
  await mutate('variantsReorder', { productId: id, variantIds: [all[5]!.id, all[2]!.id] })
  const order = ['R-A2-B1', 'R-A1-B0', 'R-A0-B0', 'R-A0-B1', 'R-A1-B1', 'R-A2-B0', 'R-A3-B0', 'R-A3-B1']
  expect(await skusOf(slug)).toEqual(order)
  const page = async (args: string) => {
    const source = `{ product(slug: "${slug}") { variantConnection(${args}) {
      nodes { sku } totalCount pageInfo { endCursor hasNextPage } } } }`
    const { data, errors } = await ask<{
      product: {
        variantConnection: {
          nodes: Variant[]
          totalCount: number
          pageInfo: { endCursor: string; hasNextPage: boolean }
        }
      }
    }>(source, { ctx: guest })
    expect(errors).toBeUndefined()
    return data.product.variantConnection
  }
  const first = await page('first: 3')
  expect(first).toMatchObject({ totalCount: 8, pageInfo: { hasNextPage: true } })
  const second = await page(`first: 10, after: "${first.pageInfo.endCursor}"`)
  expect([...first.nodes, ...second.nodes].map(({ sku }) => sku)).toEqual(order)
  const reds = await page('where: { options: [{ option: "b", value: "b1" }] }')
  expect(reds.nodes.map(({ sku }) => sku)).toEqual(['R-A2-B1', 'R-A0-B1', 'R-A1-B1', 'R-A3-B1'])
  expect(reds.totalCount).toBe(4)
  const choose = async (...selected: string[]) => {
    const source = `query ($selected: [SelectedOptionInput!]!) { product(slug: "${slug}") { variantByOptions(selected: $selected) { sku } } }`
    const variables = { selected: selected.map((value) => ({ option: value[0], value })) }
    const { data } = await ask<{ product: { variantByOptions: Variant | null } }>(source, {
      ctx: guest,
      variables,
    })
    return data.product.variantByOptions?.sku ?? null
  }
  expect(await choose('b1', 'a3')).toBe('R-A3-B1')
  expect(await choose('a3')).toBeNull()
  expect(await choose('a3', 'b9')).toBeNull()
  // What no database can hold is nobody's choice.
  expect(await choose('a3', 'b\0')).toBeNull()
  expect((await page(String.raw`where: { options: [{ option: "b", value: "\u0000" }] }`)).nodes).toEqual([])
  expect(await refusals('variantsReorder', { productId: id, variantIds: ['var_x'] })).toEqual([
    'INVALID_ID variantIds.0',
  ])
})

test('A connection inside a list of products is one statement, however many there are', async () => {
  const source = `{ products(first: 50) { nodes { variantConnection(first: 2) { nodes { sku } }
    variantByOptions(selected: [{ option: "a", value: "a1" }]) { sku } } } }`
  const { result, statements } = await recordStatements(() => ask(source, { ctx: guest }))
  expect(result.errors).toBeUndefined()
  expect(statements).toHaveLength(3)
})

test('What is archived is seen and bought by nobody, and comes back; a value it had may be removed', async () => {
  const { id, slug, options } = await withOptions({ size: 2 })
  const { created } = await mutate(
    'variantsGenerate',
    { productId: id, skuPattern: `Z-{size}` },
    'created { id sku }',
  )
  const [one, two] = created as Variant[]
  const [kept, gone] = options['size']!.values
  const values = [{ id: kept!.id, code: 'only', name: { en: 'Only' } }]
  expect(await refusals('optionUpdate', { id: options['size']!.id, values })).toEqual([
    'OPTION_VALUE_IN_USE values',
  ])
  await mutate('variantUpdate', { id: two!.id, archived: true })
  expect(await skusOf(slug)).toEqual(['Z-SIZE0'])
  const source = `{ variant(sku: "Z-SIZE1") { sku archivedAt } }`
  expect((await ask(source, { ctx: guest })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
  expect(await ask(source, { ctx: staff })).toMatchObject({ data: { variant: { sku: 'Z-SIZE1' } } })
  expect(await refusals('optionUpdate', { id: options['size']!.id, code: 'fit', values })).toEqual([])
  expect(gone!.code).toBe('size1')
  expect(await refusals('optionDelete', { id: options['size']!.id })).toEqual(['OPTION_VALUE_IN_USE id'])
  expect(await refusals('variantsDelete', { productId: id, variantIds: [two!.id] })).toEqual([])
  expect(await refusals('variantsDelete', { productId: id, variantIds: [one!.id, two!.id] })).toEqual([
    'NOT_FOUND variantIds.1',
  ])
  expect(await refusals('productDelete', { id })).toEqual([])
  expect(await ask(`{ product(id: "${id}") { id } }`, { ctx: staff })).toMatchObject({
    errors: [{ extensions: { code: 'NOT_FOUND' } }],
  })
})
