import { readdir } from 'node:fs/promises'
import '@hilo/assets/graphql'
import { readPicture, testPicture } from '@hilo/assets/testing'
import { ask } from '@hilo/graphql/testing'
import { describe, expect, it } from 'vitest'
import { startAssetServer } from './testing.ts'

const { ctx, db, door, folder, url } = await startAssetServer()

interface UploadInput {
  readonly fileName?: string
  readonly visibility?: 'PUBLIC' | 'PRIVATE'
  readonly onlyPictures?: boolean
}

const uploadUrl = async (input: UploadInput = {}): Promise<string> => {
  const { data } = await ask<{ assetUploadCreate: { upload: { url: string } } }>(
    'mutation ($input: AssetUploadCreateInput!) { assetUploadCreate(input: $input) { upload { url } userErrors { code } } }',
    { ctx, variables: { input: { fileName: 'beans.jpg', ...input } } },
  )
  return url + data.assetUploadCreate.upload.url
}

interface Answered {
  readonly status: number
  readonly assetId: string
  readonly isNew: boolean
  readonly error?: { readonly code: string; readonly data: object }
}

const put = async (body: BodyInit, input: UploadInput = {}): Promise<Answered> => {
  const response = await fetch(await uploadUrl(input), { method: 'PUT', body })
  return { status: response.status, ...((await response.json()) as Omit<Answered, 'status'>) }
}

const ASSET = `query ($id: ID!) { asset(id: $id) {
  id kind mediaType bytes width height placeholder url downloadUrl alt version focalPoint { x y }
  renditions { url width height format }
  square: renditions(crop: SQUARE, format: AVIF) { url width height }
  srcset(crop: WIDE)
  rendition(maxWidth: 700) { width }
} }`

interface Told {
  readonly url: string | null
  readonly downloadUrl: string
  readonly srcset: string
  readonly version: number
  readonly renditions: readonly { url: string; width: number; height: number }[]
  readonly square: readonly { url: string; width: number; height: number }[]
}

const read = async (id: string, asking = ctx): Promise<Told & Record<string, unknown>> =>
  (await ask<{ asset: Told & Record<string, unknown> }>(ASSET, { ctx: asking, variables: { id } })).data.asset

const get = async (path: string, init?: RequestInit) => {
  const response = await fetch(url + path, init)
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  }
}

const waiting = (): Promise<string[]> => readdir(folder)

