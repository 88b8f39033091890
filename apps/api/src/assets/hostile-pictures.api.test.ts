import { crc32, deflateSync } from 'node:zlib'
import '@hilo/assets/graphql'
import { ask } from '@hilo/graphql/testing'
import { expect, test } from 'vitest'
import { startAssetServer } from './testing.ts'

const { ctx, url } = await startAssetServer()

interface Answered {
  readonly assetId: string
  readonly error?: { readonly code: string; readonly data: object }
}

const upload = async (body: Buffer<ArrayBuffer>): Promise<Answered> => {
  const { data } = await ask<{ assetUploadCreate: { upload: { url: string } } }>(
    'mutation { assetUploadCreate(input: { fileName: "a.png" }) { upload { url } } }',
    { ctx },
  )
  const response = await fetch(url + data.assetUploadCreate.upload.url, { method: 'PUT', body })
  return (await response.json()) as Answered
}

const chunk = (type: string, data: Buffer): Buffer => {
  const typed = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, sum])
}

/** A grey PNG of this size, in hardly more bytes than its name has. */
const greyPng = (width: number, height: number): Buffer<ArrayBuffer> => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.writeUInt8(8, 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('a picture that is too long for any size of it is refused before it is read, whatever its pixels', async () => {
  for (const [width, height] of [
    [1, 16_384],
    [16_384, 1],
    [1, 4_000_000],
  ] as const) {
    const { error } = await upload(greyPng(width, height))
    expect(error).toMatchObject({ code: 'PICTURE_TOO_LARGE', data: { width, height, maxSide: 16_383 } })
  }
})

test('every size that the longest picture is told in can be had', async () => {
  const { assetId } = await upload(greyPng(1, 16_383))
  const { data } = await ask<{ asset: Record<string, readonly { url: string }[]> }>(
    `query ($id: ID!) { asset(id: $id) { whole: renditions { url } avif: renditions(format: AVIF) { url }
      square: renditions(crop: SQUARE) { url } } }`,
    { ctx, variables: { id: assetId } },
  )
  for (const told of Object.values(data.asset).flat()) {
    const answer = await fetch(url + told.url)
    await answer.arrayBuffer()
    expect([told.url, answer.status]).toEqual([told.url, 200])
  }
})
