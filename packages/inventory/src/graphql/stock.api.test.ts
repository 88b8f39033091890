import '@hilo/channels/graphql'
import { staffActor } from '@hilo/access/testing'
import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { type Context, startEventFeed } from '@hilo/db'
import { logSettled, recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestLocation, createTestStock } from '../testing/index.ts'
import './index.ts'

const { db, database } = await testDatabase()
let guest: Context
let staff: Context
let webEu: Awaited<ReturnType<typeof createTestChannels>>['webEu']

beforeAll(async () => {
  webEu = (await createTestChannels(db)).webEu
  guest = testContext(db, { channel: webEu, actor: GUEST })
  staff = { ...guest, actor: staffActor() }
})

const setUp = async (sku: string, count: number) => {
  const { variantId } = await createTestProduct({ ...guest, actor: staff.actor }, { sku })
  const locationId = await createTestLocation(db, { channelIds: [webEu.id] })
  await createTestStock(db, locationId, { [variantId]: count })
  return { variantId: encodeId('variant', variantId), locationId: encodeId('location', locationId), sku }
}

const SET = `mutation ($input: StockSetInput!) { stockSet(input: $input) {
  stock { onHand reserved available location { kind } variant { sku } }
  userErrors { code message path ... on StockBelowReservedError { reserved } ... on NotFoundError { kind } }
  replayed
} }`

const ADJUST = `mutation ($input: StockAdjustInput!) { stockAdjust(input: $input) {
  stock { onHand } userErrors { code path } } }`

const AVAILABILITY = 'query ($sku: String!) { variant(sku: $sku) { availability { status quantity } } }'

describe('availability', () => {
  it('is exact for staff and at most ten for everybody else', async () => {
    const { sku } = await setUp('shown', 500)
    const variables = { sku }
    expect(await ask(AVAILABILITY, { ctx: guest, variables })).toEqual({
      data: { variant: { availability: { status: 'IN_STOCK', quantity: 10 } } },
    })
    expect(await ask(AVAILABILITY, { ctx: staff, variables })).toEqual({
      data: { variant: { availability: { status: 'IN_STOCK', quantity: 500 } } },
    })
  })

  it('counts only what serves the channel', async () => {
    const { sku } = await setUp('few', 3)
    await createTestProduct(staff, { sku: 'none' })
    const here = await ask(AVAILABILITY, { ctx: guest, variables: { sku } })
    expect(here).toEqual({ data: { variant: { availability: { status: 'LOW_STOCK', quantity: 3 } } } })
    const none = await ask(AVAILABILITY, { ctx: guest, variables: { sku: 'none' } })
    expect(none).toEqual({ data: { variant: { availability: { status: 'OUT_OF_STOCK', quantity: 0 } } } })
  })

  it('of a whole list, with its stock, costs one statement each', async () => {
    const variants = await Promise.all(['first', 'second', 'third'].map((each) => setUp(each, 1)))
    const { statements, result } = await recordStatements(() =>
      ask(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Variant { availability { quantity } stock { location { code } } } } }',
        { ctx: staff, variables: { ids: variants.map(({ variantId }) => variantId) } },
      ),
    )
    const availability = { quantity: 1 }
    expect(result).toMatchObject({ data: { nodes: [{ availability }, { availability }, { availability }] } })
    const touching = (table: RegExp) => statements.filter((sql) => table.test(sql))
    expect(touching(/from "?stock\b/)).toHaveLength(2)
    expect(touching(/from "location"/)).toHaveLength(1)
  })
})

