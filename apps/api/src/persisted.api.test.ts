import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from 'graphql-ws'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { documentIdOf } from './persisted/document-id.ts'
import { createApiKey } from '@hilo/access'
import { type Actor, systemClock, unwrap } from '@hilo/kernel'
import { pino } from 'pino'
import { createApi } from './create-api.ts'
import { codes, createTestShop, post } from './testing/shop.ts'
import { createSocketServer } from './websocket.ts'

const BUILT_IN = 'query EdgeChannels { channels { code } }'
let now = 0
const shop = await createTestShop()
const { people, ctx, database } = shop

const createSecond = (persistedOnly: readonly Actor['kind'][] = ['device']) =>
  createApi({
    persistedOnly,
    database,
    feed: undefined as never,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    corsOrigin: '*',
    ticks: () => now,
    builtInOperations: [BUILT_IN],
  })
const api = createSecond()
const other = createSecond()

const ask = (body: unknown, headers = {}) => post(api, body, headers)

const REGISTER = `mutation ($documents: [String!]!) { persistedOperationsRegister(input: { documents: $documents }) {
  operations { documentId name document } userErrors { code message } } }`

const registerAs = async (headers: object, ...documents: readonly string[]) => {
  const { data, errors } = await ask({ query: REGISTER, variables: { documents } }, headers)
  expect(errors).toBeUndefined()
  return data?.['persistedOperationsRegister'] as {
    operations: readonly { documentId: string; name: string }[] | null
    userErrors: readonly { code: string; message: string }[]
  }
}

const register = (...documents: readonly string[]) => registerAs(people.staff, ...documents)

const TILL = 'query TillShop { shop { code } }'

