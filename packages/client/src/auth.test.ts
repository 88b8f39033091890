import { expect, it } from 'vitest'
import type { ClientOptions } from './index.ts'
import { QUICK, serve, smallApi, TICKS, type Tick } from './testing/small-api.ts'

const HELLO = '{ hello(name: "Ana") }'

/** A session whose first token is about to be refused. */
const session = () => {
  const tokens = { current: 'first', refreshes: 0 }
  const auth = {
    get: () => tokens.current,
    refresh: async () => {
      tokens.refreshes += 1
      await Promise.resolve()
      tokens.current = 'second'
    },
  }
  return { tokens, auth }
}

it('renews a token once for all requests that it was refused to', async () => {
  const { client, state } = smallApi()
  const { tokens, auth } = session()
  state.revoked.add('first')
  const asking = client({ auth })
  await Promise.all([1, 2, 3, 4].map(() => asking.request(HELLO)))
  expect(tokens.refreshes).toBe(1)
  expect(state.headers.get('authorization')).toBe('Bearer second')
})

it('tries a renewed token once, and then tells that it was refused', async () => {
  const { client, state } = smallApi()
  const { tokens, auth } = session()
  state.revoked.add('first').add('second')
  await expect(client({ auth }).request(HELLO)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(tokens.refreshes).toBe(1)
})

it('renews a token before it ends', async () => {
  const { client, state } = smallApi()
  const { tokens, auth } = session()
  let expiresAt = Date.now() + 1_000
  const refresh = async () => {
    await auth.refresh()
    expiresAt = Date.now() + 3_600_000
  }
  const asking = client({ auth: { get: () => ({ token: tokens.current, expiresAt }), refresh } })
  await Promise.all([asking.request(HELLO), asking.request(HELLO)])
  expect(tokens.refreshes).toBe(1)
  expect(state.headers.get('authorization')).toBe('Bearer second')
})

it('takes a token that another window has renewed', async () => {
  const { client, state, yoga } = smallApi()
  const { tokens, auth } = session()
  state.revoked.add('first')
  const fetch: ClientOptions['fetch'] = async (url, init) => {
    const response = await yoga.fetch(url, init)
    tokens.current = 'from the other window'
    return response
  }
  await client({ auth, fetch }).request(HELLO)
  expect(tokens.refreshes).toBe(0)
})

/** Where the first renewal cannot reach the API. */
const interrupted = ({ tokens, auth }: ReturnType<typeof session>) => ({
  get: auth.get,
  refresh: async () => {
    if (tokens.refreshes > 0) return auth.refresh()
    tokens.refreshes += 1
    throw new TypeError('fetch failed')
  },
})

it('asks again when the token could not be renewed for a passing reason', async () => {
  const { client, state } = smallApi()
  const here = session()
  state.revoked.add('first')
  const asking = client({ auth: interrupted(here) })
  expect(await asking.request(HELLO)).toEqual({ hello: 'hello Ana' })
  expect(here.tokens.refreshes).toBe(2)
  here.tokens.refreshes = 0
  state.revoked.add('second')
  const once = asking.request(HELLO, {}, { attempts: 1 })
  await expect(once).rejects.toMatchObject({ code: 'NETWORK', retryable: true })
})

it.each([
  [false, 1],
  [true, 1],
  [false, 2],
  [true, 2],
])('goes on listening with a renewed token (WebSocket: %s, renewals: %s)', async (webSocket, renewals) => {
  const api = smallApi()
  const server = await serve(api)
  const here = session()
  const { tokens } = here
  const auth = renewals === 1 ? here.auth : interrupted(here)
  const asking = api.client({
    url: server.url,
    fetch: (url, init) => fetch(url, init),
    webSocket,
    auth,
    backoff: QUICK,
  })
  api.state.revoked.add('first')
  const ticks = asking.subscribe<Tick>(TICKS, {}, { after: '0' })
  api.add(1)
  expect(await ticks.next()).toMatchObject({ value: { tick: { eventId: '1' } } })
  expect(tokens.refreshes).toBe(renewals)
  await ticks.return?.()
  server.close()
})
