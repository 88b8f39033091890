import { createTestChannels } from '@hilo/channels/testing'
import { appendEvents, command } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { array, assert, asyncProperty, boolean, integer, record } from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { activePromotions } from './active-promotions.ts'
import { claimPromotions, type PromotionUse } from './claim-promotions.ts'
import { couponsByCodes } from './coupon-queries.ts'
import { customerKey } from './customer-key.ts'
import { promotionsByIds } from './promotion-queries.ts'
import { releasePromotions } from './release-promotions.ts'
import { createTestPromotion } from './testing/index.ts'
import { updatePromotion } from './update-promotion.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const claim = (use: Partial<PromotionUse> & Pick<PromotionUse, 'applications'>): Promise<Result<unknown>> =>
  command(ctx, { operation: 'order', input: null }, async (inner) => {
    const claimed = await claimPromotions(inner, { orderId: newId(), ...use })
    if (claimed.ok) await appendEvents(inner, claimed.value)
    return claimed
  })

const release = (orderId: Uuid) =>
  command(ctx, { operation: 'cancel', input: null }, async (inner) => {
    await appendEvents(inner, await releasePromotions(inner, { orderId }))
    return ok(null)
  })

const used = async (id: Uuid) => (await promotionsByIds(db, 'all', [id]))[0]!.used

const codes = (results: readonly Result<unknown>[]) =>
  Object.fromEntries(
    Map.groupBy(results, (result) => (result.ok ? 'ok' : result.error.code))
      .entries()
      .map(([code, group]) => [code, group.length]),
  )

test('A hundred orders at once use a promotion limited to ten exactly ten times', async () => {
  const promotionId = await createTestPromotion(ctx, { usageLimit: 10 })
  const results = await Promise.all(
    Array.from({ length: 100 }, () => claim({ applications: [{ promotionId }] })),
  )
  expect(codes(results)).toEqual({ ok: 10, PROMOTION_SPENT: 90 })
  expect(await used(promotionId)).toBe(10)
  const claims = await db
    .selectFrom('promotion_claim')
    .select('id')
    .where('promotion_id', '=', promotionId)
    .execute()
  expect(claims).toHaveLength(10)
})

test('One customer in fifty orders at once uses a promotion limited to three per customer exactly three times', async () => {
  const promotionId = await createTestPromotion(ctx, { perCustomerLimit: 3 })
  const customerId = newId()
  const other = await claim({ customerId: newId(), applications: [{ promotionId }] })
  const results = await Promise.all(
    Array.from({ length: 50 }, () => claim({ customerId, applications: [{ promotionId }] })),
  )
  expect(other.ok).toBe(true)
  expect(codes(results)).toEqual({ ok: 3, PROMOTION_CUSTOMER_LIMIT: 47 })
  expect(await used(promotionId)).toBe(4)
})

test('A guest counts by the e-mail address, however it is written, and needs one where customers are counted', async () => {
  const promotionId = await createTestPromotion(ctx, { perCustomerLimit: 1 })
  const applications = [{ promotionId }]
  expect(codes([await claim({ applications })])).toEqual({ PROMOTION_NEEDS_CUSTOMER: 1 })
  expect(codes([await claim({ applications, email: 'Ada@example.com ' })])).toEqual({ ok: 1 })
  expect(codes([await claim({ applications, email: 'ada@EXAMPLE.com' })])).toEqual({
    PROMOTION_CUSTOMER_LIMIT: 1,
  })
  const rows = await db
    .selectFrom('promotion_claim')
    .select('customer_key')
    .where('promotion_id', '=', promotionId)
    .execute()
  expect(JSON.stringify(rows)).not.toContain('example')
})

test('A coupon has a limit of its own, and an order refused by it uses up nothing', async () => {
  const promotionId = await createTestPromotion(ctx, { couponCodes: ['FIVE', 'MANY'] })
  await db.updateTable('coupon').set({ usage_limit: 5 }).where('code', '=', 'FIVE').execute()
  const results = await Promise.all(
    Array.from({ length: 20 }, () => claim({ applications: [{ promotionId, couponCode: 'FIVE' }] })),
  )
  expect(codes(results)).toEqual({ ok: 5, COUPON_SPENT: 15 })
  expect(codes([await claim({ applications: [{ promotionId, couponCode: 'MANY' }] })])).toEqual({ ok: 1 })
  expect(await used(promotionId)).toBe(6)
  expect(await couponsByCodes(db, ['FIVE', 'MANY', 'five'], { now: ctx.now() })).toEqual(
    expect.arrayContaining([
      { code: 'FIVE', promotionId, limitReached: true, customerLimitReached: false, withdrawn: false },
      { code: 'MANY', promotionId, limitReached: false, customerLimitReached: false, withdrawn: false },
    ]),
  )
})

