import { usualPath, assetsByIds } from '@hilo/assets'
import { createTestAsset } from '@hilo/assets/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, type Uuid } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { forgetUnusedAssets } from '../images/forget-unused-assets.ts'
import { createTestProduct } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const pot = await createTestProduct(ctx, { sku: 'POT' })
const course = await createTestProduct(ctx, { sku: 'COURSE' })

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
  readonly [noun: string]: unknown
}

const mutate = async (name: string, input: object, fields = '__typename'): Promise<Payload> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Payload>>(source, { ctx, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const usesOf = async (...ids: Uuid[]) => {
  const { data } = await ask<{ nodes: { usedBy: { slug: string }[] }[] }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Asset { usedBy { slug } } } }',
    { ctx, variables: { ids: ids.map((id) => encodeId('asset', id)) } },
  )
  return data.nodes.map(({ usedBy }) => usedBy.map(({ slug }) => slug))
}

const deleteIt = async (id: Uuid) =>
  (await mutate('assetDelete', { id: encodeId('asset', id) })).userErrors.map(({ code }) => code)

const pathOf = async (id: Uuid): Promise<string> =>
  usualPath((await assetsByIds(db, [id], { seesAll: true }))[0]!)

const productId = encodeId('product', pot.productId)

const say = (url: string | null) =>
  mutate('productUpdate', { id: productId, attributes: [{ code: 'manual', url }] })

const manual = async () => {
  const { data } = await ask<{ product: { attributes: object[] } }>(
    'query ($id: ID!) { product(id: $id) { attributes { ... on FileAttributeValue { url asset { id fileName } } } } }',
    { ctx, variables: { id: productId } },
  )
  return data.product.attributes
}

it('a file attribute holds the asset whose path it says, and an address elsewhere holds nothing', async () => {
  const attribute = (
    await mutate(
      'attributeCreate',
      { code: 'manual', name: { en: 'Manual' }, kind: 'FILE' },
      'attribute { id }',
    )
  ).attribute as { id: string }
  const made = await mutate(
    'productTypeCreate',
    { code: 'pots', name: { en: 'Pots' }, attributes: [{ attributeId: attribute.id, level: 'PRODUCT' }] },
    'productType { id }',
  )
  expect(made.userErrors).toEqual([])
  const productTypeId = (made.productType as { id: string }).id
  await mutate('productUpdate', { id: productId, productTypeId })
  const guide = await createTestAsset(ctx, { kind: 'FILE', fileName: 'Guía.pdf' })
  const path = await pathOf(guide)
  expect((await say(path)).userErrors).toEqual([])
  expect(await manual()).toEqual([
    { url: path, asset: { id: encodeId('asset', guide), fileName: 'Guía.pdf' } },
  ])
  expect(await usesOf(guide)).toEqual([['pot']])
  expect(await deleteIt(guide)).toEqual(['ASSET_IN_USE'])
  await say('https://example.com/manual.pdf')
  expect(await manual()).toEqual([{ url: 'https://example.com/manual.pdf', asset: null }])
  expect(await deleteIt(guide)).toEqual([])
  expect((await say(path)).userErrors).toEqual([])
  expect(await manual()).toEqual([{ url: path, asset: null }])
})

it('a digital file is an asset, which its buyers keep when others get another', async () => {
  const variantId = encodeId('variant', course.variantId)
  const film = await createTestAsset(ctx, { kind: 'VIDEO', visibility: 'PRIVATE', fileName: 'film.mp4' })
  const file = { name: 'film.mp4', mediaType: 'video/mp4' }
  const set = (files: object[]) =>
    mutate('variantFilesSet', { variantId, files }, 'variant { digitalFiles { name asset { id } } }')
  const bad = async (input: object) => (await set([{ ...file, ...input }])).userErrors[0]
  expect(await bad({})).toEqual({ code: 'DIGITAL_FILE_INVALID', path: ['files', '0', 'body'] })
  const assetId = encodeId('asset', film)
  expect(await bad({ assetId, body: 'x' })).toMatchObject({ code: 'DIGITAL_FILE_INVALID' })
  const none = encodeId('asset', course.variantId)
  expect(await bad({ assetId: none })).toEqual({ code: 'NOT_FOUND', path: ['files', '0', 'assetId'] })
  const { variant } = await set([{ ...file, assetId }])
  expect(variant).toEqual({ digitalFiles: [{ name: 'film.mp4', asset: { id: assetId } }] })
  await set([])
  expect(await usesOf(film)).toEqual([['course']])
  expect(await deleteIt(film)).toEqual(['ASSET_IN_USE'])
})

it('is not forgotten while anything uses it, and takes one statement for the uses of all', async () => {
  const [held, free] = [
    await createTestAsset(ctx, { kind: 'FILE' }),
    await createTestAsset(ctx, { kind: 'FILE' }),
  ]
  await say(await pathOf(held))
  const { statements } = await recordStatements(() => usesOf(held, free))
  expect(statements.filter((each) => each.includes('from image')).length).toBe(1)
  expect(await forgetUnusedAssets(ctx, new Date(ctx.now().getTime() + 1))).toBe(1)
  expect(await usesOf(held)).toEqual([['pot']])
})
