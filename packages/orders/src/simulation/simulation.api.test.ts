import { staffActor } from '@hilo/access/testing'
import { createTestCart } from '@hilo/carts/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { type Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import { decodeId, encodeId, newId, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import type { PromotionDefinition } from '@hilo/pricing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { beforeAll, expect, it } from 'vitest'
import { createTestOrder } from '../testing/index.ts'
import { failureOf } from './failure.ts'
import { runTrial } from './run-simulation.ts'
import { runNextSimulation } from './start-simulations.ts'
import '../graphql/index.ts'

const { db } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const staff: Context = { ...ctx, actor: staffActor() }
const DAY_MS = 86_400_000

const daysAgo = (days: number): Context => {
  const at = new Date(ctx.now().getTime() - days * DAY_MS)
  return { ...ctx, now: () => at }
}

let mug: Uuid
let pen: Uuid

const AMOUNT = 'before { amountMinor } after { amountMinor }'
const SUMS = `currency count touched exact lines linesWithCost revenue { ${AMOUNT} } discount { ${AMOUNT} }
  margin { ${AMOUNT} } pointsBefore pointsAfter`
const SIMULATION = `id state failure done total orders { ${SUMS} } carts { ${SUMS} }
  perDay { day touched revenue { ${AMOUNT} } } mostAffected { number total { ${AMOUNT} } }`

interface Simulated {
  readonly id: string
  readonly state: string
  readonly failure: string | null
  readonly orders: readonly Record<string, unknown>[]
  readonly mostAffected: readonly unknown[]
  readonly perDay: readonly unknown[]
}

interface Answer {
  readonly simulation: Simulated | null
  readonly userErrors: readonly {
    readonly code: string
    readonly path: readonly string[]
    readonly message: string
  }[]
}

const simulate = async (input: object, as = staff): Promise<Answer> => {
  const { data, errors } = await ask<{ promotionSimulate: Answer }>(
    `mutation ($input: PromotionSimulateInput!) { promotionSimulate(input: $input) {
      simulation { ${SIMULATION} } userErrors { code path message } } }`,
    { ctx: as, variables: { input } },
  )
  expect(errors).toBeUndefined()
  return data.promotionSimulate
}

const refusal = async (input: object, as = staff) => {
  const [error] = (await simulate(input, as)).userErrors
  return error && `${error.code} ${error.path.join('.')}`
}

const fail = (error: unknown): never => {
  throw error
}

const run = () => runNextSimulation(ctx, { signal: new AbortController().signal, onError: fail })

const read = async (id: string, as = staff): Promise<Simulated> => {
  const { data } = await ask<{ node: Simulated }>(
    `query ($id: ID!) { node(id: $id) { ... on PromotionSimulation { ${SIMULATION} } } }`,
    { ctx: as, variables: { id } },
  )
  return data.node
}

const cancel = (id: string) =>
  ask(`mutation ($id: ID!) { promotionSimulationCancel(input: { id: $id }) { simulation { state } } }`, {
    ctx: staff,
    variables: { id },
  })

const result = async (input: object): Promise<Simulated> => {
  const { simulation } = await simulate(input)
  await run()
  return read(simulation!.id)
}

const money = (before: number, after: number) => ({
  before: { amountMinor: before },
  after: { amountMinor: after },
})

beforeAll(async () => {
  const place = await createTestLocation(db, { channelIds: [webEu.id, webUs.id] })
  mug = (await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 1_000, USD: 1_200 } })).variantId
  pen = (await createPricedProduct(ctx, { sku: 'pen', amounts: { EUR: 300 } })).variantId
  await createTestStock(db, place, { [mug]: 1_000, [pen]: 1_000 })
  await createTestPromotion(ctx, {
    name: 'A tenth',
    effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' },
    items: { sku: ['pen'] },
  })
  await db
    .insertInto('variant_cost')
    .values({ variant_id: mug, currency: 'EUR', amount_minor: 400n, updated_at: ctx.now() })
    .execute()
  const { id: customerId } = await createTestCustomer(ctx)
  const order = (in_: Context, variantId: Uuid, quantity: number) =>
    createTestOrder(in_, { customerId, lines: [{ variantId, quantity }] })
  await order(daysAgo(40), mug, 9)
  await order(daysAgo(3), mug, 2)
  await order(daysAgo(2), mug, 1)
  await order(daysAgo(2), pen, 2)
  await order({ ...daysAgo(1), channel: webUs }, mug, 1)
  await createTestCart(daysAgo(1), { lines: [{ variantId: mug, quantity: 1 }] })
})

const HALF_MUGS: PromotionDefinition = {
  v: 1,
  trigger: 'COUPON',
  startsAt: '2031-01-01T00:00:00Z',
  items: { sku: ['mug'] },
  effect: { kind: 'PERCENT', ratePpm: 500_000, target: 'ITEM' },
}