test('A cancelled order gives its uses back once, however often it is cancelled', async () => {
  const promotionId = await createTestPromotion(ctx, {
    couponCodes: ['ONCE'],
    usageLimit: 1,
    perCustomerLimit: 1,
  })
  const customerId = newId()
  const applications = [{ promotionId, couponCode: 'ONCE' }]
  const orderId = newId()
  expect((await claim({ orderId, customerId, applications })).ok).toBe(true)
  await Promise.all(Array.from({ length: 10 }, () => release(orderId)))
  expect(await used(promotionId)).toBe(0)
  expect(codes([await claim({ customerId, applications })])).toEqual({ ok: 1 })
  expect(codes([await claim({ customerId, applications })])).toEqual({ PROMOTION_SPENT: 1 })
})

test('Orders that use the same promotions in different orders do not lock each other out', async () => {
  const ids = await Promise.all([1, 2, 3, 4].map(() => createTestPromotion(ctx, {})))
  const results = await Promise.all(
    Array.from({ length: 60 }, (_, index) => {
      const turned = ids.map((_id, place) => ids[(place + index) % ids.length]!)
      return claim({
        applications: (index % 2 ? turned : turned.toReversed()).map((promotionId) => ({ promotionId })),
      })
    }),
  )
  expect(codes(results)).toEqual({ ok: 60 })
  expect(await Promise.all(ids.map(used))).toEqual([60, 60, 60, 60])
})

test('Whatever is claimed and given back at once, uses and free ordinals agree in the end', async () => {
  const step = record({ customer: integer({ min: 0, max: 2 }), cancels: boolean() })
  await assert(
    asyncProperty(
      array(step, { minLength: 1, maxLength: 25 }),
      integer({ min: 1, max: 6 }),
      async (steps, limit) => {
        const promotionId = await createTestPromotion(ctx, { usageLimit: 8, perCustomerLimit: limit })
        const customers = [newId(), newId(), newId()]
        const placed = await Promise.all(
          steps.map(async ({ customer, cancels }) => {
            const orderId = newId()
            const { ok: done } = await claim({
              orderId,
              customerId: customers[customer],
              applications: [{ promotionId }],
            })
            if (done && cancels) await release(orderId)
            return done && !cancels
          }),
        )
        expect(await used(promotionId)).toBe(placed.filter(Boolean).length)
        const rows = await db
          .selectFrom('promotion_claim')
          .select(['customer_key', 'ordinal'])
          .where('promotion_id', '=', promotionId)
          .where('state', '=', 'USED')
          .execute()
        expect(rows).toHaveLength(placed.filter(Boolean).length)
        expect(rows.every(({ ordinal }) => ordinal <= limit)).toBe(true)
      },
    ),
    { numRuns: 15 },
  )
})

test('What is used up is known before an order, for everybody and for one customer', async () => {
  const promotionId = await createTestPromotion(ctx, { usageLimit: 2, perCustomerLimit: 1 })
  const customerId = newId()
  const seen = async (id: Uuid) =>
    (await activePromotions(db, { customerKey: customerKey({ customerId: id }) })).find(
      (each) => each.id === promotionId,
    )
  expect(await seen(customerId)).toMatchObject({ limitReached: false, customerLimitReached: false })
  await claim({ customerId, applications: [{ promotionId }] })
  expect(await seen(customerId)).toMatchObject({ limitReached: false, customerLimitReached: true })
  expect(await seen(newId())).toMatchObject({ limitReached: false, customerLimitReached: false })
  await claim({ customerId: newId(), applications: [{ promotionId }] })
  expect(await seen(newId())).toMatchObject({ limitReached: true, customerLimitReached: false })
})

test('The last use of a promotion is told, and so is that there is one again', async () => {
  const promotionId = await createTestPromotion(ctx, { usageLimit: 2 })
  const orderIds = [newId(), newId()]
  for (const orderId of orderIds) await claim({ orderId, applications: [{ promotionId }] })
  await release(orderIds[0]!)
  await release(orderIds[1]!)
  const events = await db
    .selectFrom('event')
    .select(['type', 'payload'])
    .where('aggregate_id', '=', promotionId)
    .orderBy('seq')
    .execute()
  expect(events.map(({ type }) => type)).toEqual([
    'PromotionCreated.v1',
    'PromotionPublished.v1',
    'PromotionUpdated.v1',
    'PromotionUpdated.v1',
  ])
  expect(events.at(-1)!.payload).toMatchObject({ shelf: true, status: 'PUBLISHED' })
})

