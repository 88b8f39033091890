import { createTestChannels } from '@hilo/channels/testing'
import type { Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { decodeId, encodeId, grant, GUEST, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { startCatalogClock } from '../publication/start-catalog-clock.ts'
import { MAX_VERSIONS } from '../versions/record-versions.ts'
import { publishDueDrafts } from '../versions/publish-due-drafts.ts'
import { createTestProduct } from '../testing/index.ts'
import './index.ts'

/** An answer as a test walks through it. */
// oxlint-disable-next-line no-explicit-any
type Answer = any

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
  readonly [noun: string]: Answer
}

const mutate = async (
  name: string,
  input: object,
  fields = '__typename',
  ctx: Context = staff,
): Promise<Payload> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const done = async (name: string, input: object, fields?: string): Promise<Payload> => {
  const payload = await mutate(name, input, fields)
  expect(payload.userErrors).toEqual([])
  return payload
}

const refusal = async (name: string, input: object) => {
  const { userErrors } = await mutate(name, input)
  return userErrors[0] && `${userErrors[0].code} ${userErrors[0].path.join('.')}`
}

const read = async (source: string, ctx: typeof guest = guest): Promise<Answer> => {
  const { data, errors } = await ask<Answer>(source, { ctx })
  expect(errors).toBeUndefined()
  return data
}

const productId = (id: string) => encodeId('product', id)

test('A product whose slug changed is found by all its slugs, until something else takes one', async () => {
  const made = await createTestProduct(staff, { sku: 'first-name' })
  const id = productId(made.productId)
  await done('productUpdate', { id, slug: 'second-name' })
  await done('productUpdate', { id, slug: 'third-name' })
  const query =
    '{ a: product(slug: "first-name") { slug formerSlugs } b: product(slug: "second-name") { slug } }'
  expect(await read(query)).toEqual({
    a: { slug: 'third-name', formerSlugs: ['second-name', 'first-name'] },
    b: { slug: 'third-name' },
  })
  const redirect = '{ slugRedirect(kind: PRODUCT, slug: "first-name") { from to } }'
  expect(await read(redirect)).toEqual({ slugRedirect: { from: 'first-name', to: 'third-name' } })
  await done('productUpdate', { id, slug: 'first-name' })
  expect(await read(redirect)).toEqual({ slugRedirect: null })
  expect(await read('{ product(slug: "third-name") { slug formerSlugs } }')).toEqual({
    product: { slug: 'first-name', formerSlugs: ['third-name', 'second-name'] },
  })
  const other = await createTestProduct(staff, { sku: 'third-name', name: { en: 'Other' } })
  expect(await read('{ product(slug: "third-name") { id name } }')).toEqual({
    product: { id: productId(other.productId), name: 'Other' },
  })
})

test('A category that moved is found by its old address, and a slug left out is made of the name', async () => {
  const first = await done('categoryCreate', { name: { en: 'Café & Thé' } }, 'category { id slug }')
  expect(first['category'].slug).toBe('cafe-the')
  const second = await done('categoryCreate', { name: { en: 'Cafe The!' } }, 'category { slug }')
  expect(second['category'].slug).toBe('cafe-the-2')
  await done('categoryUpdate', { id: first['category'].id, slug: 'coffee-and-tea' })
  expect(await read('{ category(slug: "cafe-the") { slug formerSlugs } }')).toEqual({
    category: { slug: 'coffee-and-tea', formerSlugs: ['cafe-the'] },
  })
  const product = await done(
    'productCreate',
    { name: { others: [{ locale: 'DE', text: 'Größe Ü' }] } },
    'product { slug }',
  )
  expect(product['product'].slug).toBe('grosse-u')
})

test('SEO fields fall back to name and description, and are refused with their path', async () => {
  const name = { en: 'Beans', es: 'Granos' }
  const created = await done(
    'productCreate',
    { name, seo: { title: { es: 'Los mejores granos' } } },
    'product { id }',
  )
  const { id } = created['product']
  const query = `{ product(id: "${id}") { seo { title description noIndex canonicalUrl titleTexts { es } } } }`
  expect(await read(query, { ...guest, locale: 'es' })).toMatchObject({
    product: { seo: { title: 'Los mejores granos' } },
  })
  expect(await read(query)).toMatchObject({
    product: { seo: { title: 'Los mejores granos', noIndex: false } },
  })
  await done('productUpdate', { id, seo: { noIndex: true, canonicalUrl: '/beans' } })
  expect(await read(query)).toEqual({
    product: {
      seo: {
        title: 'Beans',
        description: '',
        noIndex: true,
        canonicalUrl: '/beans',
        titleTexts: { es: null },
      },
    },
  })
  expect(await refusal('productUpdate', { id, seo: { imageUrl: 'ftp://x' } })).toBe(
    'URL_INVALID seo.imageUrl',
  )
})

test('Related products stand in their order, both ways when asked, and only where they are seen', async () => {
  const [a, b, c] = await Promise.all(
    ['rel-a', 'rel-b', 'rel-c'].map((sku) => createTestProduct(staff, { sku })),
  )
  const hidden = await createTestProduct(staff, { sku: 'rel-hidden', status: 'DRAFT' })
  const [ida, idb, idc] = [a!, b!, c!].map((one) => productId(one.productId))
  const relatedIds = [idc, productId(hidden.productId), idb]
  await done('productRelationsSet', { productId: ida, kind: 'ACCESSORY', relatedIds, bothWays: true })
  const query = `{ products(where: { ids: ["${ida}", "${idb}"] }) { nodes { slug related(kind: ACCESSORY) { slug } } } }`
  const { result, statements } = await recordStatements(() => read(query))
  expect(result.products.nodes).toEqual([
    { slug: 'rel-a', related: [{ slug: 'rel-c' }, { slug: 'rel-b' }] },
    { slug: 'rel-b', related: [{ slug: 'rel-a' }] },
  ])
  expect(statements).toHaveLength(2)
  await done('productRelationsSet', { productId: ida, kind: 'ACCESSORY', relatedIds: [idc], bothWays: true })
  expect((await read(query)).products.nodes[1].related).toEqual([])
  expect(await refusal('productRelationsSet', { productId: ida, kind: 'SIMILAR', relatedIds: [ida] })).toBe(
    'RELATION_TO_ITSELF relatedIds.0',
  )
})

test('A scanner finds a variant by any form of its code, where it is sold', async () => {
  const made = await createTestProduct(staff, { sku: 'scan-me' })
  const draft = await createTestProduct(staff, { sku: 'scan-draft', status: 'DRAFT' })
  const variantId = encodeId('variant', made.variantId)
  const barcodes = [
    { kind: 'UPC_A', code: '036000291452' },
    { kind: 'CODE_128', code: 'SHELF-7' },
  ]
  await done('variantBarcodesSet', { variantId, barcodes })
  const scan = async (code: string, ctx = guest) =>
    (await read(`{ variantByBarcode(code: ${JSON.stringify(code)}) { sku barcodes { kind code } } }`, ctx))
      .variantByBarcode
  for (const code of ['036000291452', '0036000291452', 'https://s.test/01/00036000291452?x=1', 'SHELF-7']) {
    expect(await scan(code)).toEqual({ sku: 'scan-me', barcodes })
  }
  expect(await scan('\u0000')).toBeNull()
  expect(await scan('x'.repeat(5_000))).toBeNull()
  const other = encodeId('variant', draft.variantId)
  expect(
    await refusal('variantBarcodesSet', {
      variantId: other,
      barcodes: [{ kind: 'EAN_13', code: '0036000291452' }],
    }),
  ).toBe('BARCODE_TAKEN barcodes')
  expect(
    await refusal('variantBarcodesSet', {
      variantId: other,
      barcodes: [{ kind: 'EAN_13', code: '0036000291453' }],
    }),
  ).toBe('BARCODE_INVALID barcodes.0.code')
  await done('variantBarcodesSet', { variantId: other, barcodes: [{ kind: 'QR', code: 'secret' }] })
  expect(await scan('secret')).toBeNull()
  expect(await scan('secret', staff)).toMatchObject({ sku: 'scan-draft' })
})

const history = async (id: string) =>
  (
    await read(
      `{ product(id: "${id}") { contentVersion versions { totalCount nodes { number actor content { slug name } } } } }`,
      staff,
    )
  ).product

test('Every change is a version; their difference is told field by field, and one can be restored', async () => {
  const created = await done('productCreate', { slug: 'v', name: { en: 'One' } }, 'product { id }')
  const { id } = created['product']
  await done('productUpdate', { id, name: { en: 'Two', es: 'Dos' }, seo: { noIndex: true } })
  await done('productUpdate', { id, slug: 'v-three', channelIds: [] })
  expect(await history(id)).toMatchObject({
    contentVersion: 3,
    versions: {
      totalCount: 3,
      nodes: [
        { number: 3, content: { slug: 'v-three' } },
        { number: 2 },
        { number: 1, content: { name: 'One' } },
      ],
    },
  })
  const difference = `{ product(id: "${id}") { difference(from: 1, to: 2) { field before after } } }`
  expect((await read(difference, staff)).product.difference).toEqual([
    { field: 'name.en', before: 'One', after: 'Two' },
    { field: 'name.es', before: null, after: 'Dos' },
    { field: 'seo.noIndex', before: false, after: true },
  ])
  await done('productVersionRestore', { productId: id, number: 1 })
  const same = `{ product(id: "${id}") { difference(from: 1, to: 4) { field } } }`
  expect((await read(same, staff)).product.difference).toEqual([])
  expect(await refusal('productVersionRestore', { productId: id, number: 99 })).toBe('NOT_FOUND number')
})

test('Versions and drafts refer to others by the ids of the API', async () => {
  const created = await done('productCreate', { slug: 'refers', name: { en: 'Refers' } }, 'product { id }')
  const { id } = created['product']
  const place = (await done('categoryCreate', { slug: 'place', name: { en: 'Place' } }, 'category { id }'))[
    'category'
  ]
  const channelIds = [encodeId('channel', channels.webEu.id)]
  await done('productUpdate', { id, categoryIds: [place.id], channelIds })
  await done('productDraftSave', { productId: id, categoryIds: [] })
  const said = await read(
    `{ product(id: "${id}") { difference(from: 1, to: 2) { field before after }
      versions { nodes { actor content { all } } } draft { actor difference { before after } preview { all } } } }`,
    staff,
  )
  expect(said.product.difference).toEqual([
    { field: 'categoryIds', before: [], after: [place.id] },
    { field: 'channelIds', before: expect.any(Array), after: channelIds },
  ])
  expect(said.product.draft.difference).toEqual([{ before: [place.id], after: [] }])
  expect(said.product.versions.nodes[0]).toMatchObject({
    actor: 'system',
    content: { all: { categoryIds: [place.id] } },
  })
  expect(JSON.stringify(said)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  const staffId = newId()
  const grants = [grant(['catalog:write', 'catalog:read'])]
  const kai = { ...staff, actor: { kind: 'staff', staffId, sessionId: newId(), grants } as const }
  await mutate('productUpdate', { id, name: { en: 'By Kai' } }, '__typename', kai)
  const by = await read(`{ product(id: "${id}") { versions(first: 1) { nodes { actor } } } }`, staff)
  expect(by.product.versions.nodes).toEqual([{ actor: encodeId('staff', staffId) }])
})

test('A draft is seen by staff alone until it is published, and nobody’s work is undone by it', async () => {
  const created = await done('productCreate', { slug: 'd', name: { en: 'Live' } }, 'product { id }')
  const { id } = created['product']
  await done('productDraftSave', {
    productId: id,
    name: { en: 'Soon', others: [{ locale: 'de', text: 'Bald' }] },
  })
  const draft = `{ product(id: "${id}") { name draft { base version preview { name } difference { field } conflicts } } }`
  expect((await read(draft, staff)).product).toEqual({
    name: 'Live',
    draft: {
      base: 1,
      version: 1,
      preview: { name: 'Soon' },
      difference: [{ field: 'name.de' }, { field: 'name.en' }],
      conflicts: [],
    },
  })
  const asGuest = await ask<Answer>(draft, { ctx: guest })
  expect(asGuest.data.product).toEqual({ name: 'Live', draft: null })
  await done('productUpdate', { id, description: { en: 'Others write elsewhere' } })
  await done('productDraftPublish', { productId: id })
  expect((await read(draft, staff)).product).toEqual({ name: 'Soon', draft: null })
  await done('productDraftSave', { productId: id, name: { en: 'Mine' } })
  await done('productUpdate', { id, name: { en: 'Theirs' } })
  expect(await refusal('productDraftPublish', { productId: id })).toBe('DRAFT_CONFLICT productId')
  expect((await read(draft, staff)).product.draft.conflicts).toEqual(['name.de', 'name.en'])
  expect(await refusal('productDraftSave', { productId: id, ifVersion: 0 })).toBe(
    'VERSION_CONFLICT ifVersion',
  )
  await done('productDraftDiscard', { productId: id })
  expect(await refusal('productDraftPublish', { productId: id })).toBe('DRAFT_EMPTY productId')
})

/** A product with a draft that is due in so many milliseconds from now. */
const dueIn = async (slug: string, milliseconds: number): Promise<string> => {
  const { product } = await done('productCreate', { slug, name: { en: 'Before' } }, 'product { id }')
  const publishAt = new Date(Date.now() + milliseconds).toISOString()
  await done('productDraftSave', { productId: product.id, name: { en: 'After' }, publishAt })
  return product.id
}

test('The clock publishes a draft when it is due, not at its next look', async () => {
  const id = await dueIn('on-time', 500)
  const over = new AbortController()
  const clock = startCatalogClock({
    db,
    clock: () => new Date(),
    logger: { error: (facts) => expect(facts).toBeUndefined() },
    signal: over.signal,
    tickEvery: 3_600_000,
  })
  await expect.poll(async () => (await read(`{ product(id: "${id}") { name } }`)).product.name).toBe('After')
  over.abort()
  await clock
})

test('A draft that fails keeps back none of those behind it', async () => {
  const [unsound, sound] = [await dueIn('unsound', 0), await dueIn('sound', 0)]
  const drafts = db.updateTable('product_draft').set({ change: 'null' })
  await drafts.where('product_id', '=', decodeId('product', unsound)!).execute()
  const now = () => new Date()
  await expect(publishDueDrafts(db, now)).rejects.toThrow('Drafts that are due cannot be published')
  expect((await read(`{ product(id: "${sound}") { name } }`)).product.name).toBe('After')
  await done('productDraftDiscard', { productId: unsound })
})

test('A draft publishes itself when its time comes; one that cannot says why', async () => {
  const created = await done('productCreate', { slug: 'timed', name: { en: 'Before' } }, 'product { id }')
  const taken = await done('productCreate', { slug: 'timed-2', name: { en: 'Before' } }, 'product { id }')
  const [id, other] = [created['product'].id, taken['product'].id]
  const publishAt = new Date(staff.now().getTime() + 60_000).toISOString()
  await done('productDraftSave', { productId: id, name: { en: 'After' }, publishAt })
  await done('productDraftSave', { productId: other, slug: 'timed-3', publishAt })
  await done('productCreate', { slug: 'timed-3', name: { en: 'First' } })
  expect(await publishDueDrafts(db, staff.now)).toBe(0)
  const later = () => new Date(staff.now().getTime() + 60_000)
  expect(await publishDueDrafts(db, later)).toBe(2)
  expect(await publishDueDrafts(db, later)).toBe(0)
  expect((await read(`{ product(id: "${id}") { name draft { failed } } }`, staff)).product).toEqual({
    name: 'After',
    draft: null,
  })
  const why = `{ product(id: "${other}") { draft { failed refusal { code message path } } } }`
  expect((await read(why, { ...staff, locale: 'es' })).product.draft).toEqual({
    failed: 'SLUG_TAKEN',
    refusal: {
      code: 'SLUG_TAKEN',
      message: 'El slug timed-3 ya está en uso.',
      path: ['slug'],
    },
  })
  expect(await refusal('productDraftSave', { productId: id, publishAt: '2020-01-01T00:00:00Z' })).toBe(
    'PUBLISH_AT_PAST publishAt',
  )
})

test('The newest 200 versions are kept', async () => {
  const { productId: id } = await createTestProduct(staff, { sku: 'busy' })
  await db.updateTable('product').set({ content_version: MAX_VERSIONS }).where('id', '=', id).execute()
  await done('productUpdate', { id: productId(id), name: { en: 'Once more' } })
  const found = await history(productId(id))
  expect(found.versions.nodes.map(({ number }: { number: number }) => number)).toEqual([MAX_VERSIONS + 1])
})

test('Versions, drafts and their previews of a list take one statement for each kind of thing', async () => {
  const made = await Promise.all(
    ['list-a', 'list-b', 'list-c'].map((sku) => createTestProduct(staff, { sku })),
  )
  const ids = made.map((one) => productId(one.productId))
  for (const id of ids) {
    await done('productUpdate', { id, name: { en: 'Two' } })
    await done('productDraftSave', { productId: id, name: { en: 'Three' } })
  }
  const query = (some: readonly string[]) => `{ products(where: { ids: ${JSON.stringify(some)} }) { nodes {
    formerSlugs contentVersion versions { totalCount nodes { number } } difference(from: 1, to: 2) { field }
    draft { base preview { name } difference { field } conflicts } variants { barcodes { code } } } } }`
  const one = await recordStatements(() => read(query(ids.slice(0, 1)), staff))
  const all = await recordStatements(() => read(query(ids), staff))
  expect(all.result.products.nodes).toHaveLength(3)
  expect(all.result.products.nodes[2]).toMatchObject({
    contentVersion: 2,
    draft: { preview: { name: 'Three' }, conflicts: [] },
  })
  expect(all.statements).toHaveLength(one.statements.length)
  expect(all.statements).toHaveLength(10)
})