it('says what a draft would have taken off, whom it touches, and what margin is left', async () => {
  const done = await result({ definition: HALF_MUGS, days: 30, channels: ['web-eu'] })
  expect(done).toMatchObject({ state: 'DONE', done: 3, total: 3 })
  const [sums] = done.orders
  expect(sums).toMatchObject({ currency: 'EUR', count: 3, touched: 2, exact: 3, lines: 3, linesWithCost: 2 })
  const { revenue, discount, margin } = sums as Record<
    string,
    Record<'before' | 'after', { amountMinor: number }>
  >
  expect(revenue!['before']!.amountMinor - revenue!['after']!.amountMinor).toBe(1_500)
  expect(discount).toEqual(money(60, 1_560))
  // Three mugs of 10.00 with 21 % in them, then of 5.00, and their cost of 4.00 each.
  expect(margin).toEqual(money(2_479 - 1_200, 1_239 - 1_200))
  expect(done.mostAffected).toHaveLength(2)
  expect(done.perDay).toMatchObject([{ touched: 1 }, { touched: 1 }])
  expect(done).toMatchObject({ carts: [{ count: 1, touched: 1 }] })
})

it('tells no margin to who may not read costs: over one order it would be one', async () => {
  const { id } = await result({ definition: HALF_MUGS, days: 30, channels: ['web-eu'] })
  const seller = staffActor(['promotions:write', 'orders:read'])
  const near = staffActor(['promotions:write', 'orders:read', 'prices:read'], { channels: [webEu.id] })
  for (const actor of [seller, near])
    expect((await read(id, { ...ctx, actor })).orders).toMatchObject([{ margin: null, touched: 2 }])
  const buyer = staffActor(['promotions:write', 'orders:read', 'prices:read'])
  expect((await read(id, { ...ctx, actor: buyer })).orders).not.toMatchObject([{ margin: null }])
})

it('tells currencies apart, takes the newest orders up to the limit, and the published version as it was', async () => {
  const all = await result({ definition: HALF_MUGS, days: 30 })
  expect(all.orders.map(({ currency, count }) => [currency, count])).toEqual([
    ['EUR', 3],
    ['USD', 1],
  ])
  const few = await result({ definition: HALF_MUGS, days: 366, limit: 2 })
  expect(few).toMatchObject({ done: 2, total: 2 })
  const dear = { priceAtLeast: { EUR: 1_000_000 } }
  const nothing = { v: 1, trigger: 'AUTOMATIC', items: dear, effect: HALF_MUGS.effect }
  const unchanged = await result({ definition: nothing, days: 366, channels: ['web-eu'] })
  expect(unchanged.orders).toMatchObject([{ count: 4, touched: 0, exact: 4 }])
})

it('tries a newer version of a promotion in the place of the one that was applied', async () => {
  const [{ id } = { id: '' }] = await db
    .selectFrom('promotion')
    .select('id')
    .orderBy('created_at')
    .limit(1)
    .execute()
  const done = await result({ promotionId: encodeId('promotion', id), days: 30, channels: ['web-eu'] })
  expect(done.orders).toMatchObject([{ touched: 0, discount: money(60, 60) }])
})

it('writes nothing but what came of it, and reads as many statements for one order as for many', async () => {
  const before = await db
    .selectFrom('event')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirst()
  await simulate({ definition: HALF_MUGS, days: 366, limit: 1 })
  const one = await recordStatements(run)
  await simulate({ definition: HALF_MUGS, days: 366, limit: 4, channels: ['web-eu'] })
  const many = await recordStatements(run)
  // The cart of the one channel is looked at each time; here one channel less is asked about.
  expect(many.statements.length).toBeLessThanOrEqual(one.statements.length + 2)
  const changed = [...one.statements, ...many.statements].filter((text) =>
    /^\s*(insert|update|delete)/i.test(text),
  )
  for (const text of changed) expect(text).toMatch(/promotion_simulation|event/)
  const after = await db
    .selectFrom('event')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirst()
  expect(Number(after!.count) - Number(before!.count)).toBe(4)
})

it('is begun anew by another when its process died, and stops when somebody cancels it', async () => {
  const { simulation } = await simulate({ definition: HALF_MUGS, days: 30 })
  const dead = new Date(ctx.now().getTime() - 1)
  await db
    .updateTable('promotion_simulation')
    .set({ state: 'RUNNING', claimed_until: dead })
    .where('state', '=', 'QUEUED')
    .execute()
  expect(await run()).toBe(true)
  expect(await read(simulation!.id)).toMatchObject({ state: 'DONE' })
  const other = await simulate({ definition: HALF_MUGS, days: 30 })
  await cancel(other.simulation!.id)
  expect(await run()).toBe(false)
  expect(await read(other.simulation!.id)).toMatchObject({ state: 'CANCELLED', orders: [] })
  const ends = () =>
    db
      .selectFrom('event')
      .select('id')
      .where('type', '=', 'PromotionSimulationFinished.v1')
      .where('aggregate_id', '=', decodeId('promotionSimulation', simulation!.id)!)
      .execute()
  await cancel(simulation!.id)
  expect(await ends()).toHaveLength(1)
  expect(await read(simulation!.id)).toMatchObject({ state: 'DONE' })
})