test('Orders that use a promotion without a limit do not wait for each other', async () => {
  const promotionId = await createTestPromotion(ctx, { couponCodes: ['FREELY'] })
  const applications = [{ promotionId, couponCode: 'FREELY' }]
  const first = Promise.withResolvers<void>()
  const claimed = Promise.withResolvers<void>()
  const slow = command(ctx, { operation: 'order', input: null }, async (inner) => {
    const result = await claimPromotions(inner, { orderId: newId(), customerId: newId(), applications })
    claimed.resolve()
    await first.promise
    return result
  })
  await claimed.promise
  expect(codes([await claim({ customerId: newId(), applications })])).toEqual({ ok: 1 })
  first.resolve()
  expect(codes([await slow])).toEqual({ ok: 1 })
  expect(await used(promotionId)).toBe(2)
})

test('Many orders of one customer at once each use a promotion without a limit', async () => {
  const promotionId = await createTestPromotion(ctx, {})
  const customerId = newId()
  const results = await Promise.all(
    Array.from({ length: 30 }, () => claim({ customerId, applications: [{ promotionId }] })),
  )
  expect(codes(results)).toEqual({ ok: 30 })
  expect(await used(promotionId)).toBe(30)
})

test('A limit that is set while orders are placed counts all of them, before and after', async () => {
  const promotionId = await createTestPromotion(ctx, {})
  const order = () => claim({ customerId: newId(), applications: [{ promotionId }] })
  const limit = command(ctx, { operation: 'limit', input: null }, (inner) =>
    updatePromotion(inner, { id: promotionId, usageLimit: 25 }),
  )
  const results = await Promise.all([
    ...Array.from({ length: 20 }, order),
    limit,
    ...Array.from({ length: 20 }, order),
  ])
  expect((await limit).ok).toBe(true)
  const placed = results.filter(({ ok }) => ok).length - 1
  expect(await used(promotionId)).toBe(placed)
  const rest = await Promise.all(Array.from({ length: 20 }, order))
  expect(placed + rest.filter(({ ok }) => ok).length).toBe(Math.max(placed, 25))
})

test('An order holds its promotions by id, with a limit or without, so that it never waits in a circle with who sets limits', async () => {
  const ids = [await createTestPromotion(ctx, {}), await createTestPromotion(ctx, {})]
  const [first, second] = ids.toSorted() as [Uuid, Uuid]
  await db.updateTable('promotion').set({ usage_limit: 9 }).where('id', '=', first).execute()
  const isWaiting = async () => {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    return rows.length > 0
  }
  const hold = (tx: typeof db, id: Uuid) =>
    sql`select from promotion where id = ${id} for update nowait`.execute(tx)
  let ordering: Promise<Result<unknown>> | undefined
  await db.transaction().execute(async (tx) => {
    await hold(tx, first)
    ordering = claim({ applications: [{ promotionId: second }, { promotionId: first }] })
    await expect.poll(isWaiting, { interval: 10 }).toBe(true)
    await hold(tx, second)
  })
  expect(codes([await ordering!])).toEqual({ ok: 1 })
  expect([await used(first), await used(second)]).toEqual([1, 1])
})

test('The whole claim of an order is one statement, and one more with coupons', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => createTestPromotion(ctx, {})))
  const limited = await createTestPromotion(ctx, {
    usageLimit: 9,
    perCustomerLimit: 2,
    couponCodes: ['COUNTED'],
  })
  const customerId = newId()
  const statementsOf = async (applications: PromotionUse['applications']) => {
    const use = { orderId: newId(), customerId, applications }
    const { statements } = await recordStatements(() =>
      command(ctx, { operation: 'order', input: null }, (inner) => claimPromotions(inner, use)),
    )
    return statements.filter((text) => /promotion|coupon/.test(text))
  }
  expect(await statementsOf(ids.map((promotionId) => ({ promotionId })))).toHaveLength(1)
  const all = [
    ...ids.map((promotionId) => ({ promotionId })),
    { promotionId: limited, couponCode: 'COUNTED' },
  ]
  expect(await statementsOf(all)).toHaveLength(2)
})
