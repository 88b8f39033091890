import { createTestChannels } from '@hilo/channels/testing'
import { readTogether } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { decodeId } from '@hilo/kernel'
import { beforeAll, expect, test } from 'vitest'
import '../graphql/index.ts'
import { createTestProduct, createTestType } from '../testing/index.ts'
import { toSoldVariants, variantFacts } from '../variant-facts.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
  readonly [noun: string]: unknown
}

const mutate = async (name: string, input: object, fields = '__typename'): Promise<Payload> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields}
    userErrors { code path ... on AttributeInUseError { products } ... on ChoiceInUseError { products }
      ... on AttributeMissingError { products } } } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx: staff, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusal = async (name: string, input: object) => {
  const { code, path, ...facts } = (await mutate(name, input)).userErrors[0] ?? { code: 'none', path: [] }
  return [code, path.join('.'), ...Object.values(facts)].join(' ')
}

const ids: Record<string, string> = {}
const name = { en: 'x' }

beforeAll(async () => {
  await createTestType(staff, {
    code: 'shirt',
    attributes: [
      { code: 'fabric', kind: 'CHOICE', choices: ['wool', 'linen'] },
      { code: 'length', kind: 'NUMBER', unit: 'cm' },
      { code: 'fit', kind: 'TEXT', level: 'VARIANT', filterable: true },
      { code: 'note', kind: 'TEXT', filterable: false },
    ],
  })
  for (const { id, code } of (
    await ask<{ attributes: { nodes: { id: string; code: string }[] } }>(
      '{ attributes { nodes { id code } } }',
      {
        ctx: staff,
      },
    )
  ).data.attributes.nodes)
    ids[code] = id
  const { data } = await ask<{ productType: { id: string } }>('{ productType(code: "shirt") { id } }', {
    ctx: staff,
  })
  ids['shirt'] = data.productType.id
  for (const sku of ['one', 'two'])
    await createTestProduct(staff, {
      sku,
      productType: 'shirt',
      attributes: [
        { code: 'fabric', choice: 'wool' },
        { code: 'length', number: 70 },
      ],
    })
})

test('What is in use is refused, and says how many products it is', async () => {
  const choice = (code: string) => ({ code, name })
  expect(await refusal('attributeUpdate', { id: ids['fabric'], choices: [choice('linen')] })).toBe(
    'CHOICE_IN_USE choices 2',
  )
  expect(await refusal('attributeUpdate', { id: ids['fabric'], kind: 'TEXT', choices: [] })).toBe(
    'ATTRIBUTE_KIND_FIXED kind',
  )
  expect(await refusal('attributeUpdate', { id: ids['length'], maximum: 60 })).toBe(
    'ATTRIBUTE_LIMITS_BROKEN minimum',
  )
  expect(await refusal('attributeDelete', { id: ids['length'] })).toBe('ATTRIBUTE_IN_USE id 2')
  expect(await refusal('productTypeDelete', { id: ids['shirt'] })).toBe('PRODUCT_TYPE_IN_USE id')
  const listed = (...codes: string[]) => codes.map((code) => ({ attributeId: ids[code] }))
  const update = (attributes: object[], more = {}) =>
    refusal('productTypeUpdate', { id: ids['shirt'], attributes, ...more })
  expect(await update(listed('fabric'))).toBe('ATTRIBUTE_IN_USE attributes 2')
  expect(
    await update([
      ...listed('fabric', 'length'),
      { attributeId: ids['fit'], level: 'VARIANT', required: true },
    ]),
  ).toBe('ATTRIBUTE_MISSING attributes 2')
  expect(await update([...listed('fabric', 'length'), { attributeId: ids['note'], required: true }])).toBe(
    'ATTRIBUTE_MISSING attributes 2',
  )
  const renamed = [choice('linen'), { ...choice('wool'), name: { en: 'Wool' }, color: '#ffffff' }]
  expect(await refusal('attributeUpdate', { id: ids['fabric'], ifVersion: 1, choices: renamed })).toBe(
    'none ',
  )
  expect(await refusal('attributeUpdate', { id: ids['fabric'], ifVersion: 1, name })).toBe(
    'VERSION_CONFLICT ifVersion',
  )
})

