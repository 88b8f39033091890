import { staffActor } from '@hilo/access/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { decodeId, encodeId, money, newId, type Uuid } from '@hilo/kernel'
import { setPrice } from '@hilo/prices'
import { seeding } from '@hilo/catalog/testing'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPricedProduct, createTestPriceList } from '../testing/index.ts'
import '../graphql/index.ts'
import { checkDueWatch } from './check-watch.ts'
import { MAX_VALUES } from './grid.ts'
import { startParityWatches } from './start-parity-watches.ts'
import { takeDueWatch } from './watch-queries.ts'

const { db, database } = await testDatabase()
const channels = await createTestChannels(db)
const shop = testContext(db, { channel: channels.webEu })
const staff = { ...shop, actor: staffActor() }
const list = await createTestPriceList(shop, {
  code: 'device-eur',
  currency: 'EUR',
  channelIds: [channels.deviceEu.id],
})
const id = (channel: { readonly id: Uuid }) => encodeId('channel', channel.id)
let minutes = 0
const clock = () => new Date(shop.now().getTime() + minutes * 60_000)

beforeEach(() =>
  db
    .deleteFrom('parity_watch')
    .execute()
    .then(() => undefined),
)

interface Answer {
  readonly parityWatchCreate: {
    readonly watch: { readonly id: string } | null
    readonly userErrors: { code: string }[]
  }
}

const create = async (input: object, ctx: typeof shop = staff) => {
  const { data, errors } = await ask<Answer>(
    'mutation ($input: ParityWatchCreateInput!) { parityWatchCreate(input: $input) { watch { id state } userErrors { code } } }',
    { ctx, variables: { input: { name: 'Same everywhere', ...input } } },
  )
  if (errors) return errors[0]!.extensions?.['code'] as string
  const { watch, userErrors } = data.parityWatchCreate
  return watch?.id ?? userErrors[0]!.code
}

const WATCH = `state findingCount checkedAt missing { kind id message } findings { sku viewer unit { amountMinor } baselineUnit { amountMinor } codes messages }`

const read = async (watchId: string, ctx: typeof shop = staff) => {
  const { data, errors } = await ask<{ parityWatch: object }>(
    `{ parityWatch(id: "${watchId}") { ${WATCH} } }`,
    { ctx },
  )
  return errors ? errors[0]!.extensions?.['code'] : data.parityWatch
}

const told = async (type: string) =>
  (await db.selectFrom('event').select('payload').where('type', '=', type).execute()).map(
    ({ payload }) => payload,
  )

const goods = async () => {
  const sku = newId().slice(-12)
  const { variantId } = await createPricedProduct(shop, { sku, amounts: { EUR: 1000 } })
  return { sku, variantId, variantIds: [encodeId('variant', variantId)] }
}

const priceOnDevices = (variantId: Uuid, amountMinor: bigint) =>
  seeding(shop, async (inner) => {
    const done = await setPrice(inner, { variantId, priceListId: list, amount: money(amountMinor, 'EUR') })
    if (!done.ok) throw new Error(done.error.code)
    return done.value
  })

const channelIds = [channels.webEu, channels.deviceEu].map(id)

test('a watch breaks with the reason, is told once, and holds again', async () => {
  const { sku, variantId, variantIds } = await goods()
  const watch = await create({ variantIds, channelIds })
  expect(watch).toMatch(/^pwatch_/)
  expect(await checkDueWatch(db, clock)).toBe(true)
  expect(await checkDueWatch(db, clock)).toBe(false)
  expect(await read(watch)).toMatchObject({ state: 'HOLDS', findingCount: 0, findings: [] })
  await priceOnDevices(variantId, 1100n)
  minutes += 15
  expect(await checkDueWatch(db, clock)).toBe(true)
  expect(await read(watch)).toMatchObject({
    state: 'BROKEN',
    findingCount: 1,
    findings: [
      {
        sku,
        viewer: expect.stringContaining('device-eu') as string,
        unit: { amountMinor: 1100 },
        baselineUnit: { amountMinor: 1000 },
        codes: ['PRICE_LIST'],
        messages: [expect.stringContaining('“device-eur”')],
      },
    ],
  })
  minutes += 15
  await checkDueWatch(db, clock)
  expect(await told('ParityBroken.v1')).toMatchObject([
    { findingCount: 1, findings: [{ sku, unitMinor: 1100 }] },
  ])
  expect(await told('ParityRestored.v1')).toEqual([])
  await db.updateTable('price').set({ amount_minor: 1000n }).where('variant_id', '=', variantId).execute()
  minutes += 15
  await checkDueWatch(db, clock)
  expect(await read(watch)).toMatchObject({ state: 'HOLDS', findings: [] })
  expect(await told('ParityRestored.v1')).toMatchObject([{ name: 'Same everywhere' }])
})

