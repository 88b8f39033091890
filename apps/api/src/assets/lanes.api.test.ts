import '@hilo/assets/graphql'
import { createDiskStorage } from '@hilo/assets/storage'
import { testPicture } from '@hilo/assets/testing'
import { ask } from '@hilo/graphql/testing'
import { expect, test } from 'vitest'
import { startAssetServer } from './testing.ts'

let gate: Promise<void> | undefined
/** A storage that gives no original for as long as the gate is shut: sizes that are asked for are never done. */
const { ctx, url } = await startAssetServer((folder) => {
  const disk = createDiskStorage(folder)
  return {
    ...disk,
    read: async (key, span) => {
      if (key.endsWith('/original')) await gate
      return disk.read(key, span)
    },
  }
})

const upload = async (color: string, width = 400): Promise<{ status: number; assetId: string }> => {
  const { data } = await ask<{ assetUploadCreate: { upload: { url: string } } }>(
    'mutation { assetUploadCreate(input: { fileName: "beans.jpg" }) { upload { url } } }',
    { ctx },
  )
  const body = await testPicture({ color, width, height: width })
  const response = await fetch(url + data.assetUploadCreate.upload.url, { method: 'PUT', body })
  const { assetId } = (await response.json().catch(() => ({}))) as { assetId: string }
  return { status: response.status, assetId }
}

const CROPS = ['ORIGINAL', 'SQUARE', 'LANDSCAPE', 'PORTRAIT', 'WIDE']

/** The addresses of all sizes of a picture, in all shapes and formats. */
const sizesOf = async (assetId: string): Promise<string[]> => {
  const fields = CROPS.flatMap((crop) =>
    ['WEBP', 'AVIF'].map(
      (format) => `${crop}_${format}: renditions(crop: ${crop}, format: ${format}) { url }`,
    ),
  )
  const { data } = await ask<{ asset: Record<string, readonly { url: string }[]> }>(
    `query ($id: ID!) { asset(id: $id) { ${fields.join(' ')} } }`,
    { ctx, variables: { id: assetId } },
  )
  return Object.values(data.asset).flatMap((told) => told.map((each) => url + each.url))
}

/** Sizes that are made and wait at most, and as many more as are sent away. */
const TAKEN = 202
const TOO_MANY = 8

test('an upload is done while as many sizes as may wait are waiting', async () => {
  const sizes: string[] = []
  for (const color of ['#100', '#200', '#300', '#400'])
    sizes.push(...(await sizesOf((await upload(color, 1_300)).assetId)))
  const asked = sizes.slice(0, TAKEN + TOO_MANY)
  expect(asked).toHaveLength(TAKEN + TOO_MANY)

  const shut = Promise.withResolvers<void>()
  gate = shut.promise
  const full = Promise.withResolvers<void>()
  const answered: number[] = []
  const flood = asked.map(async (size) => {
    const response = await fetch(size)
    await response.arrayBuffer()
    answered.push(response.status)
    if (answered.length === TOO_MANY) full.resolve()
  })
  await full.promise
  const { status } = await upload('#500')
  const meanwhile = [...answered]
  shut.reject(new Error('The storage gives nothing'))
  await Promise.all(flood)
  expect({ status, meanwhile }).toEqual({
    status: 201,
    meanwhile: Array.from({ length: TOO_MANY }, () => 503),
  })
})
