import { staffActor } from '@hilo/access/testing'
import { createTestChannels, type TestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import type { Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase, TEST_TIME } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { createPricedProduct } from '@hilo/prices/testing'
import { beforeAll, expect, it } from 'vitest'
import { createTestOrder } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const HOUR_MS = 3_600_000
let channels: TestChannels
let ctx: Context

const at = (hours: number): Date => new Date(TEST_TIME.getTime() + hours * HOUR_MS)

/** Three orders in Europe, of which one is cancelled, a test of 9.00 €, and one in Japan. */
beforeAll(async () => {
  channels = await createTestChannels(db)
  ctx = testContext(db, { channel: channels.webEu })
  const place = await createTestLocation(db, { channelIds: [channels.webEu.id, channels.webJp.id] })
  const { variantId } = await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 1000, JPY: 500 } })
  await createTestStock(db, place, { [variantId]: 100 })
  const customerId = (await createTestCustomer(ctx)).id
  const order = async (hours: number, channel = channels.webEu) => {
    const when: Context = { ...ctx, channel, now: () => at(hours) }
    const lines = [{ variantId, quantity: 1 }]
    return (await createTestOrder(when, { customerId, lines })).orderId
  }
  await order(0)
  const cancelled = await order(0.5)
  await db.updateTable('order').set({ status: 'CANCELLED' }).where('id', '=', cancelled).execute()
  const test = await order(3.9)
  await db.updateTable('order').set({ test: true }).where('id', '=', test).execute()
  await order(3.1, channels.webJp)
  await db.updateTable('order').set({ total_minor: 1000n }).execute()
})

interface Totals {
  readonly count: number
  readonly revenue: readonly { readonly amountMinor: number; readonly currency: string }[]
  readonly hours: readonly { readonly start: string; readonly count: number }[]
}

const totals = (variables: object, actor = staffActor()) =>
  ask<{ orderTotals: Totals }>(
    `query ($since: DateTime!, $until: DateTime, $channel: String) {
      orderTotals(since: $since, until: $until, channel: $channel) {
        count revenue { amountMinor currency } hours { start count } } }`,
    { ctx: { ...ctx, actor }, variables: { since: at(0).toISOString(), ...variables } },
  )

const of = async (variables: object, actor = staffActor()) =>
  (await totals(variables, actor)).data.orderTotals

it('counts every order, but only what was really sold as revenue, in one statement', async () => {
  const { result, statements } = await recordStatements(() => of({}))
  expect(result).toEqual({
    count: 4,
    revenue: [
      { amountMinor: 1000, currency: 'EUR' },
      { amountMinor: 1000, currency: 'JPY' },
    ],
    hours: [
      { start: at(0).toISOString(), count: 2 },
      { start: at(3).toISOString(), count: 2 },
    ],
  })
  expect(statements).toHaveLength(1)
})

it('counts from one moment until just before another, and in one channel when asked', async () => {
  expect(await of({ since: at(0.5).toISOString(), until: at(3.9).toISOString() })).toMatchObject({
    count: 2,
    revenue: [{ currency: 'JPY' }],
    hours: [
      { start: at(0.5).toISOString(), count: 1 },
      { start: at(2.5).toISOString(), count: 1 },
    ],
  })
  expect((await of({ channel: channels.webJp.code })).count).toBe(1)
  expect(await of({ channel: 'no\u0000where' })).toEqual({ count: 0, revenue: [], hours: [] })
})

it('counts only where one may read orders', async () => {
  const inJapan = staffActor(['orders:read'], { channels: [channels.webJp.id] })
  expect((await of({}, inJapan)).count).toBe(1)
  expect((await of({ channel: channels.webEu.code }, inJapan)).count).toBe(0)
})

it('refuses whoever may not read orders, and periods of more than 31 days', async () => {
  const codeOf = async (answer: ReturnType<typeof totals>) => (await answer).errors?.[0]?.extensions?.['code']
  expect(await codeOf(totals({}, staffActor(['stock:write'])))).toBe('FORBIDDEN')
  expect(await codeOf(totals({}, { kind: 'guest' }))).toBe('UNAUTHENTICATED')
  expect(await codeOf(totals({ until: at(31 * 24).toISOString() }))).toBeUndefined()
  expect(await codeOf(totals({ until: at(31 * 24 + 1).toISOString() }))).toBe('INVALID_INPUT')
})
