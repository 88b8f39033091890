import { describe, expect, it } from 'vitest'
import { GraphQLRequestError, NetworkError, type ClientOptions } from './index.ts'
import { smallApi } from './testing/small-api.ts'

const SET = 'mutation ($input: SetInput!) { set(input: $input) { calls userErrors { message } } }'
type Set = { set: { calls: number | null; userErrors: { message: string }[] } }

const answering = (response: () => Response): ClientOptions['fetch'] => {
  return async () => response()
}

/** A fetch that answers nothing until it is told to stop. */
const hang: ClientOptions['fetch'] = (_url, { signal }) =>
  new Promise((_, reject) => {
    if (signal!.aborted) reject(signal!.reason as Error)
    signal!.addEventListener('abort', () => reject(signal!.reason as Error))
  })

describe('a request', () => {
  it('says who asks from where, and lets one request say otherwise', async () => {
    const { client, state } = smallApi()
    const asking = client({
      context: { channel: 'web', locale: 'es', cartToken: 'secret' },
      auth: { get: () => 'token' },
      headers: () => ({ 'x-correlation-id': 'button-1' }),
    })
    const asked = asking.request(
      'query ($name: String) { hello(name: $name) }',
      { name: 'Ana' },
      { context: { channel: 'store' }, headers: { 'hilo-device': 'dev_1' } },
    )
    expect(await asked).toEqual({ hello: 'hello Ana' })
    expect(Object.fromEntries(state.headers)).toMatchObject({
      authorization: 'Bearer token',
      'hilo-channel': 'store',
      'accept-language': 'es',
      'hilo-cart-token': 'secret',
      'hilo-device': 'dev_1',
      'x-correlation-id': 'button-1',
    })
  })

  it('repeats a query that failed for a passing reason', async () => {
    const { client, state } = smallApi()
    state.failures = 2
    expect(await client().request('{ flaky }')).toEqual({ flaky: 3 })
  })

  it('repeats a mutation with the key of its first attempt, which it makes when there is none', async () => {
    const { client, state } = smallApi()
    state.failures = 2
    await client().request(SET, { input: { value: 1 } })
    expect(state.keys).toHaveLength(3)
    expect(new Set(state.keys).size).toBe(1)
    expect(state.keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    state.failures = 1
    await client().request(SET, { input: { value: 1, idempotencyKey: 'mine' } })
    expect(state.keys.slice(3)).toEqual(['mine', 'mine'])
  })

  it('repeats a mutation whose answer was lost on the way', async () => {
    const { client, state, yoga } = smallApi()
    let calls = 0
    const losing: ClientOptions['fetch'] = async (url, init) => {
      const response = await yoga.fetch(url, init)
      if ((calls += 1) === 1) throw new TypeError('fetch failed')
      return response
    }
    expect(await client({ fetch: losing }).request(SET, { input: { value: 1 } })).toMatchObject({
      set: { calls: 2 },
    })
    expect(state.keys[0]).toBe(state.keys[1])
  })

  it('never repeats a mutation that has no place for a key, nor one that is to be tried once', async () => {
    const { client, state } = smallApi()
    state.failures = 9
    await expect(client().request('mutation { set(input: { value: 1 }) { calls } }')).rejects.toThrow(
      'not now',
    )
    await expect(client().request(SET, { input: { value: 1 } }, { attempts: 1 })).rejects.toThrow('not now')
    expect(state.keys).toEqual([undefined, undefined])
  })

  it('waits as long as the API asks, unless that is too long', async () => {
    const { client, state } = smallApi()
    state.failures = 1
    state.failure = { code: 'RATE_LIMITED', retryAfter: 0.004 }
    await client().request(SET, { input: { value: 1 } })
    expect(state.keys).toHaveLength(2)
    state.failures = 1
    state.failure = { code: 'RATE_LIMITED', retryAfter: 60 }
    await expect(client().request('{ flaky }')).rejects.toMatchObject({ retryAfterMs: 60_000 })
    expect(state.calls).toBe(3)
  })

  it('tells what will not get better from what will', async () => {
    const { client } = smallApi()
    const forbidden = await client()
      .request('{ forbidden }')
      .catch((error: unknown) => error)
    expect(forbidden).toBeInstanceOf(GraphQLRequestError)
    expect(forbidden).toMatchObject({
      code: 'FORBIDDEN',
      codes: ['FORBIDDEN'],
      retryable: false,
      correlationId: 'c-1',
    })
    const away = client({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
    await expect(away.request('{ flaky }')).rejects.toBeInstanceOf(NetworkError)
    const page = client({ fetch: answering(() => new Response('<html>', { status: 404 })) })
    await expect(page.request('{ flaky }')).rejects.toMatchObject({ code: 'BAD_RESPONSE', retryable: false })
    const headers = { 'retry-after': '7', 'x-correlation-id': 'c-2' }
    const busy = client({ fetch: answering(() => new Response('', { status: 429, headers })) })
    await expect(busy.request('{ flaky }')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 7_000,
      correlationId: 'c-2',
    })
  })

  it('gives up on an answer that does not come, and at once when told to', async () => {
    const { client } = smallApi()
    const slow = client({ fetch: hang, timeoutMs: 5, attempts: 2 })
    await expect(slow.request('{ flaky }')).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true })
    const stop = new AbortController()
    const asked = client({ fetch: hang }).request('{ flaky }', {}, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
  })
})

describe('a mutation', () => {
  it('tells what it did from why it did nothing', async () => {
    const { client } = smallApi()
    const done = await client().mutate<Set, { input: { value: number } }>(SET, { input: { value: 1 } })
    expect(done).toMatchObject({ ok: true, value: { calls: 1 } })
    const refused = await client().mutate<Set, { input: { value: number } }>(SET, { input: { value: -1 } })
    expect(refused.ok || refused.userErrors[0].message).toBe('Too small')
  })
})
