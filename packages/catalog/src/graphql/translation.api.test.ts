import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestProduct } from '../testing/index.ts'
import './index.ts'

/** An answer as a test walks through it. */
// oxlint-disable-next-line no-explicit-any
type Answer = any

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }
await db.deleteFrom('shop').execute()
await db
  .insertInto('shop')
  .values({ code: 'test', name: 'Test', default_channel_id: channels.webEu.id })
  .execute()

const set = async (input: object, name = 'translationsSet', fields = 'count') => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Answer>(source, { ctx: staff, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]
}

const read = async (source: string, ctx: typeof guest = staff): Promise<Answer> => {
  const { data, errors } = await ask<Answer>(source, { ctx })
  expect(errors).toBeUndefined()
  return data
}

test('The languages of the shop are its own list, in canonical tags, with a default among them', async () => {
  const fields = 'shop { locales defaultLocale }'
  const payload = await set(
    { locales: ['EN', 'es', 'es-mx', 'fr'], defaultLocale: 'en' },
    'shopLanguagesSet',
    fields,
  )
  expect(payload).toEqual({
    shop: { locales: ['en', 'es', 'es-MX', 'fr'], defaultLocale: 'en' },
    userErrors: [],
  })
  const bad = await set({ locales: ['en', 'no_such'], defaultLocale: 'en' }, 'shopLanguagesSet', fields)
  expect(bad.userErrors).toEqual([{ code: 'LANGUAGE_INVALID', path: ['locales', '1'] }])
  const outside = await set({ locales: ['en'], defaultLocale: 'fr' }, 'shopLanguagesSet', fields)
  expect(outside.userErrors).toEqual([{ code: 'LANGUAGE_NOT_LISTED', path: ['defaultLocale'] }])
  const [event] = await db
    .selectFrom('event')
    .selectAll()
    .where('type', '=', 'ShopLanguagesChanged.v1')
    .execute()
  expect(event).toMatchObject({ permission: 'settings:write' })
})

test('A file of translations is applied at once, or not at all; what is missing is told by language', async () => {
  const made = await createTestProduct(staff, {
    sku: 'tr-a',
    name: { en: 'Coffee' },
    description: { en: 'Strong' },
    category: 'drinks',
  })
  const other = await createTestProduct(staff, { sku: 'tr-b', name: { en: 'Tea', fr: 'Thé' } })
  const [a, b] = [made, other].map(({ productId }) => encodeId('product', productId))
  const category = (await read('{ category(slug: "drinks") { id } }')).category.id
  const missing =
    '{ translationsMissing(locale: "fr", kind: PRODUCT) { totalCount nodes { id field texts { en } } } }'
  const { result, statements } = await recordStatements(() => read(missing))
  expect(statements).toHaveLength(2)
  expect(result.translationsMissing).toEqual({
    totalCount: 2,
    nodes: [
      { id: a, field: 'DESCRIPTION', texts: { en: 'Strong' } },
      { id: a, field: 'NAME', texts: { en: 'Coffee' } },
    ],
  })
  const half = [
    { id: a, field: 'NAME', text: 'Café' },
    { id: encodeId('product', newId()), field: 'NAME', text: 'Rien' },
  ]
  expect((await set({ locale: 'fr', translations: half })).userErrors).toEqual([
    { code: 'NOT_FOUND', path: ['translations', '1', 'id'] },
  ])
  expect((await read(missing)).translationsMissing.totalCount).toBe(2)
  const translations = [
    { id: a, field: 'NAME', text: 'Café' },
    { id: a, field: 'DESCRIPTION', text: 'Fort' },
    { id: a, field: 'SEO_TITLE', text: 'Le café' },
    { id: b, field: 'NAME', text: 'Thé' },
    { id: category, field: 'NAME', text: 'Boissons' },
  ]
  expect(await set({ locale: 'fr', translations })).toEqual({ count: 4, userErrors: [] })
  expect((await read(missing)).translationsMissing.totalCount).toBe(0)
  const inFrench = { ...guest, languages: ['fr', 'en'] }
  expect(
    await read(`{ product(id: "${a}") { name description seo { title } categories { name } } }`, inFrench),
  ).toEqual({
    product: {
      name: 'Café',
      description: 'Fort',
      seo: { title: 'Le café' },
      categories: [{ name: 'Boissons' }],
    },
  })
  const versions = await read(
    `{ product(id: "${a}") { versions { totalCount } difference(from: 1, to: 2) { field } } }`,
  )
  expect(versions.product.difference.map(({ field }: { field: string }) => field)).toEqual([
    'description.fr',
    'name.fr',
    'seo.title.fr',
  ])
})

test('Staff see how far each language is, in one statement', async () => {
  const { result, statements } = await recordStatements(() =>
    read('{ translationCoverage { locale kind total translated } }'),
  )
  expect(statements).toHaveLength(1)
  expect(result.translationCoverage).toContainEqual({
    locale: 'fr',
    kind: 'CATEGORY',
    total: 1,
    translated: 1,
  })
  expect(result.translationCoverage).toContainEqual({
    locale: 'es-MX',
    kind: 'CATEGORY',
    total: 1,
    translated: 0,
  })
})