test('a watch goes on without a variant that was deleted', async () => {
  const [{ variantId, variantIds }, gone] = [await goods(), await goods()]
  const watch = await create({ variantIds: [...variantIds, ...gone.variantIds], channelIds })
  await db.deleteFrom('price').where('variant_id', '=', gone.variantId).execute()
  await db.deleteFrom('variant').where('id', '=', gone.variantId).execute()
  await priceOnDevices(variantId, 1100n)
  expect(await checkDueWatch(db, clock)).toBe(true)
  expect(await read(watch)).toMatchObject({ state: 'BROKEN' })
})

test('a watch of what is gone is broken, names what is missing, says so once, and holds again when it is back', async () => {
  const sku = newId().slice(-12)
  await createPricedProduct(shop, { sku, category: `of-${sku}`, amounts: { EUR: 1000 } })
  const category = await db
    .selectFrom('category')
    .selectAll()
    .where('slug', '=', `of-${sku}`)
    .executeTakeFirstOrThrow()
  const before = [(await told('ParityBroken.v1')).length, (await told('ParityRestored.v1')).length] as const
  const categoryId = encodeId('category', category.id)
  const watch = await create({ categoryId, channelIds })
  const check = async (locale: 'en' | 'es' = 'en') => {
    minutes += 15
    await checkDueWatch(db, clock)
    return read(watch, { ...staff, locale })
  }
  expect(await check()).toMatchObject({ state: 'HOLDS', missing: null })
  const placed = await db
    .deleteFrom('product_category')
    .where('category_id', '=', category.id)
    .returningAll()
    .execute()
  await db.deleteFrom('category').where('id', '=', category.id).execute()
  const gone = {
    state: 'BROKEN',
    findingCount: 0,
    findings: [],
    missing: { kind: 'category', id: categoryId },
  }
  expect(await check()).toMatchObject(gone)
  expect(await check()).toMatchObject({
    missing: { message: `The category “of-${sku}” is no longer there, so nothing is compared.` },
  })
  expect(await check('es')).toMatchObject({
    missing: { message: `La categoría «of-${sku}» ya no existe, así que no se compara nada.` },
  })
  expect((await told('ParityBroken.v1')).slice(before[0])).toMatchObject([
    { findingCount: 0, missing: { kind: 'category', id: categoryId } },
  ])
  expect(await told('ParityRestored.v1')).toHaveLength(before[1])
  await db
    .insertInto('category')
    .values({ ...category, name: JSON.stringify(category.name), seo: JSON.stringify(category.seo) })
    .execute()
  await db.insertInto('product_category').values(placed).execute()
  expect(await check()).toMatchObject({ state: 'HOLDS', missing: null })
  expect(await told('ParityRestored.v1')).toHaveLength(before[1] + 1)
})

test('a watch says so when none of its variants, or one of its channels or segments, is there any more', async () => {
  const [{ variantId, variantIds }, other] = [await goods(), await goods()]
  const watches = [
    await create({ variantIds, channelIds }),
    await create({ variantIds: other.variantIds, channelIds }),
    await create({ variantIds: other.variantIds, channelIds }),
  ]
  await db.deleteFrom('price').where('variant_id', '=', variantId).execute()
  await db.deleteFrom('variant').where('id', '=', variantId).execute()
  // Nothing in the shop deletes channels or segments: ids that were never there stand for those that are gone.
  const strange = (watch: string, part: string) =>
    sql`
    update parity_watch set asked = jsonb_set(asked, ${[part]}, ${JSON.stringify([newId()])})
    where id = ${decodeId('parityWatch', watch)!}`.execute(db)
  await strange(watches[1]!, 'channelIds')
  await strange(watches[2]!, 'segmentIds')
  while (await checkDueWatch(db, clock));
  const kinds = watches.map(async (watch) => read(watch))
  expect(await Promise.all(kinds)).toMatchObject([
    { state: 'BROKEN', missing: { kind: 'variant', message: expect.stringContaining('None of') as string } },
    { state: 'BROKEN', missing: { kind: 'channel' } },
    { state: 'BROKEN', missing: { kind: 'segment' } },
  ])
})