describe('a persisted operation', () => {
  it('is registered once, under the hash of its text, and asked for by it', async () => {
    const { operations, userErrors } = await register(TILL, TILL)
    expect(userErrors).toEqual([])
    expect(operations).toEqual([{ documentId: documentIdOf(TILL), name: 'TillShop', document: TILL }])
    expect((await register(TILL)).operations).toHaveLength(1)
    const answer = await ask({ documentId: documentIdOf(TILL) })
    expect(answer.data).toEqual({ shop: { code: 'demo' } })
    const events = await ctx.db
      .selectFrom('event')
      .select('payload')
      .where('type', '=', 'PersistedOperationRegistered.v1')
      .execute()
    expect(events).toEqual([{ payload: { documentId: documentIdOf(TILL), name: 'TillShop' } }])
  })

  it.each([
    ['en', '{ shop }', 'it needs one operation, with a name.'],
    ['es', '{ shop }', 'necesita una sola operación, con nombre.'],
    ['en', '{', 'it cannot be read: “Syntax Error: Expected Name, found <EOF>.”'],
    ['es', '{', 'no se puede leer: «Syntax Error: Expected Name, found <EOF>.»'],
    [
      'en',
      'query a { colour }',
      'it does not fit the schema: “Cannot query field "colour" on type "Query".”',
    ],
    ['es', 'query a { colour }', 'no se ajusta al esquema: «Cannot query field "colour" on type "Query".»'],
  ])('is refused with a reason in the language of the reader, %s: %s', async (language, document, reason) => {
    const { userErrors } = await registerAs({ ...people.staff, 'accept-language': language }, document)
    expect(userErrors).toMatchObject([{ code: 'PERSISTED_OPERATION_INVALID' }])
    expect(userErrors[0]?.message).toContain(reason)
  })

  it('is asked for in the words of Apollo too, and by GET', async () => {
    const sha256Hash = documentIdOf(TILL).slice('sha256:'.length)
    const extensions = { persistedQuery: { version: 1, sha256Hash } }
    expect((await ask({ extensions })).data).toEqual({ shop: { code: 'demo' } })
    for (const query of [
      `extensions=${encodeURIComponent(JSON.stringify(extensions))}`,
      `documentId=${encodeURIComponent(documentIdOf(TILL))}`,
    ]) {
      const response = await api.fetch(`http://localhost/graphql?${query}`)
      expect(await response.json()).toMatchObject({ data: { shop: { code: 'demo' } } })
    }
  })

  it('takes variables, and may be built in', async () => {
    const document = 'query TillProduct($sku: String!) { variant(sku: $sku) { sku } }'
    await register(document)
    const answer = await ask({ documentId: documentIdOf(document), variables: { sku: shop.sku } })
    expect(answer.data).toEqual({ variant: { sku: shop.sku } })
    expect((await ask({ documentId: documentIdOf(BUILT_IN) })).data).toHaveProperty('channels')
  })

  it.each([
    ['of nobody', { documentId: documentIdOf('query Unknown { shop { code } }') }],
    ['of another form', { documentId: 'my-own-name' }],
    ['without its prefix', { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } }],
  ])('is not found under an id %s', async (_what, body) => {
    expect(codes(await ask(body))).toEqual(['PERSISTED_OPERATION_NOT_FOUND'])
  })

  it.each([
    ['no GraphQL', '{', 'PERSISTED_OPERATION_INVALID'],
    ['no name', '{ shop { code } }', 'PERSISTED_OPERATION_INVALID'],
    ['two operations', 'query a { shop { code } } query b { shop { code } }', 'PERSISTED_OPERATION_INVALID'],
    ['a field that is not there', 'query a { shop { colour } }', 'PERSISTED_OPERATION_INVALID'],
    ['too many aliases', `query a { ${'a: __typename '.repeat(101)} }`, 'QUERY_LIMIT_EXCEEDED'],
    [
      'too high a cost',
      'query a { categories { products(first: 1000) { nodes { variants { sku } } } } }',
      'COST_LIMIT_EXCEEDED',
    ],
  ])('is not registered with %s, nor is anything sent with it', async (_what, document, code) => {
    const sound = `query Beside { __typename } # ${code}`
    expect(await register(sound, document)).toMatchObject({ operations: null, userErrors: [{ code }] })
    expect(codes(await ask({ documentId: documentIdOf(sound) }))).toEqual(['PERSISTED_OPERATION_NOT_FOUND'])
  })

  it('is listed and removed by those who may, and every process knows within a minute', async () => {
    const document = 'query Removed { shop { code } }'
    const documentId = documentIdOf(document)
    await register(document)
    expect((await post(other, { documentId })).data).toBeDefined()
    const list = '{ persistedOperations(first: 1) { totalCount nodes { documentId name } } }'
    expect((await ask({ query: list }, people.staff)).data?.['persistedOperations']).toMatchObject({
      nodes: [{ documentId, name: 'Removed' }],
    })
    const remove = `mutation { persistedOperationRemove(input: { documentId: "${documentId}" }) { documentId userErrors { code } } }`
    expect((await ask({ query: remove }, people.staff)).data?.['persistedOperationRemove']).toMatchObject({
      documentId,
    })
    expect(codes(await ask({ documentId }))).toEqual(['PERSISTED_OPERATION_NOT_FOUND'])
    expect((await post(other, { documentId })).data).toEqual({ shop: { code: 'demo' } })
    now += 60_001
    expect(codes(await post(other, { documentId }))).toEqual(['PERSISTED_OPERATION_NOT_FOUND'])
    const again = (await ask({ query: remove }, people.staff)).data?.['persistedOperationRemove']
    expect(again).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] })
  })
})

