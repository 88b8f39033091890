import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { command, type Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { newId, type Uuid } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import { adjustStock, MAX_ON_HAND, reserveStock, setStock } from './index.ts'
import { createTestLocation, ledgerSums, stockLevels } from './testing/index.ts'

const { db } = await testDatabase()
let ctx: Context
let channelId: Uuid
let locationId: Uuid

beforeAll(async () => {
  const { webEu } = await createTestChannels(db)
  channelId = webEu.id
  ctx = testContext(db, { channel: webEu })
  locationId = await createTestLocation(db, { channelIds: [webEu.id] })
})

const set = (variantId: Uuid, onHand: number, place = locationId) =>
  command(ctx, { operation: 'set', input: null }, (inner) =>
    setStock(inner, { locationId: place, variantId, onHand }),
  )

const adjust = (variantId: Uuid, delta: number) =>
  command(ctx, { operation: 'adjust', input: null }, (inner) =>
    adjustStock(inner, { locationId, variantId, delta }),
  )

const newVariant = async (sku: string) => (await createTestProduct(ctx, { sku })).variantId

const reserveFour = (variantId: Uuid) =>
  command(ctx, { operation: 'reserve', input: null }, (inner) =>
    reserveStock(inner, { cause: 'order', causeId: newId(), channelId, demand: new Map([[variantId, 4]]) }),
  )

describe('counting stock', () => {
  it('opens a level that was not there, and sets it again', async () => {
    const variantId = await newVariant('counted')
    await set(variantId, 10)
    await set(variantId, 7)
    expect(await stockLevels(db, variantId)).toEqual([{ locationId, onHand: 7, reserved: 0 }])
    expect(await ledgerSums(db, variantId)).toEqual({ onHand: 7, reserved: 0 })
  })

  it('writes neither movement nor event when nothing changes', async () => {
    const variantId = await newVariant('same')
    await set(variantId, 3)
    await set(variantId, 3)
    const movements = await db
      .selectFrom('movement')
      .selectAll()
      .where('variant_id', '=', variantId)
      .execute()
    const events = await db
      .selectFrom('event')
      .select('id')
      .where('type', '=', 'StockChanged.v1')
      .where('aggregate_id', '=', variantId)
      .execute()
    expect(movements).toHaveLength(1)
    expect(events).toHaveLength(1)
  })

  it('adds what came and takes away what went', async () => {
    const variantId = await newVariant('adjusted')
    await adjust(variantId, 5)
    await adjust(variantId, -2)
    expect(await stockLevels(db, variantId)).toMatchObject([{ onHand: 3 }])
  })

  it('refuses what cannot be, and changes nothing', async () => {
    const variantId = await newVariant('refused')
    await set(variantId, 10)
    await reserveFour(variantId)
    const codes = [
      await set(variantId, -1),
      await set(variantId, 3),
      await set(variantId, MAX_ON_HAND + 1),
      await adjust(variantId, 0),
      await adjust(variantId, -7),
      await adjust(variantId, 2_147_483_647),
      await set(newId(), 1),
      await set(variantId, 1, newId()),
    ].map((outcome) => (outcome.ok ? 'ok' : outcome.error.code))
    expect(codes).toEqual([
      'STOCK_NEGATIVE',
      'STOCK_BELOW_RESERVED',
      'STOCK_TOO_LARGE',
      'STOCK_DELTA_ZERO',
      'STOCK_BELOW_RESERVED',
      'STOCK_TOO_LARGE',
      'NOT_FOUND',
      'NOT_FOUND',
    ])
    expect(await stockLevels(db, variantId)).toEqual([{ locationId, onHand: 10, reserved: 4 }])
  })

  it('loses no change of many at once', async () => {
    const variantId = await newVariant('busy')
    await Promise.all(Array.from({ length: 40 }, () => adjust(variantId, 3)))
    expect(await stockLevels(db, variantId)).toMatchObject([{ onHand: 120 }])
    expect(await ledgerSums(db, variantId)).toEqual({ onHand: 120, reserved: 0 })
  })
})
