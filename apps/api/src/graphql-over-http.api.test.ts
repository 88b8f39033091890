import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { codes, createTestShop } from './testing/shop.ts'

const { api, bearer, shop, post } = await createTestShop()

const audits = serverAudits({
  url: 'http://localhost/graphql',
  fetchFn: (url: string, init: RequestInit = {}) => api.fetch(url, init),
})

describe('GraphQL over HTTP', () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn()
    expect(result.status === 'ok' ? undefined : result.reason).toBeUndefined()
  })

  it('asks 60 times and more', () => {
    expect(audits.length).toBeGreaterThan(60)
  })
})

describe('a session in a cookie', () => {
  const cookie = async () => {
    const { authorization } = await bearer('customer', shop.ownerId)
    return { cookie: `hilo_session=${authorization!.replace('Bearer ', '')}` }
  }
  const QUERY = '{ viewer { __typename } }'

  it('needs the header that a foreign page cannot send', async () => {
    const request = { query: QUERY }
    expect(codes(await post(request, await cookie()))).toEqual(['CSRF_HEADER_REQUIRED'])
    const { data } = await post(request, { ...(await cookie()), 'hilo-csrf': '1' })
    expect(data).toEqual({ viewer: { __typename: 'Customer' } })
  })

  it.each([
    ['application/x-www-form-urlencoded', new URLSearchParams({ query: QUERY }).toString()],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${QUERY}\r\n--x--\r\n`,
    ],
    ['text/plain', JSON.stringify({ query: QUERY })],
    ['application/graphql', QUERY],
  ])('does nothing for a foreign page that posts %s', async (contentType, body) => {
    const headers = { 'content-type': contentType, ...(await cookie()) }
    const response = await api.fetch('http://localhost/graphql', { method: 'POST', headers, body })
    const text = await response.text()
    expect(text).not.toContain('Customer')
    if (response.status !== 415) expect(text).toContain('CSRF_HEADER_REQUIRED')
  })

  it('answers a query by GET, and refuses a mutation by GET', async () => {
    const get = async (query: string) =>
      api.fetch(`http://localhost/graphql?query=${encodeURIComponent(query)}`, { headers: await cookie() })
    const read = await get(QUERY)
    expect(await read.json()).toMatchObject({ data: { viewer: { __typename: 'Customer' } } })
    const written = await get('mutation { customerSignOut(input: {}) { replayed } }')
    expect(written.status).toBe(405)
    expect(await written.text()).not.toContain('replayed')
  })
})
