import { createTestAsset } from '@hilo/assets/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST } from '@hilo/kernel'
import { beforeAll, expect, it } from 'vitest'
import { createTestProduct } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const made = await createTestProduct(ctx, { sku: 'CUP', moreSkus: ['CUP-RED'] })
const other = await createTestProduct(ctx, { sku: 'POT' })
const productId = encodeId('product', made.productId)
const variantId = encodeId('variant', made.variantId)
const front = await createTestAsset(ctx, { fileName: 'front.jpg' })
const guide = await createTestAsset(ctx, { kind: 'FILE', fileName: 'guide.pdf' })

interface Answered {
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
  readonly image?: { readonly id: string; readonly url: string; readonly asset: object | null }
  readonly asset?: { readonly usedBy: readonly { readonly slug: string }[] }
}

const change = async (name: string, input: object, fields = ''): Promise<Answered> => {
  const title = name[0]!.toUpperCase() + name.slice(1)
  const query = `mutation ($input: ${title}Input!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`
  const { data, errors } = await ask<Record<string, Answered>>(query, { ctx, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const add = (input: object) =>
  change('imageAdd', { productId, ...input }, 'image { id url alt asset { id kind srcset } }')

const pictures = async (asking = ctx) => {
  const { data } = await ask<{
    product: { images: { id: string; alt: string }[]; variants: { images: { id: string }[] }[] }
  }>(
    `query ($id: ID!) { product(id: $id) { images { id alt url asset { id } } variants { images { id } } } }`,
    {
      ctx: asking,
      variables: { id: productId },
    },
  )
  return data.product
}

const images: string[] = []

beforeAll(async () => {
  images.push((await add({ assetId: encodeId('asset', front) })).image!.id)
  images.push((await add({ url: 'https://elsewhere.test/a.jpg', alt: { en: 'A side' } })).image!.id)
})

it('is of an asset in its usual size, or elsewhere', async () => {
  const { data } = await ask<{ nodes: Answered['image'][] }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Image { url asset { kind srcset(crop: SQUARE) } } } }',
    { ctx: { ...ctx, actor: GUEST }, variables: { ids: images } },
  )
  expect(data.nodes[0]).toMatchObject({
    url: `/assets/${encodeId('asset', front)}/full/1280.webp`,
    asset: { kind: 'IMAGE' },
  })
  expect(data.nodes[1]).toMatchObject({ url: 'https://elsewhere.test/a.jpg', asset: null })
})

it('is no file, nothing that is not there, and not two things at once', async () => {
  const codes = async (input: object) => (await add(input)).userErrors.map(({ code }) => code)
  expect(await codes({ assetId: encodeId('asset', guide) })).toEqual(['ASSET_NOT_SHOWN'])
  expect(await codes({ assetId: encodeId('asset', made.productId) })).toEqual(['NOT_FOUND'])
  expect(await codes({ assetId: encodeId('asset', front), url: '/a.jpg' })).toEqual(['INVALID_INPUT'])
  expect(await codes({})).toEqual(['INVALID_INPUT'])
})

it('says what its asset says when it says nothing itself', async () => {
  await change('assetUpdate', { id: encodeId('asset', front), alt: { en: 'A cup', es: 'Una taza' } })
  expect((await pictures()).images.map(({ alt }) => alt)).toEqual(['A cup', 'A side'])
  await change('imageUpdate', { id: images[0], alt: { en: 'The front' } })
  expect((await pictures()).images[0]!.alt).toBe('The front')
})

it('is put in order, all of them or none', async () => {
  const wrong = await change('imagesReorder', { productId, imageIds: [images[1]] })
  expect(wrong.userErrors[0]?.code).toBe('IMAGE_ORDER_INCOMPLETE')
  const twice = await change('imagesReorder', { productId, imageIds: [images[1], images[1]] })
  expect(twice.userErrors[0]?.code).toBe('IMAGE_ORDER_INCOMPLETE')
  await change('imagesReorder', { productId, imageIds: images.toReversed() })
  expect((await pictures()).images.map(({ id }) => id)).toEqual(images.toReversed())
  await change('imagesReorder', { productId, imageIds: images })
})

it('shows a variant of its product, and no other', async () => {
  await change('variantImagesSet', { variantId, imageIds: [images[1]] })
  expect((await pictures()).variants.map((each) => each.images.map(({ id }) => id))).toEqual([
    [images[1]],
    [],
  ])
  const strange = await change('variantImagesSet', {
    variantId: encodeId('variant', other.variantId),
    imageIds: [images[0]],
  })
  expect(strange.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['imageIds', '0'] }])
})

it('takes a statement for the pictures of all products, one for those of variants and one for assets', async () => {
  const { statements } = await recordStatements(() => pictures())
  const about = (table: string) => statements.filter((sql) => sql.includes(`from "${table}"`)).length
  expect([about('image'), about('variant_image'), about('asset')]).toEqual([1, 1, 1])
})

it('holds its asset until it is taken away', async () => {
  const id = encodeId('asset', front)
  const { data } = await ask<Answered>('query ($id: ID!) { asset(id: $id) { usedBy { slug } } }', {
    ctx,
    variables: { id },
  })
  expect(data.asset).toEqual({ usedBy: [{ slug: 'cup' }] })
  expect((await change('assetDelete', { id })).userErrors[0]?.code).toBe('ASSET_IN_USE')
  await change('imageRemove', { id: images[0] })
  expect((await pictures()).images.map((each) => each.id)).toEqual([images[1]])
  expect((await change('assetDelete', { id, ifVersion: 7 })).userErrors[0]?.code).toBe('VERSION_CONFLICT')
  expect((await change('assetDelete', { id })).userErrors).toEqual([])
  const waiting = await db.selectFrom('asset_removal').select('prefix').execute()
  expect(waiting).toEqual([{ prefix: `${front.slice(-2)}/${front}/` }])
})