describe('stockSet and stockAdjust', () => {
  it('count, repeat their answer for the same key, and refuse the key for another request', async () => {
    const { sku: _sku, ...key } = await setUp('counted', 1)
    const input = { ...key, onHand: 12, idempotencyKey: newId() }
    const answer = {
      stock: {
        onHand: 12,
        reserved: 0,
        available: 12,
        location: { kind: 'WAREHOUSE' },
        variant: { sku: 'counted' },
      },
      userErrors: [],
    }
    expect(await ask(SET, { ctx: staff, variables: { input } })).toEqual({
      data: { stockSet: { ...answer, replayed: false } },
    })
    expect(await ask(SET, { ctx: staff, variables: { input } })).toEqual({
      data: { stockSet: { ...answer, replayed: true } },
    })
    expect(await ask(SET, { ctx: staff, variables: { input: { ...input, onHand: 13 } } })).toMatchObject({
      data: { stockSet: { stock: null, userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }] } },
    })
  })

  it('adjust once for the same key', async () => {
    const { sku: _sku, ...key } = await setUp('adjusted', 10)
    const input = { ...key, delta: -4, idempotencyKey: newId() }
    for (const _time of [1, 2, 3]) {
      expect(await ask(ADJUST, { ctx: staff, variables: { input } })).toEqual({
        data: { stockAdjust: { stock: { onHand: 6 }, userErrors: [] } },
      })
    }
  })

  it('need a key and the permission', async () => {
    const { sku: _sku, ...key } = await setUp('guarded', 1)
    const input = { ...key, onHand: 1 }
    expect(await ask(SET, { ctx: staff, variables: { input } })).toHaveProperty('errors')
    const withKey = { input: { ...input, idempotencyKey: newId() } }
    const reader = { ...guest, actor: staffActor(['orders:read']) }
    const refused = [guest, reader].map((ctx) => ask(SET, { ctx, variables: withKey }))
    expect((await Promise.all(refused)).map(({ errors }) => errors?.[0]?.extensions?.['code'])).toEqual([
      'UNAUTHENTICATED',
      'FORBIDDEN',
    ])
  })

  it('say in the language of the request what is wrong, and where', async () => {
    const { sku: _sku, ...key } = await setUp('wrong', 1)
    const send = (over: object) =>
      ask(SET, {
        ctx: { ...staff, locale: 'es' },
        variables: { input: { ...key, onHand: 1, idempotencyKey: newId(), ...over } },
      })
    expect(await send({ onHand: -5 })).toMatchObject({
      data: {
        stockSet: {
          userErrors: [
            {
              code: 'STOCK_NEGATIVE',
              path: ['onHand'],
              message: 'Las existencias no pueden ser -5: lo mínimo es 0.',
            },
          ],
        },
      },
    })
    expect(await send({ locationId: 'nonsense' })).toMatchObject({
      data: { stockSet: { userErrors: [{ code: 'INVALID_ID', path: ['locationId'] }] } },
    })
    expect(await send({ variantId: encodeId('variant', newId()) })).toMatchObject({
      data: { stockSet: { userErrors: [{ code: 'NOT_FOUND', kind: 'variant' }] } },
    })
    expect(await send({ onHand: 1e12 })).toHaveProperty('errors')
  })
})

describe('the ledger', () => {
  it('is paged by staff, the newest first, and closed to others', async () => {
    const { sku: _sku, ...key } = await setUp('ledger', 1)
    for (const onHand of [2, 3, 4]) {
      await ask(SET, { ctx: staff, variables: { input: { ...key, onHand, idempotencyKey: newId() } } })
    }
    const query = `query ($variant: ID!, $after: String) { movements(first: 3, after: $after, variant: $variant) {
      nodes { kind onHandDelta cause location { code } } pageInfo { hasNextPage endCursor } totalCount } }`
    type Page = { movements: { nodes: object[]; pageInfo: { endCursor: string } } }
    const variables = { variant: key.variantId }
    const first = await ask<Page>(query, { ctx: staff, variables })
    expect(first.data.movements).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } })
    const counted = { kind: 'SET', onHandDelta: 1, cause: 'count' }
    expect(first.data.movements.nodes).toMatchObject([counted, counted, counted])
    const after = first.data.movements.pageInfo.endCursor
    const rest = await ask<Page>(query, { ctx: staff, variables: { ...variables, after } })
    expect(rest.data.movements.nodes).toMatchObject([{ cause: 'opening' }])
    const bad = await ask(query, { ctx: staff, variables: { ...variables, after: btoa('["nonsense"]') } })
    expect(bad.errors?.[0]?.extensions?.['code']).toBe('INVALID_CURSOR')
    const denied = await ask(query, { ctx: guest, variables })
    expect(denied.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
  })
})

describe('stockNearby', () => {
  it('refuses places that are not on the Earth and lists that are too long', async () => {
    const near = (args: string) => ask(`{ stockNearby(sku: "x", ${args}) { available } }`, { ctx: guest })
    const codes = [
      await near('latitude: 91, longitude: 0'),
      await near('latitude: 0, longitude: -181'),
      await near('latitude: 0, longitude: 0, first: 0'),
      await near('latitude: 0, longitude: 0'),
    ].map(({ errors }) => errors?.[0]?.extensions?.['code'])
    expect(codes).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT', 'NOT_FOUND'])
  })
})

describe('stockChanged', () => {
  it('tells the availability in the channel of the listener, only of what it asked for', async () => {
    const [wanted, other] = [await setUp('live', 1), await setUp('silent', 1)]
    await logSettled(db)
    const feed = await startEventFeed(database)
    const events = await listen(
      'subscription { stockChanged(skus: ["live"]) { sku variantId availability { status quantity } } }',
      { ctx: { ...guest, feed } },
    )
    const heard = events.next()
    for (const { sku: _sku, ...key } of [other, wanted]) {
      await ask(SET, { ctx: staff, variables: { input: { ...key, onHand: 0, idempotencyKey: newId() } } })
    }
    expect((await heard).value).toEqual({
      data: {
        stockChanged: {
          sku: 'live',
          variantId: wanted.variantId,
          availability: { status: 'OUT_OF_STOCK', quantity: 0 },
        },
      },
    })
    await events.return()
    await feed.close()
  })
})
