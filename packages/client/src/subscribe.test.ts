import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { ClientError, type Client, type SubscribeOptions } from './index.ts'
import { serve, smallApi, TICKS, type Tick } from './testing/small-api.ts'

let closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing) close()
  closing = []
})

const setUp = async (webSocket: boolean, options: object = {}) => {
  const api = smallApi()
  const server = await serve(api)
  closing.push(server.close)
  const client = api.client({
    url: server.url,
    fetch: (url, init) => fetch(url, init),
    webSocket,
    ...options,
  })
  return { ...api, server, client }
}

/** Reads ticks until the given one has come. */
const readUntil = async (client: Client, last: number, options: SubscribeOptions): Promise<number[]> => {
  const seen: number[] = []
  for await (const { tick } of client.subscribe<Tick>(TICKS, {}, options)) {
    seen.push(Number(tick.eventId))
    if (seen.at(-1) === last) break
  }
  return seen
}

describe.each([
  ['server-sent events', false],
  ['a WebSocket', true],
])('a subscription over %s', (_name, webSocket) => {
  it('misses nothing and doubles nothing, however often and whenever it is cut', async () => {
    const TICK_COUNT = 120
    const cuts = fc.array(fc.integer({ min: 1, max: TICK_COUNT }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 1, max: 40 }), async (cutAfter, burst) => {
        const { add, state, server, client } = await setUp(webSocket)
        const everything = Array.from({ length: TICK_COUNT }, (_, index) => index + 1)
        const readers = [1, 2, 3].map(() => readUntil(client, TICK_COUNT, { after: '0' }))
        const done = new AbortController()
        const reading = Promise.all(readers).finally(() => done.abort())
        while (!done.signal.aborted) {
          const before = state.length
          if (before < TICK_COUNT) add(Math.min(burst, TICK_COUNT - before))
          await new Promise((resolve) => setImmediate(resolve))
          if (cutAfter.some((at) => before < at && at <= state.length)) server.cut()
        }
        expect(await reading).toEqual([everything, everything, everything])
        server.close()
      }),
      { numRuns: 15 },
    )
  })

  it('says when the API listens, and when something may have been missed', async () => {
    const { add, state, server, client } = await setUp(webSocket)
    const opened: boolean[] = []
    const step = { resolve: () => {} }
    const nextOpen = () => new Promise<void>((resolve) => (step.resolve = resolve))
    const ticks = client.subscribe<Tick>(
      TICKS,
      {},
      {
        onOpen: (resumed) => {
          opened.push(resumed)
          step.resolve()
        },
      },
    )
    const first = ticks.next()
    await nextOpen()
    const again = nextOpen()
    server.cut()
    await again
    add(1)
    expect(await first).toMatchObject({ value: { tick: { eventId: '1' } } })
    const second = ticks.next()
    const resumed = nextOpen()
    server.cut()
    await resumed
    add(1)
    expect(await second).toMatchObject({ value: { tick: { eventId: '2' } } })
    expect(opened).toEqual([false, false, true])
    expect(state.resumedFrom).toEqual([undefined, undefined, '1'])
    await ticks.return?.()
  })

  it('ends while it waits for an event, and leaves no connection behind', async () => {
    const { server, client } = await setUp(webSocket)
    const opened = Promise.withResolvers<void>()
    const stop = new AbortController()
    const ticks = client.subscribe(TICKS, {}, { signal: stop.signal, onOpen: () => opened.resolve() })
    const next = ticks.next()
    await opened.promise
    stop.abort()
    expect(await next).toEqual({ done: true, value: undefined })
    if (webSocket) await expect.poll(() => server.sockets.clients.size).toBe(0)
  })

  it('throws what a new attempt would not change', async () => {
    const { client } = await setUp(webSocket)
    await expect(client.subscribe('subscription { nothing }').next()).rejects.toBeInstanceOf(ClientError)
  })

  it('takes silence for a lost connection', async () => {
    const { server, client } = await setUp(webSocket, { idleMs: 40 })
    const errors: string[] = []
    const stop = new AbortController()
    const ticks = client.subscribe(
      TICKS,
      {},
      {
        signal: stop.signal,
        // Reads nothing any more, like a machine whose cable was pulled.
        onOpen: () => server.connections.forEach((socket) => socket.pause()),
        onLost: ({ code }) => {
          errors.push(code)
          if (errors.length === 2) stop.abort()
        },
      },
    )
    expect(await ticks.next()).toEqual({ done: true, value: undefined })
    expect(errors).toEqual(['TIMEOUT', 'TIMEOUT'])
  })
})

describe('subscriptions over a WebSocket', () => {
  it('share one socket, unless they ask from somewhere else', async () => {
    const { add, server, client } = await setUp(true)
    const listen = (channel?: string) => {
      const opened = Promise.withResolvers<void>()
      const ticks = client.subscribe<Tick>(
        TICKS,
        {},
        { context: { channel }, onOpen: () => opened.resolve() },
      )
      return { first: ticks.next(), opened: opened.promise, ticks }
    }
    const all = [listen(), listen(), listen(), listen('store')]
    await Promise.all(all.map(({ opened }) => opened))
    expect(server.sockets.clients.size).toBe(2)
    add(1)
    for (const { first } of all) expect(await first).toMatchObject({ value: { tick: { eventId: '1' } } })
    for (const { ticks } of all) await ticks.return?.()
    await expect.poll(() => server.sockets.clients.size).toBe(0)
  })

  it('keep a socket that is only quiet', async () => {
    const { add, client } = await setUp(true, { idleMs: 20 })
    let lost = 0
    const opened = Promise.withResolvers<void>()
    const ticks = client.subscribe(
      TICKS,
      {},
      { onOpen: () => opened.resolve(), onLost: () => void (lost += 1) },
    )
    const first = ticks.next()
    await opened.promise
    await new Promise((resolve) => setTimeout(resolve, 100))
    add(1)
    expect(await first).toMatchObject({ value: { tick: { eventId: '1' } } })
    expect(lost).toBe(0)
    await ticks.return?.()
  })
})
