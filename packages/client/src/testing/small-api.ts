import { EventEmitter, on, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { GraphQLError } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { createSchema, createYoga, isAsyncIterable } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import { createClient, type ClientOptions } from '../index.ts'

/** A subscription to the log of ticks. */
export const TICKS = 'subscription Ticks($after: String) { tick(after: $after) { eventId } }'

/** What a tick tells. */
export interface Tick {
  readonly tick: { readonly eventId: string }
}

/** Waits of a few milliseconds. */
export const QUICK = { baseMs: 1, maxMs: 5, random: () => 0.5 }

interface Asked {
  readonly headers: Headers
}

const denied = (): GraphQLError =>
  new GraphQLError('This token does not hold', { extensions: { code: 'UNAUTHENTICATED' } })

/**
 * A small real API: a log of numbered ticks that can be resumed, fields that fail on demand, and mutations that remember
 * their keys. A token that `revoked` holds is refused.
 */
export const smallApi = () => {
  const bell = new EventEmitter().setMaxListeners(0)
  const state = {
    length: 0,
    failures: 0,
    failure: { code: 'UNAVAILABLE' } as Record<string, unknown>,
    calls: 0,
    keys: [] as (string | null | undefined)[],
    resumedFrom: [] as (string | undefined)[],
    headers: new Headers(),
    revoked: new Set<string>(),
  }
  const stumble = () => {
    state.calls += 1
    if (state.failures-- > 0) throw new GraphQLError('not now', { extensions: state.failure })
    return state.calls
  }
  const check = (headers: Headers): void => {
    state.headers = headers
    if (state.revoked.has((headers.get('authorization') ?? '').replace('Bearer ', ''))) throw denied()
  }

  async function* ticks(after: string | undefined, abort: AbortSignal) {
    let seen = after === undefined ? state.length : Number(after)
    const rings = on(bell, 'ring', { signal: abort })
    while (true) {
      while (seen < state.length) yield { tick: { eventId: String((seen += 1)) } }
      await rings.next()
      if (state.revoked.has('live')) throw denied()
    }
  }

  const schema = createSchema<Asked>({
    typeDefs: `
      type Query { hello(name: String): String! flaky: Int! forbidden: Int! }
      input SetInput { value: Int! idempotencyKey: String }
      type Problem { message: String! }
      type SetPayload { calls: Int userErrors: [Problem!]! }
      type Mutation { set(input: SetInput!): SetPayload! }
      type Tick { eventId: ID! }
      type Subscription { tick(after: String): Tick! }`,
    resolvers: {
      Query: {
        hello: (_root, { name }, { headers }) => {
          check(headers)
          return `hello ${name}`
        },
        flaky: stumble,
        forbidden: () => {
          throw new GraphQLError('no', { extensions: { code: 'FORBIDDEN', correlationId: 'c-1' } })
        },
      },
      Mutation: {
        set: (_root, { input }) => {
          state.keys.push(input.idempotencyKey)
          if (input.value < 0) return { userErrors: [{ message: 'Too small' }] }
          return { calls: stumble(), userErrors: [] }
        },
      },
      Subscription: {
        tick: {
          subscribe: (_root, { after }, { headers }) => {
            check(headers)
            state.resumedFrom.push(after)
            const stop = new AbortController()
            const events = ticks(after, stop.signal)
            return {
              next: () =>
                events
                  .next()
                  .catch((error) => (stop.signal.aborted ? { done: true } : Promise.reject(error))),
              return: async () => {
                stop.abort()
                return { done: true }
              },
              [Symbol.asyncIterator]() {
                return this
              },
            }
          },
        },
      },
    },
  })
  const yoga = createYoga({
    logging: false,
    maskedErrors: false,
    schema,
    context: ({ request }) => ({ headers: request.headers }),
  })
  return {
    state,
    schema,
    yoga,
    /** Adds ticks to the log. */
    add: (count = 1): void => {
      state.length += count
      bell.emit('ring')
    },
    client: (options: Partial<ClientOptions> = {}) =>
      createClient({
        url: 'http://api.internal/graphql',
        fetch: async (url, init) => yoga.fetch(url, init),
        backoff: QUICK,
        ...options,
      }),
  }
}

/** The small API on a port, with SSE and WebSocket, and connections that can be cut. */
export const serve = async ({ yoga, schema }: ReturnType<typeof smallApi>) => {
  const connections = new Set<Socket>()
  const server = createServer((request, response) => void yoga(request, response))
  const sockets = new WebSocketServer({ server, path: '/graphql' })
  useServer<Record<string, string>>(
    {
      schema,
      context: ({ connectionParams }) => ({ headers: new Headers(connectionParams) }),
      onOperation: ({ extra }, id, _payload, _args, result) => {
        if (isAsyncIterable(result))
          extra.socket.send(JSON.stringify({ type: 'ping', payload: { opened: id } }))
      },
    },
    sockets,
  )
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const socket of sockets.clients) socket.terminate()
    for (const socket of connections) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sockets,
    connections,
    /** Ends every connection in the middle of whatever it says. */
    cut,
    close: (): void => {
      cut()
      server.close()
    },
  }
}