describe('a picture', () => {
  it('is told upright in widths that do not enlarge it, in both formats, without the place where it was taken', async () => {
    const picture = await testPicture({ width: 1_000, height: 700, orientation: 6 })
    expect((await readPicture(picture)).exif).toBeDefined()
    const { status, assetId, isNew } = await put(picture)
    expect([status, isNew]).toEqual([201, true])
    const asset = await read(assetId)
    expect(asset).toMatchObject({ kind: 'IMAGE', mediaType: 'image/jpeg', width: 700, height: 1_000 })
    expect(asset['bytes']).toBe(picture.length)
    expect(asset['rendition']).toEqual({ width: 700 })
    expect(asset.renditions.map(({ width }) => width)).toEqual([160, 320, 640, 700])
    expect(asset.square.map(({ width, height }) => [width, height])).toEqual([
      [160, 160],
      [320, 320],
      [640, 640],
      [700, 700],
    ])
    for (const told of [...asset.renditions, asset.square[0]!]) {
      const { status, headers, body } = await get(told.url)
      expect(status).toBe(200)
      expect(headers.get('cache-control')).toContain('immutable')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      const { format, width, height, orientation, exif } = await readPicture(body)
      expect({ width, height }).toEqual({ width: told.width, height: told.height })
      expect([`image/${format}`.replace('heif', 'avif'), orientation, exif]).toEqual([
        headers.get('content-type'),
        undefined,
        undefined,
      ])
    }
    expect(asset.url).toBe(asset.renditions.at(-1)!.url)
  })

  it('is cropped about its focal point, and its crops get other addresses when that moves', async () => {
    const { assetId } = await put(await testPicture({ width: 800, height: 200, color: '#00f' }))
    const update = `mutation ($input: AssetUpdateInput!) { assetUpdate(input: $input) { asset { version } userErrors { code } } }`
    const [before] = (await read(assetId)).square
    const focused = await ask(update, {
      ctx,
      variables: { input: { id: assetId, focalPoint: { x: 0.1, y: 0.5 } } },
    })
    expect(focused.data).toEqual({ assetUpdate: { asset: { version: 2 }, userErrors: [] } })
    const [after] = (await read(assetId)).square
    expect(after!.url).not.toBe(before!.url)
    const { left, right } = await readPicture((await get(after!.url)).body)
    for (const [red, green, blue] of [left, right])
      expect([red! < 40, green! < 40, blue! > 200]).toEqual([true, true, true])
    expect((await get(before!.url)).status).toBe(404)
    for (const focalPoint of [
      { x: 1.01, y: 0 },
      { x: 0, y: -1 },
    ]) {
      const refused = await ask(update, { ctx, variables: { input: { id: assetId, focalPoint } } })
      expect(JSON.stringify(refused.data)).toContain('FOCAL_POINT_INVALID')
    }
  })

  it.each(['png', 'webp', 'avif', 'gif', 'tiff'] as const)('is taken as %s', async (format) => {
    const { status, assetId } = await put(await testPicture({ format, width: 90, height: 60 }), {
      onlyPictures: true,
    })
    expect(status).toBe(201)
    const [only, ...others] = (await read(assetId)).renditions
    expect(others).toEqual([])
    expect(await readPicture((await get(only!.url)).body)).toMatchObject({
      format: 'webp',
      width: 90,
      height: 60,
    })
  })

  it('is made in no size that it is not told in, whoever asks', async () => {
    const { assetId } = await put(await testPicture({ width: 500, height: 300, color: '#0a0' }))
    const [first] = (await read(assetId)).renditions
    for (const wrong of ['161.webp', '640.webp', '0160.webp', '160.png', '160.webp/..', '../original'])
      expect((await get(first!.url.replace('160.webp', wrong))).status).toBe(404)
    expect((await get(first!.url.replace('full', '1x1-51-50'))).status).toBe(404)
    expect((await get(first!.url.replace('full', '%2e%2e'))).status).toBe(404)
    const many = await Promise.all(Array.from({ length: 20 }, () => get(first!.url)))
    expect(new Set(many.map(({ status, body }) => `${status} ${body.toString('base64')}`)).size).toBe(1)
  })

  it('comes in parts, is not sent again to who has it, and is told about without its bytes', async () => {
    const { assetId } = await put(await testPicture({ width: 600, height: 300, color: '#ca0' }))
    const [told] = (await read(assetId)).renditions
    const whole = await get(told!.url)
    const etag = whole.headers.get('etag')!
    const part = await get(told!.url, { headers: { range: 'bytes=10-19' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 10-19/${whole.body.length}`,
    ])
    expect(part.body).toEqual(whole.body.subarray(10, 20))
    const end = await get(told!.url, { headers: { range: 'bytes=-5' } })
    expect(end.body).toEqual(whole.body.subarray(-5))
    expect((await get(told!.url, { headers: { range: 'bytes=9999999-' } })).status).toBe(416)
    expect((await get(told!.url, { headers: { range: 'bytes=0-1', 'if-range': '"other"' } })).status).toBe(
      200,
    )
    expect((await get(told!.url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    const head = await get(told!.url, { method: 'HEAD' })
    expect([head.headers.get('content-length'), head.body.length]).toEqual([String(whole.body.length), 0])
  })
})

describe('an upload', () => {
  it('of the same bytes is the same asset, even when both come at once', async () => {
    const picture = await testPicture({ color: '#123456' })
    const both = await Promise.all([put(picture), put(picture, { fileName: 'again.jpg' })])
    expect(new Set(both.map(({ assetId }) => assetId)).size).toBe(1)
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1)
    const hidden = await put(picture, { visibility: 'PRIVATE' })
    expect(hidden.isNew).toBe(true)
    expect(await waiting()).toEqual([])
  })

  const huge = async () => {
    // A header that promises 60,000 × 60,000 pixels, over the data of four.
    const png = await testPicture({ format: 'png', width: 2, height: 2 })
    png.writeUInt32BE(60_000, 16)
    png.writeUInt32BE(60_000, 20)
    png.writeUInt32BE((await import('node:zlib')).crc32(png.subarray(12, 29)), 29)
    return png
  }
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

  it.each([
    ['of nothing', 'UPLOAD_EMPTY', 400, async () => Buffer.alloc(0)],
    ['of half a picture', 'PICTURE_INVALID', 415, async () => (await testPicture()).subarray(0, 1_200)],
    [
      'of the beginning of a picture',
      'PICTURE_INVALID',
      415,
      async () => (await testPicture()).subarray(0, 40),
    ],
    ['of a picture of 3.6 billion pixels', 'PICTURE_TOO_LARGE', 413, huge],
    ['of an SVG with a script', 'PICTURE_INVALID', 415, async () => Buffer.from(SVG)],
    ['of a page that is called a picture', 'PICTURE_INVALID', 415, async () => Buffer.from('<html>')],
    ['of 26 MB', 'UPLOAD_TOO_LARGE', 413, async () => Buffer.alloc(26_000_000, 1)],
  ])('%s is refused with %s', async (_what, code, status, body) => {
    const before = await db.selectFrom('asset').select('id').execute()
    expect(await put(new Blob([await body()]), { onlyPictures: true })).toMatchObject({
      status,
      error: { code },
    })
    expect(await waiting()).toEqual([])
    expect(await db.selectFrom('asset').select('id').execute()).toHaveLength(before.length)
  })

  it('without a length is cut off at the limit, and leaves nothing', async () => {
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1_000_000)) })
    const sent = fetch(await uploadUrl({ onlyPictures: true }), {
      method: 'PUT',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    const answer = await sent.then(
      (response) => response.status,
      () => 'cut',
    )
    expect([413, 'cut']).toContain(answer)
    await expect.poll(waiting).toEqual([])
  })

  it('needs an address of ours that still holds', async () => {
    const good = await uploadUrl()
    const body = await testPicture({ color: '#777' })
    for (const wrong of [`${good}x`, good.replace(/\.[^.]+$/, '.AAAA'), `${url}/assets/upload/e30.e30`]) {
      const response = await fetch(wrong, { method: 'PUT', body })
      expect([response.status, ((await response.json()) as Answered).error?.code]).toEqual([
        403,
        'UPLOAD_LINK_INVALID',
      ])
    }
    const later = { ...ctx, now: () => new Date(ctx.now().getTime() - 900_001) }
    const { data } = await ask<{ assetUploadCreate: { upload: { url: string } } }>(
      'mutation { assetUploadCreate(input: { fileName: "a.jpg" }) { upload { url } } }',
      { ctx: later },
    )
    expect((await fetch(url + data.assetUploadCreate.upload.url, { method: 'PUT', body })).status).toBe(403)
    for (const fileName of ['', '../../etc/passwd', 'a\0b', 'x'.repeat(201)]) {
      const refused = await ask(
        'mutation ($name: String!) { assetUploadCreate(input: { fileName: $name }) { userErrors { code } } }',
        { ctx, variables: { name: fileName } },
      )
      expect(JSON.stringify(refused.data)).toContain('FILE_NAME_INVALID')
    }
  })

  it('comes from other origins, which are asked beforehand', async () => {
    const { status, headers } = await get('/assets/upload/x', { method: 'OPTIONS' })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect(headers.get('access-control-allow-methods')).toContain('PUT')
    expect((await get('/assets/upload/x', { method: 'DELETE' })).status).toBe(405)
  })

  it('of twenty large pictures at once takes little memory', async () => {
    const pictures = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        testPicture({ width: 3_000, height: 2_000, color: `rgb(${index * 12}, 90, 90)` }),
      ),
    )
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
    const answers = await Promise.all(pictures.map((picture) => put(picture)))
    clearInterval(watch)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect((most - before) / 1_000_000).toBeLessThan(250)
  })
})

describe('a file', () => {
  it('is saved and never shown, whatever it says it is', async () => {
    const { assetId } = await put('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', {
      fileName: 'Größe “x”.svg',
    })
    const asset = await read(assetId)
    expect(asset).toMatchObject({
      kind: 'FILE',
      mediaType: 'application/octet-stream',
      renditions: [],
      srcset: '',
    })
    const { status, headers } = await get(asset.url!)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Gr__e _x_.svg"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%80%9Cx%E2%80%9D.svg`,
    )
  })

  it('that is private has no address but a signed one, which ends', async () => {
    const { assetId } = await put('%PDF-1.7 the guide', { fileName: 'guide.pdf', visibility: 'PRIVATE' })
    const asset = await read(assetId)
    expect(asset).toMatchObject({ kind: 'FILE', mediaType: 'application/pdf', url: null })
    const { body, headers } = await get(asset.downloadUrl)
    expect([body.toString(), headers.get('cache-control')]).toEqual([
      '%PDF-1.7 the guide',
      'private, no-store',
    ])
    expect((await get(`/assets/${assetId}/file/guide.pdf`)).status).toBe(404)
    const early = { ...ctx, now: () => new Date(ctx.now().getTime() - 900_001) }
    expect((await get((await read(assetId, early)).downloadUrl)).status).toBe(404)
    const guest = await ask<{ asset: null }>('query ($id: ID!) { asset(id: $id) { id } }', {
      ctx: { ...ctx, actor: { kind: 'guest' } },
      variables: { id: assetId },
    })
    expect(guest.errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND')
    expect(door.publicUrl).toBe('')
  })

  it('as it was uploaded is not told of a public picture either: it says where it was taken', async () => {
    const picture = await testPicture({ orientation: 3, color: '#5af' })
    const { assetId } = await put(picture, { fileName: 'home.jpg' })
    expect((await get(`/assets/${assetId}/file/home.jpg`)).status).toBe(404)
    expect((await get((await read(assetId)).downloadUrl)).body).toEqual(picture)
  })
})
