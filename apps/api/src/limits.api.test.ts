import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { readLimits } from './limits/limits.ts'
import { codes, createTestShop, type Headers } from './testing/shop.ts'
import { createSocketServer } from './websocket.ts'

let now = 0
const limits = readLimits(
  `guest.burst=100 guest.perSecond=10 customer.burst=300 customer.perSecond=100 staff.burst=1000 cost=500
   failures.burst=50 failures.perSecond=5 failure=10 customer.subscriptions=2 operationsPerSocket=3 socketsPerAddress=2`,
)
const { api, people, post: postInside } = await createTestShop({ limits, ticks: () => now })

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[]
  readonly extensions?: { readonly cost?: Record<string, number> }
}

const ask = async (query: string, from: string, headers: Headers = {}) => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  }
  const response = await api.fetch('http://localhost/graphql', init, { clientAddress: from })
  const answer = (await response.json()) as Answer
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...answer }
}

const CHEAP = '{ shop { code } }'
/** 1 for the query, 1 for the connection, a point for each. */
const pageOf = (rows: number) => `{ products(first: ${rows}) { nodes { id } } }`

describe('an allowance', () => {
  it('is taken from, told in each answer, and comes back with time', async () => {
    const from = '203.0.113.1'
    const first = await ask(pageOf(58), from)
    expect(first.extensions?.cost).toEqual({
      requested: 60,
      max: 100,
      available: 40,
      capacity: 100,
      restoreRate: 10,
    })
    const refused = await ask(pageOf(58), from)
    expect(refused).toMatchObject({ status: 429, retryAfter: '2' })
    expect(codes(refused as never)).toEqual(['RATE_LIMITED'])
    expect(refused.errors?.[0]?.extensions).toMatchObject({ data: { retryAfter: 2 }, retryable: true })
    expect(refused.extensions?.cost).toMatchObject({ requested: 60, available: 40 })
    expect((await ask(CHEAP, from)).data).toEqual({ shop: { code: 'demo' } })
    now += 2_200
    expect((await ask(pageOf(58), from)).data).toBeDefined()
  })

  it('of guests is that of their network block, and other blocks have their own', async () => {
    expect((await ask(pageOf(90), '2001:db8::1')).status).toBe(200)
    expect((await ask(pageOf(90), '2001:db8::2')).status).toBe(429)
    expect((await ask(pageOf(90), '2001:db8:0:1::1')).status).toBe(200)
  })

  it('of someone signed in is their own, wherever they are', async () => {
    const from = '203.0.113.2'
    await ask(pageOf(90), from)
    expect((await ask(pageOf(90), from)).status).toBe(429)
    expect((await ask(pageOf(200), from, people.owner)).extensions?.cost).toMatchObject({ available: 98 })
    expect((await ask(pageOf(200), '203.0.113.3', people.owner)).status).toBe(429)
    expect((await ask(pageOf(200), from, people.stranger)).status).toBe(200)
    now += 60_000
  })

  it('is not needed inside the process by who has no address', async () => {
    for (let i = 0; i < 5; i += 1) expect(codes(await postInside({ query: pageOf(90) }))).toEqual([])
  })

  it('refuses an operation that could never be paid, and says what one may cost', async () => {
    const byLimit = await ask(pageOf(600), '203.0.113.4', people.staff)
    expect(byLimit.errors?.[0]?.extensions).toMatchObject({
      code: 'COST_LIMIT_EXCEEDED',
      data: { cost: 602, max: 500 },
    })
    const byAllowance = await ask(pageOf(120), '203.0.113.4')
    expect(byAllowance.errors?.[0]?.extensions).toMatchObject({ data: { cost: 122, max: 100 } })
  })

  it('is refused in the language of the request', async () => {
    const { errors } = await ask(pageOf(600), '203.0.113.5', { ...people.staff, 'accept-language': 'es' })
    expect(errors?.[0]?.message).toBe('Esta operación cuesta 602 puntos, y puede costar 500.')
  })
})

