import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import '@hilo/assets/graphql'
import { testDoor, testPicture } from '@hilo/assets/testing'
import type { AssetDoor } from '@hilo/graphql'
import { ask } from '@hilo/graphql/testing'
import { GUEST } from '@hilo/kernel'
import { testOutbound } from '@hilo/webhooks/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { assetImporter } from './import-asset.ts'
import { pictureTurns } from './renditions.ts'
import { startAssetServer } from './testing.ts'

const { ctx, folder, storage } = await startAssetServer()
const picture = await testPicture({ width: 500, height: 300 })

const elsewhere = createServer((request, response) => {
  const path = request.url!.split('?', 1)[0]
  if (path === '/Caf%C3%A9.jpg') response.end(picture)
  // What it says it is is not believed.
  else if (path === '/page.jpg')
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end('<!doctype html><script>alert(1)</script>')
  else if (path === '/broken.jpg') response.end(picture.subarray(0, 900))
  else if (path === '/cut.jpg') {
    response.writeHead(200, { 'content-length': picture.length })
    response.write(picture.subarray(0, 100), () => response.destroy())
  } else response.writeHead(404).end()
})
await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
afterAll(() => void elsewhere.close())
const base = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`

interface Imported {
  readonly asset: { readonly fileName: string; readonly kind: string } | null
  readonly isNew: boolean
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[]
}

type Asking = Omit<typeof ctx, 'assets'> & { readonly assets: AssetDoor }

const importIt = async (input: object, asking: Asking = ctx): Promise<Imported> => {
  const { data, errors } = await ask<{ assetImport: Imported }>(
    `mutation ($input: AssetImportInput!) { assetImport(input: $input) {
      asset { fileName kind } isNew userErrors { code path } } }`,
    { ctx: asking, variables: { input } },
  )
  expect(errors).toBeUndefined()
  return data.assetImport
}

const refusal = async (path: string): Promise<string | undefined> =>
  (await importIt({ url: base + path })).userErrors[0]?.code

describe('a file at an address', () => {
  it('becomes an asset under its own name or another, once', async () => {
    const first = await importIt({ url: `${base}/Caf%C3%A9.jpg?size=large` })
    expect(first).toEqual({ asset: { fileName: 'Café.jpg', kind: 'IMAGE' }, isNew: true, userErrors: [] })
    const again = await importIt({ url: `${base}/Caf%C3%A9.jpg`, fileName: 'other.jpg' })
    expect(again).toMatchObject({ asset: { fileName: 'Café.jpg' }, isNew: false })
  })

  it('is what its bytes say', async () => {
    expect((await importIt({ url: `${base}/page.jpg` })).asset).toEqual({
      fileName: 'page.jpg',
      kind: 'FILE',
    })
    expect(await refusal('/broken.jpg')).toBe('PICTURE_INVALID')
  })

  it('is refused when it is not there, is cut off, has no name, or leads inside; nothing of it stays', async () => {
    expect(await refusal('/none.jpg')).toBe('FILE_NOT_FETCHED')
    expect(await refusal('/cut.jpg')).toBe('IMPORT_CUT_OFF')
    const codes = async (input: object) => (await importIt(input)).userErrors
    expect(await codes({ url: 'http://10.0.0.1/a.jpg' })).toEqual([
      { code: 'WEBHOOK_URL_PRIVATE', path: ['url'] },
    ])
    expect(await codes({ url: 'nonsense' })).toEqual([{ code: 'WEBHOOK_URL_INVALID', path: ['url'] }])
    expect(await codes({ url: `${base}/Caf%C3%A9.jpg`, fileName: '../x' })).toMatchObject([
      { code: 'FILE_NAME_INVALID' },
    ])
    const without = { ...ctx, assets: testDoor() }
    expect((await importIt({ url: base }, without)).userErrors[0]?.code).toBe('ASSETS_NOT_FETCHED')
    expect(await readdir(folder)).toEqual([])
  })

  it('is cut off at the limit of uploads', async () => {
    const door = testDoor({ maxFileBytes: 1_000 })
    const importFrom = assetImporter({
      door,
      storage,
      folder,
      inTurn: pictureTurns().uploads,
      outbound: testOutbound(),
    })
    const small = { ...ctx, assets: { ...door, importFrom } }
    expect((await importIt({ url: `${base}/Caf%C3%A9.jpg` }, small)).userErrors[0]?.code).toBe(
      'UPLOAD_TOO_LARGE',
    )
    expect(await readdir(folder)).toEqual([])
  })

  it('is fetched for nobody who may not write the catalogue', async () => {
    const { errors } = await ask<object>(
      'mutation { assetImport(input: { url: "https://example.com/a" }) { isNew } }',
      {
        ctx: { ...ctx, actor: GUEST },
        variables: {},
      },
    )
    expect(errors?.[0]?.extensions?.['code']).toMatch(/FORBIDDEN|UNAUTHENTICATED/)
  })
})
