import { staffActor } from '@hilo/access/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createPricedProduct, createTestPromotion } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const shop = testContext(db, { channel: channels.webEu })
const staff = { ...shop, actor: staffActor(['prices:read', 'promotions:read', 'catalog:read']) }
const { variantId } = await createPricedProduct(shop, { sku: 'beans', amounts: { EUR: 1000, JPY: 1500 } })
const beans = encodeId('variant', variantId)
const segment = { id: newId(), code: 'vip' }
await db
  .insertInto('segment')
  .values({ ...segment, name: JSON.stringify({ en: 'VIP' }), created_at: shop.now() })
  .execute()
await createTestPromotion(shop, { name: 'Machines', channels: { kinds: ['DEVICE'] } })
await createTestPromotion(shop, { name: 'VIP', audience: { segments: ['vip'] } as never })
await createTestPromotion(shop, { name: 'Spring', startsAt: '2026-04-01T00:00:00.000Z' })
const draft = await createTestPromotion(shop, { name: 'Idea', draft: true })

interface Viewed {
  readonly viewAs: {
    readonly shelfPrices: readonly { readonly unit: { readonly amountMinor: number } | null }[]
  }
}

const view = async (viewer: object, fields: string, { ctx = staff, drafts = [] as string[] } = {}) => {
  const { data, errors } = await ask<Viewed>(
    `query ($viewer: ViewerInput!, $drafts: [ID!]) { viewAs(viewer: $viewer, draftPromotionIds: $drafts) { ${fields} } }`,
    { ctx, variables: { viewer, drafts } },
  )
  return errors ? errors[0]!.extensions?.['code'] : data.viewAs
}

const SHELF = `shelfPrices(variantIds: ["${beans}"]) { sold unit { amountMinor currency } applications { name } trace { name code } }`

const unit = async (viewer: object, drafts: string[] = []) => {
  const viewed = await view(viewer, SHELF, { drafts })
  return typeof viewed === 'object'
    ? ((viewed as Viewed['viewAs']).shelfPrices[0]!.unit?.amountMinor ?? null)
    : viewed
}

test('the price depends on who looks, from where and when, and on drafts', async () => {
  expect(await unit({})).toBe(1000)
  expect(await unit({ channelId: encodeId('channel', channels.deviceEu.id) })).toBe(900)
  expect(await unit({ segmentIds: [encodeId('segment', segment.id)] })).toBe(900)
  expect(await unit({ at: '2026-04-02T00:00:00.000Z' })).toBe(900)
  expect(await unit({ channelId: encodeId('channel', channels.webJp.id) })).toBe(1500)
  expect(await unit({ channelId: encodeId('channel', channels.webUs.id) })).toBeNull()
  expect(await unit({}, [encodeId('promotion', draft)])).toBe(900)
})

test('a cart is reckoned with totals, lines, applications and the trace, and nothing is written', async () => {
  const before = await db.selectFrom('promotion_claim').select('id').execute()
  const { result, statements } = await recordStatements(() =>
    view(
      { channelId: encodeId('channel', channels.deviceEu.id) },
      `channel cart(lines: [{ id: "a", variantId: "${beans}", quantity: 2 }, { id: "b", variantId: "${beans}", quantity: 0 }]) {
        lines { id quantity unit { amountMinor } total { amountMinor } } subtotal { amountMinor } total { amountMinor }
        unpriced applications { name amount { amountMinor } } trace { name outcome code } }`,
    ),
  )
  expect(result).toMatchObject({
    channel: 'device-eu',
    cart: {
      lines: [{ id: 'a', quantity: 2, unit: { amountMinor: 900 }, total: { amountMinor: 1800 } }],
      subtotal: { amountMinor: 1800 },
      total: { amountMinor: 2300 },
      unpriced: ['b'],
      applications: [{ name: 'Machines', amount: { amountMinor: 200 } }],
      trace: [
        { code: 'APPLIED' },
        { name: 'VIP', code: expect.any(String) as string },
        { code: 'NOT_STARTED' },
      ],
    },
  })
  expect(statements.filter((sql) => !/^(with|select)/i.test(sql.trim()))).toEqual([])
  expect(await db.selectFrom('promotion_claim').select('id').execute()).toEqual(before)
})

test('products are those that the viewer would find, in as many statements for many as for one', async () => {
  for (const sku of ['cups', 'milk', 'mugs']) await createPricedProduct(shop, { sku, amounts: { EUR: 300 } })
  const fields = (first: number) =>
    `products(first: ${first}) { nodes { product { id } prices { sold unit { amountMinor } } } pageInfo { hasNextPage } }`
  expect(await view({}, 'products(first: 1) { totalCount }')).toMatchObject({ products: { totalCount: 4 } })
  const one = await recordStatements(() => view({}, fields(1)))
  const many = await recordStatements(() => view({}, fields(4)))
  expect(many.result).toMatchObject({ products: { pageInfo: { hasNextPage: false } } })
  expect(JSON.stringify(many.result).match(/"sold":true/g)).toHaveLength(4)
  expect(many.statements).toHaveLength(2)
  expect(one.statements).toHaveLength(2)
})

test('only who may read prices and promotions in that channel looks, and not at too much', async () => {
  const channelId = encodeId('channel', channels.deviceEu.id)
  const code = (permissions: Parameters<typeof staffActor>[0], options = {}) =>
    view({ channelId }, SHELF, { ctx: { ...shop, actor: staffActor(permissions, options) } as never })
  expect(await code(['promotions:read'])).toBe('FORBIDDEN')
  expect(await code(['prices:read'])).toBe('FORBIDDEN')
  expect(await code(['prices:read', 'promotions:read'], { channels: [channels.webEu.id] })).toBe('FORBIDDEN')
  expect(await unit({ channelId: encodeId('channel', newId()) })).toBe('NOT_FOUND')
  expect(await unit({ segmentIds: [encodeId('segment', newId())] })).toBe('NOT_FOUND')
  expect(await unit({}, [encodeId('promotion', newId())])).toBe('NOT_FOUND')
  expect(await unit({ place: { latitude: 400, longitude: 0 } })).toBe('PLACE_INVALID')
  const ids = Array.from({ length: 201 }, () => `"${beans}"`).join()
  expect(await view({}, `shelfPrices(variantIds: [${ids}]) { sold }`)).toBe('TOO_MANY_TO_VIEW')
})
