import { createServer, type Server } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { createSchema, createYoga } from 'graphql-yoga'
import { GraphQLError } from 'graphql'
import { afterEach, describe, expect, it } from 'vitest'
import { ClientError, createClient, type ClientOptions } from './index.ts'

const TICKS =
  'subscription Ticks($after: String, $until: Int) { tick(after: $after, until: $until) { eventId } }'
const fast = { baseMs: 1, maxMs: 2, random: () => 0.5 }

/** A small real API: a log of numbered ticks that can be resumed, and a counter that fails on demand. */
const smallApi = () => {
  const state = { failures: 0, calls: 0, resumedFrom: [] as (string | undefined)[], headers: new Headers() }
  const stumble = (code: string) => {
    state.calls += 1
    if (state.failures-- > 0) throw new GraphQLError('not now', { extensions: { code } })
    return state.calls
  }
  const yoga = createYoga({
    logging: false,
    schema: createSchema<{ request: Request }>({
      typeDefs: `
        type Query { hello(name: String): String! flaky: Int! forbidden: Int! }
        input SetInput { value: Int! idempotencyKey: String }
        type Mutation { set(input: SetInput!): Int! }
        type Tick { eventId: ID! }
        type Subscription { tick(after: String, until: Int): Tick! }`,
      resolvers: {
        Query: {
          hello: (_root, { name }, { request }) => {
            state.headers = request.headers
            return `hello ${name}`
          },
          flaky: () => stumble('UNAVAILABLE'),
          forbidden: () => {
            throw new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } })
          },
        },
        Mutation: { set: () => stumble('UNAVAILABLE') },
        Subscription: {
          tick: {
            async *subscribe(_root, { after, until }) {
              state.resumedFrom.push(after)
              for (let id = Number(after ?? 0) + 1; id <= until; id += 1) {
                if (id % 16 === 0) await setImmediate()
                yield { tick: { eventId: String(id) } }
              }
              if (after === 'wait') await new Promise(() => {})
            },
          },
        },
      },
    }),
  })
  const client = (options: Partial<ClientOptions> = {}) =>
    createClient({
      url: 'http://api.internal/graphql',
      fetch: async (url, init) => yoga.fetch(url, init),
      backoff: fast,
      ...options,
    })
  return { state, yoga, client }
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

describe('request', () => {
  it('sends variables and headers through the in-process fetch', async () => {
    const { client, state } = smallApi()
    const headers = () => ({ authorization: 'Bearer secret', 'hilo-channel': 'web' })
    const asked = client({ headers }).request(
      'query ($name: String) { hello(name: $name) }',
      { name: 'Ana' },
      { headers: { 'hilo-device': 'dev_1' } },
    )
    expect(await asked).toEqual({ hello: 'hello Ana' })
    expect(state.headers.get('authorization')).toBe('Bearer secret')
    expect(state.headers.get('hilo-channel')).toBe('web')
    expect(state.headers.get('hilo-device')).toBe('dev_1')
  })

  it('repeats a query that failed for a passing reason', async () => {
    const { client, state } = smallApi()
    state.failures = 2
    expect(await client().request('{ flaky }')).toEqual({ flaky: 3 })
  })

  it('repeats a mutation only when it carries its idempotency key', async () => {
    const { client, state } = smallApi()
    const set = 'mutation ($input: SetInput!) { set(input: $input) }'
    state.failures = 1
    await expect(client().request(set, { input: { value: 1 } })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    expect(state.calls).toBe(1)
    state.failures = 1
    await client().request(set, { input: { value: 1, idempotencyKey: 'k' } })
    expect(state.calls).toBe(3)
  })

  it('tells what will not get better from what will', async () => {
    const { client } = smallApi()
    await expect(client().request('{ forbidden }')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      retryable: false,
    })
    const away = client({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
    await expect(away.request('{ flaky }')).rejects.toMatchObject({ code: 'NETWORK', retryable: true })
    const page = client({ fetch: async () => new Response('<html>', { status: 404 }) })
    await expect(page.request('{ flaky }')).rejects.toMatchObject({ code: 'BAD_RESPONSE', retryable: false })
    const busy = client({
      attempts: 1,
      fetch: async () => new Response('', { status: 429, headers: { 'retry-after': '7' } }),
    })
    await expect(busy.request('{ flaky }')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 7_000,
    })
  })

  it('gives up on an answer that does not come, and at once when told to', async () => {
    const { client } = smallApi()
    const hang: ClientOptions['fetch'] = (_url, { signal }) =>
      new Promise((_, reject) => {
        if (signal!.aborted) reject(signal!.reason as Error)
        signal!.addEventListener('abort', () => reject(signal!.reason as Error))
      })
    const slow = client({ fetch: hang, timeoutMs: 5, attempts: 2 })
    await expect(slow.request('{ flaky }')).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true })
    const stop = new AbortController()
    const asked = client({ fetch: hang }).request('{ flaky }', {}, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
  })
})