test('a watch that was made under a larger limit says so, and the next ones are checked all the same', async () => {
  const [{ variantIds }, other] = [await goods(), await goods()]
  const large = await create({ variantIds, channelIds })
  const next = await create({ variantIds: other.variantIds, channelIds })
  const hours = JSON.stringify(Array.from({ length: MAX_VALUES + 1 }, (_, hour) => hour))
  await sql`
    update parity_watch set asked = jsonb_set(asked, '{hours}', ${hours}) where id = ${decodeId('parityWatch', large)!}`.execute(
    db,
  )
  minutes += 15
  while (await checkDueWatch(db, clock));
  expect(await read(large)).toMatchObject({
    state: 'BROKEN',
    missing: {
      kind: 'watch',
      id: large,
      message: `A dimension of a comparison has at most ${MAX_VALUES} values.`,
    },
  })
  expect(await read(large, { ...staff, locale: 'es' })).toMatchObject({
    missing: { message: `Una dimensión de una comparación tiene como máximo ${MAX_VALUES} valores.` },
  })
  expect(await read(next)).toMatchObject({ state: 'HOLDS', missing: null })
})

test('the refusal of too many variants names the limit of a watch', async () => {
  const variantIds = Array.from({ length: 1_001 }, () => encodeId('variant', newId()))
  const { data } = await ask<{ parityWatchCreate: { userErrors: { message: string }[] } }>(
    'mutation ($input: ParityWatchCreateInput!) { parityWatchCreate(input: $input) { userErrors { message } } }',
    { ctx: staff, variables: { input: { name: 'Many', variantIds, channelIds } } },
  )
  expect(data.parityWatchCreate.userErrors[0]!.message).toContain('2000')
})

test('a watch of more variants than it can look at is none, and one that has outgrown its limit says so', async () => {
  // So many viewers that one variant fits.
  const wide = {
    channelIds: [channels.webEu, channels.deviceEu, channels.webUs, channels.webJp].map(id),
    hours: Array.from({ length: 50 }, (_, hour) => hour),
    deviceKinds: Array.from({ length: 10 }, (_, kind) => `KIND-${kind}`),
  }
  const add = (sku: string) =>
    createPricedProduct(shop, { sku, amounts: { EUR: 1000, USD: 1000, JPY: 1000 }, category: 'wide' })
  await add('wide')
  const { id: wideId } = await db
    .selectFrom('category')
    .select('id')
    .where('slug', '=', 'wide')
    .executeTakeFirstOrThrow()
  const categoryId = encodeId('category', wideId)
  const watch = await create({ categoryId, ...wide })
  while (await checkDueWatch(db, clock));
  expect(await read(watch)).toMatchObject({ state: 'HOLDS', missing: null })
  await add('wider')
  expect(await create({ categoryId, ...wide })).toBe('PARITY_TOO_LARGE')
  minutes += 15
  while (await checkDueWatch(db, clock));
  expect(await read(watch)).toMatchObject({
    state: 'BROKEN',
    findingCount: 0,
    missing: { kind: 'watch', id: watch, message: expect.stringContaining('2000') as string },
  })
})

test('a tolerance lets prices be apart by so much, and markets are compared with their own only', async () => {
  const { variantId, variantIds } = await goods()
  await priceOnDevices(variantId, 1049n)
  const strict = await create({ variantIds, channelIds, tolerancePpm: 48_999 })
  const loose = await create({
    variantIds,
    channelIds: [...channelIds, id(channels.webUs)],
    tolerancePpm: 49_000,
  })
  while (await checkDueWatch(db, clock));
  expect(await read(strict)).toMatchObject({ state: 'BROKEN' })
  expect(await read(loose)).toMatchObject({ state: 'HOLDS' })
})