describe('requests that fail before anybody knows who asks', () => {
  it.each([
    ['no query', '{', {}, '203.0.113.10'],
    ['a query that is not valid', '{ colour }', {}, '203.0.113.11'],
    ['forged tokens', CHEAP, { authorization: 'Bearer hs_forged' }, '203.0.113.12'],
  ] as const)('are counted by address: %s', async (_what, query, headers, from) => {
    for (let tries = 0; tries < 6; tries += 1) expect((await ask(query, from, headers)).status).not.toBe(429)
    const waits = await ask(query, from, headers)
    expect(waits).toMatchObject({ status: 429, retryAfter: '2' })
    expect((await ask(CHEAP, '203.0.113.13')).status).toBe(200)
    now += 10_000
    expect((await ask(CHEAP, from)).data).toEqual({ shop: { code: 'demo' } })
  })
})

describe('a document', () => {
  const bomb = Array.from({ length: 30 }, (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)
  const deepBomb = bomb.slice(16).map((fragment) => fragment.replace('Query', 'Product'))
  it.each([
    [
      'depth',
      `{ products ${'{ nodes { categories { products '.repeat(6)} { totalCount } ${'} } }'.repeat(6)} }`,
    ],
    ['aliases', `{ shop { ${Array.from({ length: 101 }, (_, n) => `a${n}: code`).join(' ')} } }`],
    ['directives', `{ shop { code ${'@include(if: true) '.repeat(51)} } }`],
    ['rootFields', `{ ${'__typename shop { code } context { actor } '.repeat(17)} }`],
    ['sameRootField', `{ ${Array.from({ length: 21 }, (_, n) => `a${n}: shop { code }`).join(' ')} }`],
    ['operations', Array.from({ length: 21 }, (_, n) => `query q${n} { shop { code } }`).join(' ')],
    ['tokens', `{ ${'__typename '.repeat(5_001)} }`],
    ['rootFields', `{ ...f0 } ${bomb.join(' ')} fragment f30 on Query { shop { code } }`],
    ['sameField', `{ shop { ${'code '.repeat(101)} } }`],
    ['sameField', `{ shop { ${'...six '.repeat(20)} } } fragment six on Shop { ${'code '.repeat(6)} }`],
    [
      'selections',
      `{ products { nodes { ...f16 } } } ${deepBomb.join(' ')} fragment f30 on Product { slug }`,
    ],
  ])('is refused above the limit of %s, before it is validated', async (limit, query) => {
    const answer = await ask(query, '203.0.113.20')
    now += 60_000
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_LIMIT_EXCEEDED', data: { limit } })
    expect(answer.errors).toHaveLength(1)
  })
})

describe('live queries', () => {
  const sockets = createSocketServer(api)
  const server = createServer((request, response) => void api(request, response)).listen(0, '127.0.0.1')
  server.on('upgrade', sockets.handleUpgrade)
  const opened: WebSocket[] = []
  afterAll(async () => {
    await sockets.close()
    server.closeAllConnections()
    server.close()
  })

  const connect = () => {
    const { port } = server.address() as AddressInfo
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
    opened.push(socket)
    return socket
  }

  /** A socket that has greeted, and what it hears, message by message. */
  const greet = async (authorization?: string) => {
    const socket = connect()
    const heard: Record<string, unknown>[] = []
    const waiting: {
      readonly fits: (message: Record<string, unknown>) => boolean
      readonly resolve: () => void
    }[] = []
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(String(data)) as Record<string, unknown>
      heard.push(message)
      for (const { fits, resolve } of waiting) if (fits(message)) resolve()
    })
    const hear = (fits: (message: Record<string, unknown>) => boolean) =>
      new Promise<Record<string, unknown>>((resolve) => {
        const check = () => {
          const found = heard.find(fits)
          if (found) resolve(found)
        }
        waiting.push({ fits, resolve: check })
        check()
      })
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
    await hear(({ type }) => type === 'connection_ack')
    const subscribe = (id: string, query: string, variables = {}) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }))
    return { socket, hear, heard, subscribe }
  }

  const LIVE = 'subscription ($after: String) { orderChanged(after: $after) { eventId } }'
  const START = Buffer.from(JSON.stringify(['0', '0'])).toString('base64url')
  const isOpened = (id: string) => (message: Record<string, unknown>) =>
    message['type'] === 'ping' && (message['payload'] as { opened?: string } | undefined)?.opened === id
  const isErrorOf = (id: string) => (message: Record<string, unknown>) =>
    (message['id'] === id &&
      ['error', 'next'].includes(String(message['type'])) &&
      JSON.stringify(message).includes('errors":[')) ||
    (message['id'] === id && message['type'] === 'error')

  it('are counted by actor, and an end makes room', async () => {
    const { authorization } = people.owner
    const one = await greet(authorization)
    one.subscribe('a', LIVE)
    await one.hear(isOpened('a'))
    one.subscribe('b', LIVE)
    await one.hear(isOpened('b'))
    const two = await greet(authorization)
    two.subscribe('c', LIVE)
    expect(JSON.stringify(await two.hear(isErrorOf('c')))).toContain('TOO_MANY_SUBSCRIPTIONS')
    one.socket.close()
    await once(one.socket, 'close')
    // The server has taken note of the end when the next one finds room.
    for (let tries = 0; ; tries += 1) {
      two.subscribe(`d${tries}`, LIVE)
      const answer = await two.hear(
        (message) => isOpened(`d${tries}`)(message) || isErrorOf(`d${tries}`)(message),
      )
      if (isOpened(`d${tries}`)(answer)) break
      expect(tries).toBeLessThan(100)
    }
    two.socket.close()
    await once(two.socket, 'close')
  })

  it('pay for each event, and whoever owes hears the next one later', async () => {
    now += 60_000
    const { authorization } = people.owner
    const { socket, hear, subscribe } = await greet(authorization)
    subscribe('a', LIVE, { after: START })
    const event = await hear(({ id, type }) => id === 'a' && type === 'next')
    expect(event['payload']).toMatchObject({ extensions: { cost: { requested: 1, max: 500 } } })
    subscribe('b', '{ shop { code } }')
    const answer = await hear(({ id, type }) => id === 'b' && type === 'next')
    const { cost } = (answer['payload'] as { extensions: { cost: { available: number } } }).extensions
    expect(cost.available).toBeLessThanOrEqual(300 - 11 - 1 - 2)
    socket.close()
    await once(socket, 'close')
  })

  it('are so many on one socket', async () => {
    const { socket, hear, subscribe } = await greet(people.staff['authorization'])
    const live = 'subscription { productChanged { eventId } }'
    for (const id of ['a', 'b', 'c']) {
      subscribe(id, live)
      await hear(isOpened(id))
    }
    subscribe('d', live)
    expect(JSON.stringify(await hear(isErrorOf('d')))).toContain('TOO_MANY_SUBSCRIPTIONS')
    socket.close()
    await once(socket, 'close')
  })

  it('fail on an open socket no more often than requests do', async () => {
    now += 60_000
    const { socket, hear, subscribe } = await greet()
    const codeOf = async (id: string, query: string) => {
      subscribe(id, query)
      const { type, payload } = await hear((message) => message['id'] === id)
      return type === 'error' ? (payload as Answer['errors'])?.[0]?.extensions?.['code'] : type
    }
    const failed: unknown[] = []
    for (let tries = 0; tries < 7; tries += 1) failed.push(await codeOf(`f${tries}`, '{ nonsense }'))
    expect(new Set(failed.slice(0, 6))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']))
    expect(failed[6]).toBe('RATE_LIMITED')
    now += 60_000
    expect(await codeOf('later', CHEAP)).toBe('next')
    socket.close()
    await once(socket, 'close')
  })

  it('are over so many sockets of an address', async () => {
    const [one, two] = [await greet(), await greet()]
    const third = connect()
    const [error] = (await once(third, 'error')) as [Error]
    expect(error.message).toContain('429')
    one.socket.close()
    await once(one.socket, 'close')
    two.socket.close()
    await once(two.socket, 'close')
  })

  it('over SSE are refused with 429 as well', async () => {
    const listen = async () => {
      return api.fetch('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...people.stranger },
        body: JSON.stringify({ query: LIVE, variables: { after: START } }),
      })
    }
    const [one, two, three] = [await listen(), await listen(), await listen()]
    expect([one.status, two.status, three.status]).toEqual([200, 200, 429])
    expect(await three.text()).toContain('TOO_MANY_SUBSCRIPTIONS')
    const leave = async ({ body }: Response) => {
      const reader = body!.getReader()
      await reader.read()
      await reader.cancel()
    }
    await leave(one)
    const four = await listen()
    expect(four.status).toBe(200)
    await Promise.all([leave(two), leave(four)])
  })
})