test('Settings that do not go with a kind are refused', async () => {
  const create = (kind: string, more: object) =>
    refusal('attributeCreate', { code: 'new', name, kind, ...more })
  expect(await create('TEXT', { unit: 'cm' })).toBe('ATTRIBUTE_SETTING_INVALID unit')
  expect(await create('NUMBER', { minimum: 2, maximum: 1 })).toBe('ATTRIBUTE_SETTING_INVALID maximum')
  expect(await create('RICH_TEXT', { filterable: true })).toBe('ATTRIBUTE_SETTING_INVALID filterable')
  expect(await create('TEXT', { filterable: true, localized: true })).toBe(
    'ATTRIBUTE_SETTING_INVALID filterable',
  )
  expect(await create('TEXT', { maxLength: 5_001 })).toBe('ATTRIBUTE_SETTING_INVALID maxLength')
  expect(await create('DATE', { choices: [{ code: 'a', name }] })).toBe('ATTRIBUTE_SETTING_INVALID choices')
  const twice = {
    choices: [
      { code: 'a', name },
      { code: 'a', name },
    ],
  }
  expect(await create('CHOICE', twice)).toBe('OPTION_TAKEN choices.1.code')
  expect(await create('CHOICE', { choices: [{ code: 'a', name, color: 'red' }] })).toBe(
    'ATTRIBUTE_VALUE_INVALID choices.0.color',
  )
  expect(await refusal('attributeCreate', { code: 'fabric', name, kind: 'TEXT' })).toBe(
    'ATTRIBUTE_CODE_TAKEN code',
  )
  expect(await refusal('productTypeCreate', { code: 'shirt', name })).toBe('PRODUCT_TYPE_CODE_TAKEN code')
})

test('What a type requires may be missing in a draft, and in nothing that is published', async () => {
  await createTestType(staff, {
    code: 'strict',
    attributes: [
      { code: 'maker', kind: 'TEXT', required: true },
      { code: 'grade', kind: 'NUMBER', required: true, level: 'VARIANT' },
    ],
  })
  const { data } = await ask<{ productType: { id: string } }>('{ productType(code: "strict") { id } }', {
    ctx: staff,
  })
  const input = { slug: 'strict', name, productTypeId: data.productType.id }
  expect(await refusal('productCreate', input)).toBe('ATTRIBUTE_REQUIRED attributes')
  const { product } = await mutate('productCreate', { ...input, status: 'DRAFT' }, 'product { id }')
  const { id } = product as { id: string }
  const { variant } = await mutate('variantCreate', { productId: id, sku: 'G' }, 'variant { id }')
  const publish = (more: object) => refusal('productUpdate', { id, status: 'PUBLISHED', ...more })
  const attributes = [{ code: 'maker', text: 'Ana' }]
  expect(await publish({})).toBe('ATTRIBUTE_REQUIRED attributes')
  expect(await publish({ attributes })).toBe('ATTRIBUTE_REQUIRED attributes')
  const grade = [{ code: 'grade', number: 1 }]
  await mutate('variantUpdate', { id: (variant as { id: string }).id, attributes: grade })
  expect(await publish({ attributes })).toBe('none ')
  expect(await refusal('variantCreate', { productId: id, sku: 'H' })).toBe('ATTRIBUTE_REQUIRED attributes')
  expect(await refusal('variantCreate', { productId: id, sku: 'H', attributes: grade })).toBe('none ')
  expect(await refusal('productUpdate', { id, attributes: [{ code: 'maker' }] })).toBe(
    'ATTRIBUTE_REQUIRED attributes',
  )
})

test('Rules see filterable attributes, and the variant’s before the product’s; an archived variant is not sold', async () => {
  const { productId, variantId } = await createTestProduct(staff, {
    sku: 'facts',
    productType: 'shirt',
    attributes: [
      { code: 'fabric', choice: 'linen' },
      { code: 'length', number: 65.5 },
      { code: 'note', text: 'unseen' },
    ],
  })
  expect(productId).toBeDefined()
  const factsOf = async () => {
    const question = { variantIds: [variantId], channelId: channels.webEu.id, now: staff.now() }
    const { facts } = await readTogether(db, { facts: variantFacts(question) })
    return toSoldVariants(facts)[0]!
  }
  expect(await factsOf()).toMatchObject({ attributes: { fabric: ['linen'], length: [65.5] }, sold: true })
  expect(Object.keys((await factsOf()).attributes)).not.toContain('note')
  await db.updateTable('variant').set({ archived_at: staff.now() }).where('id', '=', variantId).execute()
  expect((await factsOf()).sold).toBe(false)
})

test('A type that drops an attribute takes its values along when it is told to', async () => {
  const listed = ['fabric'].map((code) => ({ attributeId: ids[code] }))
  const input = { id: ids['shirt'], attributes: listed, removeValues: true }
  expect(await refusal('productTypeUpdate', input)).toBe('none ')
  const left = await db
    .selectFrom('attribute_value')
    .select('product_id')
    .where('attribute_id', '=', decodeId('attribute', ids['length']!)!)
    .execute()
  expect(left).toEqual([])
  expect(await refusal('attributeDelete', { id: ids['length'] })).toBe('none ')
})