test('eight workers at once check each watch once and tell once', async () => {
  const before = (await told('ParityBroken.v1')).length
  const { variantId, variantIds } = await goods()
  await priceOnDevices(variantId, 1200n)
  for (let count = 0; count < 4; count += 1) await create({ variantIds, channelIds })
  const worker = async (): Promise<number> => ((await checkDueWatch(db, clock)) ? 1 + (await worker()) : 0)
  const done = await Promise.all(Array.from({ length: 8 }, worker))
  expect(done.reduce((sum, count) => sum + count, 0)).toBe(4)
  expect(await told('ParityBroken.v1')).toHaveLength(before + 4)
})

test('a watch that its worker left half done is checked by another a minute later', async () => {
  const { variantIds } = await goods()
  const watch = await create({ variantIds, channelIds })
  expect(await takeDueWatch(db, clock())).toMatchObject({ id: expect.any(String) as string })
  expect(await checkDueWatch(db, clock)).toBe(false)
  minutes += 1
  expect(await checkDueWatch(db, clock)).toBe(true)
  expect(await read(watch)).toMatchObject({ state: 'HOLDS' })
})

test('the worker checks after a price changed', async () => {
  const feed = await startEventFeed(database)
  const stopping = new AbortController()
  const logger = { error: () => undefined }
  const broken = feed.subscribe({ types: ['ParityBroken.v1'], signal: stopping.signal })
  // Watches of other tests may break meanwhile, too.
  const heardOf = async (sku: string) => {
    for await (const { payload } of broken) {
      const { findings } = payload as { findings: readonly { sku: string; unitMinor: number }[] }
      const found = findings.find((finding) => finding.sku === sku)
      if (found) return found
    }
    return undefined
  }
  const running = startParityWatches({ db, feed, clock, logger, signal: stopping.signal, gatherFor: 0 })
  afterAll(async () => {
    stopping.abort()
    await running
    await feed.close()
  })
  const { sku, variantId, variantIds } = await goods()
  await create({ variantIds, channelIds })
  await priceOnDevices(variantId, 1300n)
  expect(await heardOf(sku)).toMatchObject({ unitMinor: 1300 })
})

test('watches are seen and ended only where all their channels are, and are made within limits', async () => {
  const { variantIds } = await goods()
  const watch = await create({ variantIds, channelIds })
  const narrowed = { ...shop, actor: staffActor(undefined, { channels: [channels.webEu.id] }) }
  expect(await read(watch, narrowed)).toBe('NOT_FOUND')
  expect(await create({ variantIds, channelIds }, narrowed)).toBe('FORBIDDEN')
  expect(await create({ variantIds: [], channelIds })).toMatch(/^pwatch_/)
  expect(await create({ channelIds })).toBe('PARITY_TARGET_INVALID')
  expect(await create({ variantIds, name: '' })).toBe('PARITY_WATCH_INVALID')
  expect(await create({ variantIds, tolerancePpm: -1 })).toBe('PARITY_WATCH_INVALID')
  expect(await create({ variantIds, hours: [-1] })).toBe('PARITY_WATCH_INVALID')
  const kinds = Array.from({ length: 50 }, (_, kind) => `kind-${kind}`)
  const hours = Array.from({ length: 50 }, (_, hour) => hour)
  expect(await create({ variantIds, deviceKinds: kinds, hours })).toBe('PARITY_TOO_LARGE')
  const list = async (first: number) =>
    ask<object>(`{ parityWatches(first: ${first}) { nodes { name ${WATCH} } totalCount } }`, { ctx: staff })
  const one = await recordStatements(() => list(1))
  const many = await recordStatements(() => list(10))
  expect(many.result.data).toMatchObject({ parityWatches: { totalCount: 2 } })
  expect([one.statements.length, many.statements.length]).toEqual([2, 2])
  const { data } = await ask(
    `mutation { parityWatchDelete(input: { watchId: "${watch}" }) { deletedId userErrors { code } } }`,
    { ctx: staff },
  )
  expect(data).toEqual({ parityWatchDelete: { deletedId: watch, userErrors: [] } })
  expect(await read(watch)).toBe('NOT_FOUND')
})
