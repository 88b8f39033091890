import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from 'graphql-ws'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createTestShop } from './testing/shop.ts'
import { createSocketServer } from './websocket.ts'

let now = new Date()
const shop = await createTestShop({ clock: () => now, recheckEvery: 20 })
const { api, people, ids, post } = shop
const sockets = createSocketServer(api)
const server = createServer().listen(0, '127.0.0.1')
server.on('upgrade', sockets.handleUpgrade)
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const url = `ws://127.0.0.1:${port}/graphql`

afterAll(async () => {
  await sockets.close()
  server.closeAllConnections()
  server.close()
})

const connect = (connectionParams: Record<string, unknown> = {}) =>
  createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 })

type Client = ReturnType<typeof connect>

const first = async (client: Client, query: string, variables = {}) => {
  for await (const result of client.iterate({ query, variables })) return result as Answer
  throw new Error('Ended without an answer')
}

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[]
}

const codes = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions?.['code'])

/** A socket without a client's manners. */
const open = async (headers: Record<string, string> = {}): Promise<WebSocket> => {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers })
  await once(socket, 'open')
  return socket
}

const rename = (name: string) =>
  post(
    {
      query:
        'mutation ($id: ID!, $name: String!) { productUpdate(input: { id: $id, name: { en: $name } }) { userErrors { code } } }',
      variables: { id: ids.product, name },
    },
    people.staff,
  )

/** Before every event: whoever resumes here gets an answer at once, which proves that its subscription stands. */
const START = Buffer.from(JSON.stringify(['0', '0'])).toString('base64url')

const CHANGES =
  'subscription ($after: String) { events(types: ["ProductUpdated.v1"], after: $after) { id type } }'

describe('a WebSocket', () => {
  it('answers a query from the channel and as the person that its first message names', async () => {
    const client = connect({ authorization: people.owner['authorization'], channel: 'web-jp' })
    const { data } = await first(client, '{ context { currency actor } }')
    expect(data).toEqual({
      context: { currency: 'JPY', actor: expect.stringContaining('customer') as string },
    })
    await client.dispose()
  })

  it('refuses forged credentials, malformed ones and unknown channels with a code, and lives on', async () => {
    const refused = [
      [{ authorization: 'Bearer hs_forged' }, 'UNAUTHENTICATED'],
      [{ authorization: 'Basic YTpi' }, 'UNAUTHENTICATED'],
      [{ channel: 'moon' }, 'UNKNOWN_CHANNEL'],
    ] as const
    for (const [params, code] of refused) {
      const client = connect(params)
      await expect(first(client, '{ shop { code } }')).rejects.toMatchObject([{ extensions: { code } }])
      await client.dispose()
    }
  })

  it('refuses on one socket what is malformed, and answers the next request on it', async () => {
    const client = connect()
    await expect(first(client, '{ shop {')).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ])
    await expect(first(client, '{ colour }')).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
    const nul = await first(client, 'query ($s: String) { product(slug: $s) { id } }', { s: 'a\0b' })
    expect(codes(nul)).toEqual(['BAD_USER_INPUT'])
    expect(nul.errors![0]!.extensions).not.toHaveProperty('http')
    expect(codes(await first(client, 'query @inContext(channel: "moon") { shop { code } }'))).toEqual([
      'UNKNOWN_CHANNEL',
    ])
    expect(await first(client, '{ shop { code } }')).toMatchObject({ data: { shop: { code: 'demo' } } })
    await client.dispose()
  })

  it('tells what changes, and resumes where another socket ended', async () => {
    const staff = { authorization: people.staff['authorization'] }
    const client = connect(staff)
    await rename('None')
    const live = client.iterate({ query: CHANGES, variables: { after: START } })
    await live.next()
    await rename('One')
    const { value } = (await live.next()) as { value: { data: { events: { id: string; type: string } } } }
    expect(value.data.events.type).toBe('ProductUpdated.v1')
    await client.dispose()
    await rename('Two')
    const again = connect(staff)
    const missed = await first(again, CHANGES, { after: value.data.events.id })
    expect(missed.data?.['events']).toMatchObject({ type: 'ProductUpdated.v1' })
    expect(missed.data?.['events']).not.toMatchObject({ id: value.data.events.id })
    await again.dispose()
  })

  it('refuses a cursor that is none, and one of the future', async () => {
    const future = Buffer.from(JSON.stringify(['18446744073709551615', '1'])).toString('base64url')
    for (const after of ['nonsense', future]) {
      const client = connect({ authorization: people.staff['authorization'] })
      const answer = await first(client, CHANGES, { after }).catch((errors: Answer['errors']) => ({ errors }))
      expect(codes(answer as Answer)).toEqual(['INVALID_CURSOR'])
      await client.dispose()
    }
  })

  it('refuses a page of another origin that brings our cookie, and takes one without', async () => {
    const foreign = new WebSocket(url, 'graphql-transport-ws', {
      headers: { origin: 'https://evil.test', cookie: 'hilo_session=hs_any' },
    })
    const [error] = (await once(foreign, 'error')) as [Error]
    expect(error.message).toContain('403')
    const plain = await open({ origin: 'https://shop.test' })
    plain.terminate()
  })

  it('closes only the socket of a message that is too large', async () => {
    const other = await open()
    const socket = await open()
    socket.on('error', () => undefined)
    socket.send(JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(300_000) } }))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1009)
    other.send(JSON.stringify({ type: 'ping' }))
    const [pong] = (await once(other, 'message')) as [Buffer]
    expect(JSON.parse(String(pong))).toMatchObject({ type: 'pong' })
    other.terminate()
  })

  it.each([
    ['no JSON', '{"type": '],
    ['an unknown type', '{"type": "hello"}'],
    ['a list', '[1]'],
    [
      'a request before the greeting',
      '{"id":"1","type":"subscribe","payload":{"query":"{ shop { code } }"}}',
    ],
    ['binary noise', Buffer.from([0, 255, 128, 1])],
  ])('closes a socket that sends %s, with a code of the protocol', async (_what, message) => {
    const socket = await open()
    socket.send(message)
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBeGreaterThanOrEqual(4_400)
    expect(await first(connect(), '{ shop { code } }')).toMatchObject({ data: { shop: { code: 'demo' } } })
  })
})

