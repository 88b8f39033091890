import { viewpoint } from '@hilo/catalog'
import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { type Context } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { GUEST, type Uuid } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import { stockNearby } from './index.ts'
import { createTestLocation, createTestStock } from './testing/index.ts'

const { db } = await testDatabase()
let ctx: Context
let channelId: Uuid

beforeAll(async () => {
  const { webEu } = await createTestChannels(db)
  channelId = webEu.id
  ctx = testContext(db, { channel: webEu, actor: GUEST })
})

const store = (code: string, [latitude, longitude]: readonly [number, number]) =>
  createTestLocation(db, { code, kind: 'STORE', channelIds: [channelId], latitude, longitude })

const near = (sku: string, [latitude, longitude]: readonly [number, number], first = 10) =>
  stockNearby(db, viewpoint(ctx), { sku, latitude, longitude, first })

const MADRID = [40.4168, -3.7038] as const

describe('the stores nearby that have it', () => {
  it('stand in the order of their distance over the ground, in one statement', async () => {
    const { variantId } = await createTestProduct(ctx, { sku: 'near' })
    const places = [
      await store('barcelona', [41.3874, 2.1686]),
      await store('toledo', [39.8628, -4.0273]),
      await store('sol', [40.4169, -3.7033]),
    ]
    for (const place of places) await createTestStock(db, place, { [variantId]: 3 })
    const { result, statements } = await recordStatements(() => near('near', MADRID))
    expect(statements).toHaveLength(1)
    if (!result.ok) throw new Error('refused')
    expect(result.value.map(({ location, available }) => [location.code, available])).toEqual([
      ['sol', 3],
      ['toledo', 3],
      ['barcelona', 3],
    ])
    const [sol, toledo, barcelona] = result.value.map(({ distanceMeters }) => distanceMeters)
    expect(sol).toBeLessThan(100)
    expect(toledo! / 1_000).toBeCloseTo(67.5, -1)
    expect(barcelona! / 1_000).toBeCloseTo(505, -1)
  })

  it('are measured across the date line and to the other side of the Earth', async () => {
    const { variantId } = await createTestProduct(ctx, { sku: 'far' })
    await createTestStock(db, await store('fiji', [-17, -179.9]), { [variantId]: 1 })
    const dateline = await near('far', [-17, 179.9])
    expect(dateline).toMatchObject({ value: [{ distanceMeters: expect.closeTo(21_267, -2) }] })
    const antipode = await near('far', [17, 0.1])
    expect(antipode).toMatchObject({ value: [{ distanceMeters: expect.closeTo(20_015_115, -3) }] })
  })

  it('leave out warehouses, closed stores, places without coordinates and those that have none', async () => {
    const { variantId } = await createTestProduct(ctx, { sku: 'picky' })
    const [latitude, longitude] = MADRID
    const closed = await store('closed', MADRID)
    await db.updateTable('location').set({ active: false }).where('id', '=', closed).execute()
    const places = [
      closed,
      await createTestLocation(db, { channelIds: [], kind: 'WAREHOUSE', latitude, longitude }),
      await createTestLocation(db, { channelIds: [], kind: 'STORE' }),
    ]
    for (const place of places) await createTestStock(db, place, { [variantId]: 3 })
    await createTestStock(db, await store('empty', MADRID), { [variantId]: 0 })
    expect(await near('picky', MADRID)).toEqual({ ok: true, value: [] })
  })

  it('are not told for a SKU that cannot be seen from here', async () => {
    await createTestProduct(ctx, { sku: 'draft', status: 'DRAFT' })
    expect(await near('draft', MADRID)).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await near('unknown', MADRID)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })
})