describe('subscribe', () => {
  it('resumes after the last event it has seen when the stream ends', async () => {
    const { client, state } = smallApi()
    const seen: string[] = []
    let until = 3
    const variables = {
      get until() {
        return until
      },
    }
    for await (const { tick } of client().subscribe<{ tick: { eventId: string } }>(TICKS, variables)) {
      seen.push(tick.eventId)
      if (seen.length === 3) until = 5
      if (seen.length === 5) break
    }
    expect(seen).toEqual(['1', '2', '3', '4', '5'])
    expect(state.resumedFrom).toEqual([undefined, '3'])
  })

  it('starts after the position it is given', async () => {
    const { client } = smallApi()
    const ticks = client().subscribe(TICKS, { until: 9 }, { after: '7' })
    expect(await ticks.next()).toMatchObject({ value: { tick: { eventId: '8' } } })
    await ticks.return?.()
  })

  it('survives a cut of a real connection', async () => {
    const { yoga, client } = smallApi()
    server = createServer((request, response) => void yoga(request, response))
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    let lost = 0
    const ticks = client({
      url: `http://127.0.0.1:${port}/graphql`,
      fetch: (url, init) => fetch(url, init),
    }).subscribe<{ tick: { eventId: string } }>(
      TICKS,
      { until: 1_000_000 },
      { onLost: () => void (lost += 1) },
    )
    const seen: number[] = []
    for await (const { tick } of ticks) {
      seen.push(Number(tick.eventId))
      if (seen.length === 10 && lost === 0) server.closeAllConnections()
      if (lost > 0 && seen.length > 20) break
    }
    expect(seen).toEqual(seen.map((_, index) => index + 1))
  })

  it('takes silence for a lost connection', async () => {
    const { client } = smallApi()
    const errors: ClientError[] = []
    const stop = new AbortController()
    const silent: ClientOptions['fetch'] = async () =>
      new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })
    const ticks = client({ fetch: silent, idleMs: 5 }).subscribe(
      TICKS,
      {},
      {
        signal: stop.signal,
        onLost: (error) => {
          errors.push(error)
          if (errors.length === 2) stop.abort()
        },
      },
    )
    expect(await ticks.next()).toEqual({ done: true, value: undefined })
    expect(errors.map(({ code }) => code)).toEqual(['TIMEOUT', 'TIMEOUT'])
  })

  it('ends while it waits for an event', async () => {
    const { client } = smallApi()
    const opened = Promise.withResolvers<void>()
    const ticks = client().subscribe(TICKS, { until: 0 }, { after: 'wait', onOpen: opened.resolve })
    const next = ticks.next()
    await opened.promise
    const start = performance.now()
    await ticks.return?.()
    expect((await next).done).toBe(true)
    // The server's next ping comes only after 300 ms.
    expect(performance.now() - start).toBeLessThan(150)
  })

  it('throws what a new attempt would not change', async () => {
    const { client } = smallApi()
    await expect(client().subscribe('subscription { nothing }').next()).rejects.toBeInstanceOf(ClientError)
  })
})