describe('an open subscription', () => {
  const query = 'subscription ($after: String) { orderChanged(after: $after) { eventId } }'

  /** Lets a subscription stand, does something, and gives the codes with which the subscription ended. */
  const endedBy = async (authorization: string | undefined, act: () => Promise<unknown>) => {
    const client = connect({ authorization })
    const live = client.iterate({ query, variables: { after: START } })
    expect(await live.next()).toMatchObject({ value: { data: { orderChanged: {} } } })
    await act()
    const told: unknown[] = []
    for await (const result of live) told.push(...codes(result as Answer))
    await client.dispose()
    return told
  }

  it('ends with a code when its session is signed out', async () => {
    const customer = await shop.bearer('customer', shop.shop.ownerId)
    const signOut = 'mutation { customerSignOut(input: {}) { userErrors { code } } }'
    expect(await endedBy(customer['authorization'], () => post({ query: signOut }, customer))).toEqual([
      'UNAUTHENTICATED',
    ])
  })

  it('ends with a code when its device is revoked', async () => {
    const revoke = 'mutation ($id: ID!) { deviceRevoke(input: { id: $id }) { userErrors { code } } }'
    const request = { query: revoke, variables: { id: ids.device } }
    const { authorization } = people.device
    expect(await endedBy(authorization, () => post(request, people.owner))).toEqual(['UNAUTHENTICATED'])
  })

  it('ends over SSE as over a socket when its session expires', async () => {
    const response = await api.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...people.owner },
      body: JSON.stringify({ query, variables: { after: START } }),
    })
    now = new Date(now.getTime() + 31 * 86_400_000)
    const text = await response.text()
    expect(text).toContain('UNAUTHENTICATED')
    expect(text).toContain('event: complete')
  })
})
