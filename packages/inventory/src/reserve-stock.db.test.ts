import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { appendEvents, command, type Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { newId, type Uuid } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import { releaseStock, reserveStock, shipStock } from './index.ts'
import { createTestLocation, createTestStock, ledgerSums, stockLevels } from './testing/index.ts'

const { db } = await testDatabase()
let ctx: Context
let channels: Awaited<ReturnType<typeof createTestChannels>>

beforeAll(async () => {
  channels = await createTestChannels(db)
  ctx = testContext(db, { channel: channels.webEu })
})

const reserve = (demand: Readonly<Record<Uuid, number>>, causeId = newId()) =>
  command(ctx, { operation: 'test', input: causeId }, async (inner) => {
    const reserved = await reserveStock(inner, {
      cause: 'order',
      causeId,
      channelId: channels.webEu.id,
      demand: new Map(Object.entries(demand)),
    })
    if (reserved.ok) await appendEvents(inner, reserved.value)
    return reserved
  })

const settle = (run: typeof releaseStock, causeId: Uuid) =>
  command(ctx, { operation: 'test', input: causeId }, async (inner) => {
    await appendEvents(inner, await run(inner, { cause: 'order', causeId }))
    return { ok: true, value: null }
  })

const variantWith = async (sku: string, ...counts: readonly number[]): Promise<Uuid> => {
  const { variantId } = await createTestProduct(ctx, { sku })
  for (const [priority, onHand] of counts.entries()) {
    const place = await createTestLocation(db, { channelIds: [channels.webEu.id], priority })
    await createTestStock(db, place, { [variantId]: onHand })
  }
  return variantId
}

const totals = async (variantId: Uuid) => {
  const levels = await stockLevels(db, variantId)
  return {
    onHand: levels.reduce((sum, level) => sum + level.onHand, 0),
    reserved: levels.reduce((sum, level) => sum + level.reserved, 0),
  }
}

/** begin, lock, write, wait for the turn, tell, commit. */
const STATEMENTS = 6

describe('reserving stock', () => {
  it('promises stock over several places and keeps the ledger equal to the stock', async () => {
    const variantId = await variantWith('split', 100, 120)
    expect(await reserve({ [variantId]: 220 })).toMatchObject({ ok: true })
    expect(await totals(variantId)).toEqual({ onHand: 220, reserved: 220 })
    expect(await ledgerSums(db, variantId)).toEqual({ onHand: 220, reserved: 220 })
  })

  it('refuses with how many there are, and reserves nothing of the others', async () => {
    const plenty = await variantWith('plenty', 10)
    const scarce = await variantWith('scarce', 2, 1)
    expect(await reserve({ [plenty]: 5, [scarce]: 4 })).toMatchObject({
      error: { code: 'OUT_OF_STOCK', data: { sku: 'scarce', requested: 4, available: 3 } },
    })
    expect(await totals(plenty)).toEqual({ onHand: 10, reserved: 0 })
  })

  it('names a variant that was never in stock by its SKU', async () => {
    const variantId = await variantWith('never')
    expect(await reserve({ [variantId]: 1 })).toMatchObject({
      error: { data: { sku: 'never', requested: 1, available: 0 } },
    })
  })

  it('leaves alone what is kept back, closed places, and those of other channels', async () => {
    const { variantId } = await createTestProduct(ctx, { sku: 'elsewhere' })
    const closed = await createTestLocation(db, { channelIds: [channels.webEu.id] })
    await db.updateTable('location').set({ active: false }).where('id', '=', closed).execute()
    const foreign = await createTestLocation(db, { channelIds: [channels.webUs.id] })
    const open = await createTestLocation(db, { channelIds: [channels.webEu.id] })
    for (const place of [closed, foreign, open]) await createTestStock(db, place, { [variantId]: 5 })
    await db.updateTable('stock').set({ safety: 3 }).where('location_id', '=', open).execute()
    expect(await reserve({ [variantId]: 3 })).toMatchObject({ error: { data: { available: 2 } } })
    expect(await reserve({ [variantId]: 2 })).toMatchObject({ ok: true })
  })

  it('tells the log of each level that changed', async () => {
    const variantId = await variantWith('told', 1, 1)
    await reserve({ [variantId]: 2 })
    const told = await db
      .selectFrom('event')
      .select(['payload', 'scope'])
      .where('type', '=', 'StockChanged.v1')
      .where('aggregate_id', '=', variantId)
      .execute()
    expect(told.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ variantId, sku: 'told' }),
      expect.objectContaining({ variantId, sku: 'told' }),
    ])
    expect(told[0]!.scope).toEqual({ public: true })
  })

  it('takes as many statements for fifty variants as for one', async () => {
    const place = await createTestLocation(db, { channelIds: [channels.webEu.id] })
    const { variantIds } = await createTestProduct(ctx, {
      sku: 'wide-0',
      moreSkus: Array.from({ length: 49 }, (_, index) => `wide-${index + 1}`),
    })
    await createTestStock(db, place, Object.fromEntries(variantIds.map((id) => [id, 10])))
    const one = await recordStatements(() => reserve({ [variantIds[0]!]: 1 }))
    const all = await recordStatements(() => reserve(Object.fromEntries(variantIds.map((id) => [id, 1]))))
    expect(one.statements).toHaveLength(STATEMENTS)
    expect(all.statements).toHaveLength(STATEMENTS)
  })
})

describe('settling what was reserved', () => {
  it('gives back exactly once', async () => {
    const variantId = await variantWith('back', 3, 3)
    const order = newId()
    await reserve({ [variantId]: 5 }, order)
    await settle(releaseStock, order)
    await settle(releaseStock, order)
    expect(await totals(variantId)).toEqual({ onHand: 6, reserved: 0 })
    expect(await ledgerSums(db, variantId)).toEqual({ onHand: 6, reserved: 0 })
  })

  it('ships exactly once, from on hand and reserved, and gives nothing back afterwards', async () => {
    const variantId = await variantWith('gone', 3, 3)
    const order = newId()
    await reserve({ [variantId]: 5 }, order)
    await settle(shipStock, order)
    await settle(shipStock, order)
    await settle(releaseStock, order)
    expect(await totals(variantId)).toEqual({ onHand: 1, reserved: 0 })
    expect(await ledgerSums(db, variantId)).toEqual({ onHand: 1, reserved: 0 })
  })

  it('gives back once when many try at the same time', async () => {
    const variantId = await variantWith('race', 5)
    const [mine, other] = [newId(), newId()]
    await reserve({ [variantId]: 2 }, mine)
    await reserve({ [variantId]: 3 }, other)
    await Promise.all(Array.from({ length: 8 }, () => settle(releaseStock, mine)))
    expect(await totals(variantId)).toEqual({ onHand: 5, reserved: 3 })
  })
})

describe('many who reserve at once', () => {
  it('get exactly what there is', async () => {
    const variantId = await variantWith('last', 40, 60)
    const outcomes = await Promise.all(Array.from({ length: 150 }, () => reserve({ [variantId]: 1 })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(100)
    expect(await totals(variantId)).toEqual({ onHand: 100, reserved: 100 })
  })

  it('do not wait for each other for ever when they name variants in another order', async () => {
    const a = await variantWith('cross-a', 200)
    const b = await variantWith('cross-b', 200)
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => reserve(index % 2 ? { [a]: 1, [b]: 1 } : { [b]: 1, [a]: 1 })),
    )
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(await totals(a)).toEqual({ onHand: 200, reserved: 60 })
  })
})