describe('over a WebSocket', () => {
  it('an operation is named beside an empty query, and a device sends no other', async () => {
    const sockets = createSocketServer(api)
    const server = createServer().listen(0, '127.0.0.1')
    server.on('upgrade', sockets.handleUpgrade)
    await once(server, 'listening')
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { ...people.device },
      retryAttempts: 0,
    })
    const first = async (request: { readonly query: string; readonly extensions?: object }) => {
      for await (const result of client.iterate(request as never)) return result
      throw new Error('Ended without an answer')
    }
    const sha256Hash = documentIdOf(TILL).slice('sha256:'.length)
    const named = { query: '', extensions: { persistedQuery: { version: 1, sha256Hash } } }
    expect(await first(named)).toMatchObject({ data: { shop: { code: 'demo' } } })
    expect(await first({ query: '', documentId: documentIdOf(TILL) } as never)).toMatchObject({ data: {} })
    expect(await first({ query: TILL })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_OPERATION_REQUIRED' } }],
    })
    await client.dispose()
    await sockets.close()
    server.close()
  })
})

describe('the key of a till', () => {
  const KEY = `mutation ($persistedOnly: Boolean) { apiKeyCreate(input: {
    name: "Till", permissions: ["orders:read"], persistedOnly: $persistedOnly
  }) { secret apiKey { persistedOnly } userErrors { code } } }`

  const createKey = async (persistedOnly?: boolean) => {
    const { data } = await ask({ query: KEY, variables: { persistedOnly } }, people.staff)
    const { secret, apiKey } = data!['apiKeyCreate'] as { secret: string; apiKey: unknown }
    return { headers: { authorization: `Bearer ${secret}` }, apiKey }
  }

  it('that is bound to persisted operations sends nothing else', async () => {
    const { headers, apiKey } = await createKey(true)
    expect(apiKey).toEqual({ persistedOnly: true })
    expect(codes(await ask({ query: TILL }, headers))).toEqual(['PERSISTED_OPERATION_REQUIRED'])
    expect((await ask({ documentId: documentIdOf(TILL) }, headers)).data).toEqual({ shop: { code: 'demo' } })
  })

  it('that is bound is so in the name of a device too, where devices are not', async () => {
    const free = createSecond([])
    const permissions = ['edge'] as const
    const bound = unwrap(await createApiKey(ctx, { name: 'Edge', permissions, persistedOnly: true }))
    const named = { authorization: `Bearer ${bound.key}`, 'hilo-device': shop.ids.device }
    expect(codes(await post(free, { query: TILL }, named))).toEqual(['PERSISTED_OPERATION_REQUIRED'])
    expect((await post(free, { documentId: documentIdOf(TILL) }, named)).data).toHaveProperty('shop')
    expect((await post(free, { query: TILL }, people.device)).data).toHaveProperty('shop')
  })

  it('that is not bound sends what it wants', async () => {
    const { headers, apiKey } = await createKey()
    expect(apiKey).toEqual({ persistedOnly: false })
    expect((await ask({ query: TILL }, headers)).data).toEqual({ shop: { code: 'demo' } })
  })
})

describe('a device', () => {
  const asDevice = { ...people.edge, 'hilo-device': shop.ids.device }

  it.each([
    ['with its own token', people.device],
    ['through the edge', asDevice],
  ])('may send nothing but persisted operations: %s', async (_how, headers) => {
    expect(codes(await ask({ query: '{ shop { code } }' }, headers))).toEqual([
      'PERSISTED_OPERATION_REQUIRED',
    ])
    expect((await ask({ documentId: documentIdOf(TILL) }, headers)).data).toEqual({ shop: { code: 'demo' } })
    expect((await ask({ documentId: documentIdOf(BUILT_IN) }, headers)).data).toHaveProperty('channels')
  })

  it('may not send a query beside an id that is registered', async () => {
    const body = { query: '{ context { actor } }', documentId: documentIdOf(TILL) }
    expect(codes(await ask(body, people.device))).toEqual(['PERSISTED_OPERATION_REQUIRED'])
  })

  it('may not subscribe in its own words either', async () => {
    const query = 'subscription { deviceChanged { eventId } }'
    const answer = await ask({ query }, { ...people.device, accept: 'text/event-stream' })
    expect(answer.text).toContain('PERSISTED_OPERATION_REQUIRED')
  })
})