test('Names are found and sorted in any language', async () => {
  const names = async (languages: string[]) =>
    (await read('{ products { nodes { name } } }', { ...guest, languages })).products.nodes.map(
      (one: { name: string }) => one.name,
    )
  expect(await names(['en'])).toEqual(['Coffee', 'Tea'])
  const translations = [
    { id: (await read('{ product(slug: "tr-b") { id } }')).product.id, field: 'NAME', text: 'Árbol' },
  ]
  expect((await set({ locale: 'sv', translations })).userErrors).toEqual([
    { code: 'LANGUAGE_NOT_LISTED', path: ['locale'] },
  ])
  await set(
    { locales: ['en', 'es', 'es-MX', 'fr', 'sv'], defaultLocale: 'en' },
    'shopLanguagesSet',
    '__typename',
  )
  await set({ locale: 'sv', translations })
  expect(await names(['sv', 'en'])).toEqual(['Árbol', 'Coffee'])
  expect((await read('{ products(where: { search: "árbol" }) { nodes { slug } } }')).products.nodes).toEqual([
    { slug: 'tr-b' },
  ])
})

test('Bad translations are refused with their place', async () => {
  const id = (await read('{ category(slug: "drinks") { id } }')).category.id
  const refused = async (translation: object) =>
    (await set({ locale: 'fr', translations: [{ id, field: 'NAME', text: 'x', ...translation }] }))
      .userErrors[0]
  expect(await refused({ text: ' ' })).toEqual({ code: 'TEXT_MISSING', path: ['translations', '0', 'text'] })
  expect(await refused({ text: 'x'.repeat(201) })).toEqual({
    code: 'TEXT_TOO_LONG',
    path: ['translations', '0', 'text'],
  })
  expect(await refused({ field: 'DESCRIPTION' })).toEqual({
    code: 'INVALID_INPUT',
    path: ['translations', '0', 'field'],
  })
  expect(await refused({ id: 'nonsense' })).toEqual({ code: 'NOT_FOUND', path: ['translations', '0', 'id'] })
  const many = Array.from({ length: 1_001 }, () => ({ id, field: 'NAME', text: 'x' }))
  expect((await set({ locale: 'fr', translations: many })).userErrors[0].code).toBe('TOO_MANY')
})

test('What is to be seen in pictures is translated like other texts, of a product and of the library', async () => {
  const { productId } = await createTestProduct(staff, {
    sku: 'tr-picture',
    name: { fr: 'Image', en: 'Picture' },
  })
  const [imageId, assetId] = [newId(), newId()]
  await sql`
    insert into asset (id, kind, visibility, media_type, file_name, bytes, sha256, width, height, alt, created_at, updated_at)
    values (${assetId}, 'IMAGE', 'PUBLIC', 'image/png', 'cup.png', 1, ${Buffer.alloc(32)}, 1, 1, '{"en": "A cup"}', now(), now())`.execute(
    db,
  )
  await sql`
    insert into image (id, product_id, url, alt) values (${imageId}, ${productId}, '/cup.png', '{"en": "Our cup"}')`.execute(
    db,
  )
  const [image, asset] = [encodeId('image', imageId), encodeId('asset', assetId)]
  const missing = async () => {
    const nodes = '{ nodes { id field texts { en } } }'
    const { a, b } = await read(
      `{ a: translationsMissing(locale: "fr", kind: IMAGE) ${nodes} b: translationsMissing(locale: "fr", kind: ASSET) ${nodes} }`,
    )
    return [...a.nodes, ...b.nodes]
  }
  expect(await missing()).toEqual([
    { id: image, field: 'ALT', texts: { en: 'Our cup' } },
    { id: asset, field: 'ALT', texts: { en: 'A cup' } },
  ])
  const long = async (id: string, length: number) =>
    (await set({ locale: 'fr', translations: [{ id, field: 'ALT', text: 'x'.repeat(length) }] })).userErrors
  expect(await long(image, 201)).toMatchObject([{ code: 'TEXT_TOO_LONG' }])
  expect(await long(asset, 501)).toMatchObject([{ code: 'TEXT_TOO_LONG' }])
  expect(await long(asset, 500)).toEqual([])
  const translations = [
    { id: image, field: 'ALT', text: 'Notre tasse' },
    { id: asset, field: 'ALT', text: 'Une tasse' },
  ]
  expect(await set({ locale: 'fr', translations })).toEqual({ count: 2, userErrors: [] })
  expect(await missing()).toEqual([])
  const said = await db
    .selectFrom('event')
    .select('type')
    .where('aggregate_id', 'in', [assetId, productId])
    .where('type', 'in', ['AssetUpdated.v1', 'ProductUpdated.v1'])
    .orderBy('type')
    .execute()
  expect(said.map(({ type }) => type)).toEqual(['AssetUpdated.v1', 'AssetUpdated.v1', 'ProductUpdated.v1'])
  const wrong = [{ id: image, field: 'NAME', text: 'x' }]
  expect((await set({ locale: 'fr', translations: wrong })).userErrors).toMatchObject([
    { code: 'INVALID_INPUT', path: ['translations', '0', 'field'] },
  ])
})
