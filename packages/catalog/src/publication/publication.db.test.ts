import { createTestChannels } from '@hilo/channels/testing'
import { allChannels, insertChannels } from '@hilo/channels'
import { recordStatements, TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { GUEST, newId, unwrap, type Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { productsByIds } from '../product-queries.ts'
import { createTestProduct, createTestType, seeding } from '../testing/index.ts'
import { updateProduct } from '../update-product.ts'
import { toSoldVariants, variantFacts } from '../variant-facts.ts'
import { variantsByIds, variantsBySkus } from '../variant-queries.ts'
import { viewpoint } from '../visibility.ts'
import { passCatalogBoundaries } from './pass-boundaries.ts'
import { nextPublicationBoundary } from './publication-queries.ts'
import { publishProducts, unpublishProducts } from './publish.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const HOUR = 3_600_000
const at = (hours: number) => new Date(TEST_TIME.getTime() + hours * HOUR)
const guestAt = (now: Date, channel = channels.webEu) =>
  viewpoint({ ...staff, actor: GUEST, channel, now: () => now })

const publish = (ids: readonly Uuid[], over: Partial<Parameters<typeof publishProducts>[1]> = {}) =>
  seeding(staff, async (ctx) => unwrap(await publishProducts(ctx, { ids, ...over })))

const isSeen = async (id: Uuid, now: Date, channel = channels.webEu) =>
  (await productsByIds(db, guestAt(now, channel), [id])).length === 1

test('a product is seen from the begin of its publication on, and no longer at its end', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'window', channelIds: [] })
  await publish([productId], { channelIds: [channels.webEu.id], from: at(1), until: at(2) })
  const moments = [at(1).getTime() - 1, at(1).getTime(), at(2).getTime() - 1, at(2).getTime()]
  const seen = await Promise.all(moments.map((moment) => isSeen(productId, new Date(moment))))
  expect(seen).toEqual([false, true, true, false])
  expect(await isSeen(productId, at(1), channels.webUs)).toBe(false)
})

test('variants inherit the channels of their product, by id, by SKU and for prices', async () => {
  const { productId, variantIds } = await createTestProduct(staff, {
    sku: 'parent',
    moreSkus: ['parent-2', 'parent-3'],
    channelIds: [],
  })
  await publish([productId], { channelIds: [channels.webUs.id], from: at(1) })
  for (const [now, channel, count] of [
    [at(0), channels.webUs, 0],
    [at(1), channels.webUs, 3],
    [at(1), channels.webEu, 0],
  ] as const) {
    const view = guestAt(now, channel)
    expect(await variantsByIds(db, view, variantIds)).toHaveLength(count)
    expect(await variantsBySkus(db, view, ['parent', 'parent-2', 'parent-3'])).toHaveLength(count)
    const facts = await variantFacts({ variantIds, channelId: channel.id, now }).execute(db)
    expect(toSoldVariants(facts.rows).filter(({ sold }) => sold)).toHaveLength(count)
  }
})

test('many products are published everywhere and taken back in a constant number of statements', async () => {
  const ids: Uuid[] = []
  for (let n = 0; n < 5; n += 1)
    ids.push(
      (await createTestProduct(staff, { sku: `many-${n}`, channelIds: [], status: 'DRAFT' })).productId,
    )
  const one = await recordStatements(() => publish(ids.slice(0, 1)))
  const many = await recordStatements(() => publish(ids))
  expect(many.statements.length).toBe(one.statements.length)
  for (const id of ids) expect(await isSeen(id, at(0), channels.webJp)).toBe(true)
  await seeding(staff, async (ctx) =>
    unwrap(await unpublishProducts(ctx, { ids, channelIds: [channels.webJp.id] })),
  )
  expect(await isSeen(ids[0]!, at(0), channels.webJp)).toBe(false)
  expect(await isSeen(ids[0]!, at(0), channels.webEu)).toBe(true)
})

test('a draft that is to stay one gets its schedule, and is seen once it is published', async () => {
  const { productId } = await createTestProduct(staff, {
    sku: 'stays-draft',
    channelIds: [],
    status: 'DRAFT',
  })
  await publish([productId], { channelIds: [channels.webEu.id], from: at(2), keepDrafts: true })
  expect(await isSeen(productId, at(3))).toBe(false)
  await seeding(staff, async (ctx) =>
    unwrap(await updateProduct(ctx, { id: productId, status: 'PUBLISHED' })),
  )
  expect(await isSeen(productId, at(1))).toBe(false)
  expect(await isSeen(productId, at(3))).toBe(true)
})

