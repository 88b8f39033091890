import { setComponents, takesOf, toSoldVariants, variantFacts } from '@hilo/catalog'
import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { appendEvents, command, type Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { newId, unwrap, type Uuid } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import { availabilityIn, releaseStock, reserveStock, shipStock, stockNearby, sumDemand } from './index.ts'
import { createTestLocation, createTestStock, ledgerSums, stockLevels } from './testing/index.ts'

const { db } = await testDatabase()
let ctx: Context
let channelId: Uuid
let place: Uuid

beforeAll(async () => {
  const { webEu } = await createTestChannels(db)
  channelId = webEu.id
  ctx = testContext(db, { channel: webEu })
  place = await createTestLocation(db, {
    channelIds: [channelId],
    kind: 'STORE',
    latitude: 40,
    longitude: -3,
  })
})

const variantWith = async (sku: string, onHand?: number): Promise<Uuid> => {
  const { variantId } = await createTestProduct(ctx, { sku })
  if (onHand !== undefined) await createTestStock(db, place, { [variantId]: onHand })
  return variantId
}

const bundleOf = async (sku: string, parts: Readonly<Record<Uuid, number>>): Promise<Uuid> => {
  const variantId = await variantWith(sku)
  const components = Object.entries(parts).map(([id, quantity]) => ({ variantId: id, quantity }))
  unwrap(
    await command(ctx, { operation: 'bundle', input: null }, (inner) =>
      setComponents(inner, { variantId, components }),
    ),
  )
  return variantId
}

const availableOf = async (...variantIds: Uuid[]) => {
  const found = await availabilityIn(db, { channelId, variantIds })
  return variantIds.map((id) => found.find(({ variantId }) => variantId === id)?.quantity)
}

/** What lines of variants, bundles among them, take off the shelf: as an order reckons it. */
const demandOf = async (lines: readonly { variantId: Uuid; quantity: number }[]) => {
  const variantIds = lines.map(({ variantId }) => variantId)
  const { rows } = await variantFacts({ variantIds, channelId, now: ctx.now() }).execute(db)
  const sold = new Map(toSoldVariants(rows).map((variant) => [variant.variantId, variant]))
  return sumDemand(
    lines.flatMap(({ variantId, quantity }) =>
      takesOf(sold.get(variantId)!).map((take) => ({ ...take, quantity: take.quantity * quantity })),
    ),
  )
}

const reserve = async (lines: readonly { variantId: Uuid; quantity: number }[], causeId = newId()) => {
  const demand = await demandOf(lines)
  return command(ctx, { operation: 'test', input: causeId }, async (inner) => {
    const reserved = await reserveStock(inner, { cause: 'order', causeId, channelId, demand })
    if (reserved.ok) await appendEvents(inner, reserved.value)
    return reserved
  })
}

const settle = (run: typeof releaseStock, causeId: Uuid) =>
  command(ctx, { operation: 'test', input: causeId }, async (inner) => {
    await appendEvents(inner, await run(inner, { cause: 'order', causeId }))
    return { ok: true, value: null }
  })

describe('a bundle', () => {
  it('is as available as its scarcest component, in one statement for any number of variants', async () => {
    const [cup, beans] = [await variantWith('cup', 7), await variantWith('beans', 2)]
    const set = await bundleOf('set', { [cup]: 3, [beans]: 1 })
    const { result, statements } = await recordStatements(() => availableOf(set, cup, beans))
    expect(result).toEqual([2, 7, 2])
    expect(statements).toHaveLength(1)
  })

  it('is out of stock with a component that never was in stock', async () => {
    const [here, never] = [await variantWith('here', 5), await variantWith('never')]
    expect(await availableOf(await bundleOf('incomplete', { [here]: 1, [never]: 1 }))).toEqual([0])
  })

  it('is not held up by a component that is not counted', async () => {
    const [mug, guide] = [await variantWith('mug', 3), await variantWith('guide')]
    await db.updateTable('variant').set({ track_stock: false }).where('id', '=', guide).execute()
    const set = await bundleOf('mug-and-guide', { [mug]: 1, [guide]: 1 })
    expect(await availableOf(set, guide)).toEqual([3, 2_147_483_647])
    expect(await reserve([{ variantId: set, quantity: 3 }])).toMatchObject({ ok: true })
    expect(await stockLevels(db, guide)).toEqual([])
  })

  it('takes its components together with those bought alone, gives them back and ships them', async () => {
    const part = await variantWith('part', 10)
    const set = await bundleOf('three-parts', { [part]: 3 })
    const lines = [
      { variantId: set, quantity: 2 },
      { variantId: part, quantity: 4 },
    ]
    const [mine, other] = [newId(), newId()]
    expect(await reserve(lines, mine)).toMatchObject({ ok: true })
    expect(await reserve([{ variantId: set, quantity: 1 }], other)).toMatchObject({
      error: { code: 'OUT_OF_STOCK', data: { sku: 'part', requested: 3, available: 0 } },
    })
    await settle(releaseStock, mine)
    expect(await stockLevels(db, part)).toMatchObject([{ onHand: 10, reserved: 0 }])
    await reserve(lines, other)
    await settle(shipStock, other)
    await settle(shipStock, other)
    expect(await stockLevels(db, part)).toMatchObject([{ onHand: 0, reserved: 0 }])
    expect(await ledgerSums(db, part)).toEqual({ onHand: 0, reserved: 0 })
  })

  it('is told of when the stock of a component changes', async () => {
    const part = await variantWith('told-part', 5)
    const set = await bundleOf('told-set', { [part]: 1 })
    await reserve([{ variantId: part, quantity: 1 }])
    const told = await db
      .selectFrom('event')
      .select('aggregate_id')
      .where('type', '=', 'StockChanged.v1')
      .where('aggregate_id', 'in', [part, set])
      .execute()
    expect(told.map(({ aggregate_id }) => aggregate_id).toSorted()).toEqual([part, set].toSorted())
  })

  it('is near where all of its components are', async () => {
    const [near, far] = [await variantWith('near-part', 4), await variantWith('far-part')]
    const other = await createTestLocation(db, { channelIds: [], kind: 'STORE', latitude: 41, longitude: -3 })
    await createTestStock(db, other, { [near]: 9, [far]: 2 })
    await bundleOf('near-set', { [near]: 2, [far]: 1 })
    const view = { channelId, seesAll: false, now: ctx.now() }
    const found = await stockNearby(db, view, { sku: 'near-set', latitude: 40, longitude: -3, first: 5 })
    expect(unwrap(found).map(({ location, available }) => [location.id, available])).toEqual([[other, 2]])
  })
})

it('a hundred components go to bundles and single buyers at once, exactly, and never one more', async () => {
  const part = await variantWith('crowded', 100)
  const other = await variantWith('plenty', 10_000)
  const set = await bundleOf('crowded-set', { [part]: 2, [other]: 1 })
  const wanted = Array.from({ length: 120 }, (_, index) =>
    index % 2 ? [{ variantId: set, quantity: 1 }] : [{ variantId: part, quantity: 1 }],
  )
  const outcomes = await Promise.all(wanted.map((lines) => reserve(lines)))
  const sold = outcomes.reduce((sum, { ok }, index) => sum + (ok ? (index % 2 ? 2 : 1) : 0), 0)
  const sets = outcomes.filter(({ ok }, index) => ok && index % 2).length
  expect(sold).toBe(100)
  expect(await stockLevels(db, part)).toMatchObject([{ onHand: 100, reserved: 100 }])
  expect(await stockLevels(db, other)).toMatchObject([{ reserved: sets }])
})
