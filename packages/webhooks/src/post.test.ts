import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { readAddressPolicy } from './address-policy.ts'
import { post } from './post.ts'
import { startReceiver } from './testing/index.ts'

const reached: string[] = []
const receiver = await startReceiver(async ({ path }, response) => {
  reached.push(path)
  if (path === '/redirect') response.writeHead(302, { location: '/inside' }).end()
  if (path === '/slow') await delay(10_000, undefined, { ref: false })
  if (path === '/busy') response.writeHead(503, { 'retry-after': '120' }).end('later')
  if (path === '/endless') {
    response.writeHead(200)
    while (!response.destroyed) if (!response.write('x'.repeat(1_000))) await delay(1)
  }
})
afterAll(() => receiver.close())

const policy = readAddressPolicy('127.0.0.0/8')
const attempt = (path: string, overrides = {}) =>
  post(
    {
      url: `http://127.0.0.1:${receiver.port}${path}`,
      headers: { 'webhook-id': 'msg_1' },
      body: '{"a":1}',
      signal: new AbortController().signal,
      timeout: 5_000,
      ...overrides,
    },
    { policy },
  )

describe('an attempt', () => {
  it('sends headers and body as they were signed', async () => {
    expect(await attempt('/plain')).toEqual({ status: 204, response: '' })
    const last = receiver.received.at(-1)!
    expect(last.body).toBe('{"a":1}')
    expect(last.headers['webhook-id']).toBe('msg_1')
  })

  it('follows no redirect', async () => {
    expect(await attempt('/redirect')).toMatchObject({ status: 302 })
    expect(reached).not.toContain('/inside')
  })

  it('gives up on a receiver that does not answer in time, or is not there', async () => {
    expect(await attempt('/slow', { timeout: 50 })).toEqual({ error: 'TIMEOUT' })
    expect(await attempt('/', { url: 'http://127.0.0.1:1025' })).toEqual({ error: 'ECONNREFUSED' })
  })

  it('reads the beginning of an answer and stops to listen', async () => {
    const answer = await attempt('/endless')
    expect(answer.status).toBe(200)
    expect(answer.response).toBe('x'.repeat(1_000))
  })

  it('hears how long a busy receiver wants to be left alone', async () => {
    expect(await attempt('/busy')).toEqual({ status: 503, response: 'later', retryAfter: 120 })
  })

  it('connects to the address that was checked, though the name means another a moment later', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254']]
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return answers.shift()!
    }
    const url = `http://rebinding.test:${receiver.port}/rebound`
    const one = { url, headers: {}, body: '{}', signal: new AbortController().signal, timeout: 5_000 }
    expect(await post(one, { policy, resolve })).toMatchObject({ status: 204 })
    expect(receiver.received.at(-1)).toMatchObject({
      path: '/rebound',
      headers: { host: `rebinding.test:${receiver.port}` },
    })
    expect(asked).toEqual(['rebinding.test'])
    expect(await post(one, { policy, resolve })).toEqual({ error: 'WEBHOOK_URL_PRIVATE' })
    expect(await post(one, { policy, resolve })).toEqual({ error: 'WEBHOOK_URL_PRIVATE' })
  })

  it('does not wait for a resolver that never answers', async () => {
    const one = {
      url: 'https://silent.test',
      headers: {},
      body: '',
      signal: new AbortController().signal,
      timeout: 30,
    }
    expect(await post(one, { policy, resolve: () => new Promise(() => undefined) })).toEqual({
      error: 'TIMEOUT',
    })
  })
})