it('says why it failed, in the language of the reader, and hinders no other', async () => {
  const broken = await simulate({ definition: HALF_MUGS, days: 30 })
  const next = await simulate({ definition: HALF_MUGS, days: 30 })
  expect(broken.simulation).toMatchObject({ failure: null })
  const id = decodeId('promotionSimulation', broken.simulation!.id)!
  await db.updateTable('promotion_simulation').set({ definition: 'null' }).where('id', '=', id).execute()
  const heard: unknown[] = []
  const signal = new AbortController().signal
  await runNextSimulation(ctx, {
    signal,
    onError: (error, of) => heard.push([error instanceof TypeError, of]),
  })
  expect(heard).toEqual([[true, id]])
  const failure = async (locale: 'en' | 'es') =>
    (await read(broken.simulation!.id, { ...staff, locale })).failure
  expect(await failure('en')).toMatch(/^It stopped at a fault of the program, /)
  expect(await failure('es')).toMatch(/^Se detuvo por un fallo del programa, /)
  await run()
  expect(await read(next.simulation!.id)).toMatchObject({ state: 'DONE', failure: null })
  expect(failureOf(Object.assign(new Error('late'), { code: '57014' }))).toBe('UNAVAILABLE')
})

it('says after every hundred carts that it goes on, and stops among them too', async () => {
  const { now, channel } = daysAgo(200)
  const at = now()
  const cartIds = Array.from({ length: 100 }, () => newId())
  await db
    .insertInto('cart')
    .values(
      cartIds.map((id) => ({
        id,
        token_hash: Buffer.from(id),
        channel_id: channel.id,
        market_id: channel.market.id,
        created_at: at,
        updated_at: at,
      })),
    )
    .execute()
  await db
    .insertInto('cart_line')
    .values(cartIds.map((cart_id) => ({ cart_id, id: newId(), variant_id: mug, quantity: 1 })))
    .execute()
  const [since, until] = [new Date(at.getTime() - DAY_MS), new Date(at.getTime() + DAY_MS)]
  const simulation = {
    promotionId: null,
    definition: HALF_MUGS,
    channelIds: [channel.id],
    since,
    until,
    maxOrders: 1_000,
  }
  expect(await runTrial(ctx, { simulation, progress: async () => false })).toBeUndefined()
  const done = await runTrial(ctx, { simulation, progress: async () => true })
  expect(done).toMatchObject({ orders: [], carts: [{ count: 100, touched: 100 }] })
})

it('refuses what cannot be tried, with its field, and channels whose orders one may not read', async () => {
  expect(await refusal({ days: 30 })).toBe('SIMULATION_INVALID definition')
  const said = async (input: object, locale: 'en' | 'es') =>
    (await simulate(input, { ...staff, locale })).userErrors.map(({ message }) => message)
  expect(await said({ days: 30 }, 'en')).toEqual(['Name either a promotion or a definition.'])
  expect(await said({ days: 30 }, 'es')).toEqual([
    'Indica una promoción o una definición, solo una de ellas.',
  ])
  expect(await said({ definition: HALF_MUGS, days: 400 }, 'es')).toEqual(['Elige de 1 a 366.'])
  expect(await refusal({ definition: HALF_MUGS, days: 0 })).toBe('SIMULATION_INVALID days')
  expect(await refusal({ definition: HALF_MUGS, days: 30, limit: 0 })).toBe('SIMULATION_INVALID limit')
  expect(await refusal({ definition: { v: 1 }, days: 30 })).toMatch(/^PROMOTION_INVALID definition/)
  const gift = { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'GIFT', variant: 'mug' } }
  expect(await refusal({ definition: gift, days: 30 })).toBe('PROMOTION_INVALID definition.effect.variant')
  expect(await refusal({ promotionId: encodeId('promotion', newId()), days: 30 })).toBe(
    'NOT_FOUND promotionId',
  )
  const near: Context = {
    ...ctx,
    actor: staffActor(['promotions:write', 'orders:read'], { channels: [webUs.id] }),
  }
  expect(await refusal({ definition: HALF_MUGS, days: 30, channels: ['web-eu'] }, near)).toBe(
    'NOT_FOUND channels.0',
  )
  const blind: Context = { ...ctx, actor: staffActor(['promotions:write']) }
  expect(await refusal({ definition: HALF_MUGS, days: 30 }, blind)).toBe('FORBIDDEN ')
})
