import { staffActor } from '@hilo/access/testing'
import { createTestChannels, type TestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import type { Context } from '@hilo/db'
import { testContext, testDatabase, TEST_TIME } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { encodeId, newId, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestOrder } from '../testing/index.ts'
import './index.ts'
import '@hilo/inventory/graphql'

const { db } = await testDatabase()
const deviceId = newId()
let channels: TestChannels
let ctx: Context
let staff: Context
let customers: readonly [Uuid, Uuid]
let numbers: readonly string[]

/** Seven orders, an hour apart: the customers take turns, the third and sixth by a device. */
beforeAll(async () => {
  channels = await createTestChannels(db)
  ctx = testContext(db, { channel: channels.webEu })
  staff = { ...ctx, actor: staffActor() }
  const place = await createTestLocation(db, { channelIds: [channels.webEu.id, channels.deviceEu.id] })
  const { variantId } = await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 1000 } })
  await createTestStock(db, place, { [variantId]: 100 })
  customers = [(await createTestCustomer(ctx)).id, (await createTestCustomer(ctx)).id]
  const made: string[] = []
  for (const hour of [0, 1, 2, 3, 4, 5, 6]) {
    const byDevice = hour % 3 === 2
    const at: Context = {
      ...ctx,
      channel: byDevice ? channels.deviceEu : channels.webEu,
      now: () => new Date(TEST_TIME.getTime() + hour * 3_600_000),
    }
    const order = await createTestOrder(at, {
      customerId: customers[hour % 2]!,
      lines: [{ variantId, quantity: 1 }],
      ...(byDevice && { deviceId, slot: 'left' }),
    })
    made.push(order.number)
  }
  numbers = made
})

interface Page {
  readonly orders: {
    readonly nodes: readonly { readonly number: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly totalCount: number
  }
}

const list = async (variables: object, in_ = staff) =>
  ask<Page>(
    `query ($first: Int, $after: String, $where: OrderWhere) { orders(first: $first, after: $after, where: $where) {
      nodes { number } pageInfo { hasNextPage endCursor } totalCount } }`,
    { ctx: in_, variables: { ...variables } },
  )

/** Which of the seven a filter finds, by the order in which they were placed. */
const found = async (where: object, in_ = staff) => {
  const { data } = await list({ where }, in_)
  return data.orders.nodes.map(({ number }) => numbers.indexOf(number)).sort((a, b) => a - b)
}

describe('the list of orders', () => {
  it('is paged from the newest to the oldest, each once', async () => {
    const seen: string[] = []
    let after: string | null | undefined
    do {
      const { data } = await list({ first: 3, after })
      expect(data.orders.totalCount).toBe(7)
      seen.push(...data.orders.nodes.map(({ number }) => number))
      after = data.orders.pageInfo.hasNextPage ? data.orders.pageInfo.endCursor : undefined
    } while (after)
    expect(seen).toEqual(numbers.toReversed())
  })

  it('is filtered by what an order is', async () => {
    const hour = (count: number) => new Date(TEST_TIME.getTime() + count * 3_600_000).toISOString()
    expect(await found({ status: 'PLACED' })).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(await found({ status: 'CANCELLED' })).toEqual([])
    expect(await found({ channel: 'device-eu' })).toEqual([2, 5])
    expect(await found({ channel: 'no\u0000where' })).toEqual([])
    expect(await found({ number: numbers[4] })).toEqual([4])
    expect(await found({ customer: encodeId('customer', customers[1]) })).toEqual([1, 3, 5])
    expect(await found({ device: encodeId('device', deviceId) })).toEqual([2, 5])
    expect(await found({ placedAfter: hour(2), placedBefore: hour(4) })).toEqual([2, 3])
  })

  it('is filtered by and, or, and not', async () => {
    const first = { customer: encodeId('customer', customers[0]) }
    const device = { channel: 'device-eu' }
    expect(await found({ and: [first, device] })).toEqual([2])
    expect(await found({ or: [{ number: numbers[0] }, device] })).toEqual([0, 2, 5])
    expect(await found({ not: device, ...first })).toEqual([0, 4, 6])
    expect(await found({ or: [] })).toEqual([])
    expect(await found({ and: [] })).toHaveLength(7)
  })

  it('shows customers and devices their own, whatever the filter', async () => {
    const own: Context = { ...ctx, actor: { kind: 'customer', customerId: customers[0] } }
    const device: Context = { ...ctx, actor: { kind: 'device', deviceId, customerId: customers[0] } }
    expect(await found({}, own)).toEqual([0, 2, 4, 6])
    expect(await found({ or: [{}, { status: 'PLACED' }] }, own)).toEqual([0, 2, 4, 6])
    expect(await found({ customer: encodeId('customer', customers[1]) }, own)).toEqual([])
    // The sixth it placed for another owner.
    expect(await found({}, device)).toEqual([2])
  })

  it('refuses pages, cursors and filters that cannot be', async () => {
    const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) })
    const codes = await Promise.all(
      [
        { first: 0 },
        { first: 1_001 },
        { after: 'nonsense' },
        { after: btoa('["2026-01-01","x"]') },
        { after: btoa('[1,2]') },
        { where: { customer: 'nonsense' } },
        { where: { device: encodeId('order', newId()) } },
        { where: deep(9) },
        { where: { or: Array.from({ length: 101 }, () => ({ status: 'PLACED' })) } },
      ].map(async (variables) => (await list(variables)).errors?.[0]?.extensions?.['code']),
    )
    expect(codes).toEqual([
      'PAGE_SIZE_INVALID',
      'PAGE_SIZE_INVALID',
      'INVALID_CURSOR',
      'INVALID_CURSOR',
      'INVALID_CURSOR',
      'INVALID_ID',
      'INVALID_ID',
      'FILTER_TOO_DEEP',
      'FILTER_TOO_DEEP',
    ])
  })
})
