import { buffer } from 'node:stream/consumers'
import type { Refusal } from '@hilo/kernel'
import { afterAll, describe, expect, it } from 'vitest'
import { readAddressPolicy } from './address-policy.ts'
import { openFile } from './open-file.ts'
import { startReceiver } from './testing/index.ts'

const receiver = await startReceiver(({ path }, response) => {
  if (path === '/file') response.writeHead(200).end('bytes')
  if (path === '/near') response.writeHead(302, { location: '/file' }).end()
  if (path === '/round') response.writeHead(302, { location: '/round' }).end()
  if (path === '/inside') response.writeHead(302, { location: 'http://10.0.0.1/secret' }).end()
  if (path === '/to-disk') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
})
afterAll(() => receiver.close())

const policy = readAddressPolicy('127.0.0.0/8')
const open = async (path: string, reachability = { policy }) => {
  const url = path.startsWith('/') ? `http://127.0.0.1:${receiver.port}${path}` : path
  const opened = await openFile(url, reachability, AbortSignal.timeout(5_000))
  return opened.ok ? (await buffer(opened.value)).toString() : opened.error
}

describe('a file of another system', () => {
  it('comes as it is, from where a redirect leads too', async () => {
    expect(await open('/file')).toBe('bytes')
    expect(await open('/near')).toBe('bytes')
  })

  it('is not fetched from a private network, by whatever way one is led there', async () => {
    const strict = { policy: readAddressPolicy('false') }
    expect(await open('/file', strict)).toMatchObject({ code: 'WEBHOOK_URL_PRIVATE', path: ['url'] })
    expect(await open('/inside')).toMatchObject({ code: 'WEBHOOK_URL_PRIVATE' })
    expect(await open('http://169.254.169.254/latest/meta-data')).toMatchObject({
      code: 'WEBHOOK_URL_PRIVATE',
    })
    expect(await open('/to-disk')).toMatchObject({ code: 'WEBHOOK_URL_INVALID' })
    const lying = { policy: readAddressPolicy('false'), resolve: async () => ['10.1.2.3'] }
    expect(await open('https://pictures.example.com/a.jpg', lying)).toMatchObject({
      code: 'WEBHOOK_URL_PRIVATE',
    })
  })

  it('is refused when there is none, or no end of redirects', async () => {
    const reasonOf = async (url: string) => {
      const refusal = await open(url)
      expect(refusal).toMatchObject({ code: 'FILE_NOT_FETCHED', data: { host: '127.0.0.1' } })
      return (refusal as Refusal).data['reason']
    }
    expect(await reasonOf('/nothing')).toEqual({
      en: 'it answered with HTTP 204',
      es: 'ha respondido con HTTP 204',
    })
    expect(await reasonOf('/round')).toEqual({
      en: 'it leads on to more than 3 other addresses',
      es: 'remite a más de 3 direcciones más',
    })
    expect(await reasonOf('http://127.0.0.1:1025/x')).toEqual({
      en: 'the connection failed (ECONNREFUSED)',
      es: 'ha fallado la conexión (ECONNREFUSED)',
    })
  })
})