test('a request that cannot be kept publishes nothing', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'kept', channelIds: [] })
  const { productId: old } = await createTestProduct(staff, { sku: 'old', status: 'ARCHIVED' })
  const codeOf = async (input: Parameters<typeof publishProducts>[1]) => {
    const result = await seeding(staff, (ctx) => publishProducts(ctx, input))
    return result.ok ? undefined : `${result.error.code} ${result.error.path.join('.')}`
  }
  expect(await codeOf({ ids: [productId], from: at(2), until: at(2) })).toBe('PERIOD_INVALID until')
  expect(await codeOf({ ids: [productId, newId()] })).toBe('NOT_FOUND productIds.1')
  expect(await codeOf({ ids: [productId], channelIds: [newId()] })).toBe('NOT_FOUND channelIds.0')
  expect(await codeOf({ ids: [productId, old] })).toBe('PRODUCT_ARCHIVED productIds.1')
  expect(await codeOf({ ids: Array.from({ length: 201 }, newId) })).toBe('TOO_MANY productIds')
  expect(await isSeen(productId, at(0))).toBe(false)
})

test('a draft that lacks what its type requires is not published, and its publication is a version', async () => {
  const productType = await createTestType(staff, {
    code: 'told',
    attributes: [{ code: 'origin', kind: 'TEXT', required: true }],
  })
  const drafts = { status: 'DRAFT', channelIds: [] } as const
  const { productId } = await createTestProduct(staff, { sku: 'whole', ...drafts })
  const { productId: lacking } = await createTestProduct(staff, { sku: 'lacking', productType, ...drafts })
  const ids = [productId, lacking]
  const refused = await seeding(staff, (ctx) => publishProducts(ctx, { ids }))
  expect(refused).toMatchObject({
    error: { code: 'ATTRIBUTE_REQUIRED', data: { attributes: ['origin'] }, path: ['productIds', '1'] },
  })
  await publish(ids, { keepDrafts: true })
  const version = await db
    .selectFrom('product_version')
    .select('content')
    .where('product_id', '=', productId)
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow()
  expect(version.content).toMatchObject({ channelIds: (await allChannels(db)).map(({ id }) => id).sort() })
})

test('who sets the channels of a product keeps the schedule where it stays', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'stays', channelIds: [] })
  await publish([productId], { channelIds: [channels.webEu.id], from: at(5) })
  const channelIds = [channels.webEu.id, channels.webUs.id]
  await seeding(staff, async (ctx) => unwrap(await updateProduct(ctx, { id: productId, channelIds })))
  expect(await isSeen(productId, at(4))).toBe(false)
  expect(await isSeen(productId, at(4), channels.webUs)).toBe(true)
})

const told = async (afterSeq: number) =>
  (
    await db
      .selectFrom('event')
      .selectAll()
      .where('id', '>', afterSeq.toString() as never)
      .execute()
  ).filter(({ type }) => type === 'ProductPublicationChanged.v1')

test('the clock tells of what begins and ends, once, whoever asks and however many there are', async () => {
  await db.deleteFrom('product_channel').execute()
  const ids: Uuid[] = []
  for (let n = 0; n < 3; n += 1)
    ids.push((await createTestProduct(staff, { sku: `clock-${n}`, channelIds: [] })).productId)
  await publish(ids, { from: at(10), until: at(20) })
  const [next] = (await nextPublicationBoundary(at(9)).execute(db)).rows
  expect(next!.at).toBe(at(10).getTime())
  await passCatalogBoundaries(db, () => at(9))
  const last = Number(
    (await db.selectFrom('event').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id,
  )
  await Promise.all([passCatalogBoundaries(db, () => at(10)), passCatalogBoundaries(db, () => at(10))])
  expect((await told(last)).map(({ aggregate_id }) => aggregate_id).sort()).toEqual([...ids].sort())
  await passCatalogBoundaries(db, () => at(19))
  expect(await told(last)).toHaveLength(3)
  await passCatalogBoundaries(db, () => at(25))
  expect(await told(last)).toHaveLength(6)
})

test('a page of products is read in the same statements from one channel or from 200', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'wide', channelIds: [] })
  const market = channels.webEu.market.id
  await insertChannels(
    db,
    Array.from({ length: 200 }, (_, n) => ({
      code: `c-${n}`,
      name: { en: `C ${n}` },
      kind: 'WEB' as const,
      marketId: market,
    })),
  )
  const { statements } = await recordStatements(() => publish([productId]))
  expect(statements.length).toBeLessThan(16)
  const all = await allChannels(db)
  expect(await isSeen(productId, at(0), all.at(-1)!)).toBe(true)
})
