import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed } from '@hilo/db'
import { logSettled, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { decodeId, encodeId, grant, GUEST, newId, type Permission } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createTestPromotion } from '../testing/index.ts'
import './index.ts'

const { db, database } = await testDatabase()
const { webEu } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })

interface Answer {
  readonly promotion: { readonly id: string; readonly version: number } | null
  readonly userErrors: readonly { readonly code: string; readonly message: string }[]
}

const call = (name: string, input: object, ctx = staff) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const source = `mutation ($input: ${title}Input!) { ${name}(input: $input) {
    promotion { id status version publishedVersion usageLimit } userErrors { code message } } }`
  return ask<Record<string, Answer>>(source, { ctx, variables: { input } })
}

const mutate = async (name: string, input: object, ctx = staff) => {
  const { data, errors } = await call(name, input, ctx)
  expect(errors).toBeUndefined()
  return data[name]!
}

const codeOf = async (name: string, input: object) => (await mutate(name, input)).userErrors[0]?.code

const make = async (more: Parameters<typeof createTestPromotion>[1] = {}) =>
  encodeId('promotion', await createTestPromotion(staff, more))

const definition = {
  v: 1,
  trigger: 'AUTOMATIC',
  effect: { kind: 'PERCENT', ratePpm: 300_000, target: 'ITEM' },
}

test('A published promotion is paused and resumed with the same published version, its draft is edited meanwhile', async () => {
  const id = await make()
  expect(await mutate('promotionPause', { id, ifVersion: 1 })).toMatchObject({
    promotion: { status: 'PAUSED', version: 1, publishedVersion: 1 },
    userErrors: [],
  })
  const named = await mutate('promotionUpdate', { id, usageLimit: 7 })
  expect(named.promotion).toMatchObject({ status: 'PAUSED', version: 2, publishedVersion: 2, usageLimit: 7 })
  const drafted = await mutate('promotionUpdate', { id, definition })
  expect(drafted.promotion).toMatchObject({ status: 'PAUSED', version: 3, publishedVersion: 2 })
  expect(await codeOf('promotionResume', { id, ifVersion: 1 })).toBe('VERSION_CONFLICT')
  const resumed = await mutate('promotionResume', { id, ifVersion: 3 })
  expect(resumed.promotion).toMatchObject({ status: 'PUBLISHED', version: 3, publishedVersion: 2 })
})

test('To publish a paused promotion makes its newest version hold', async () => {
  const id = await make()
  await mutate('promotionPause', { id })
  await mutate('promotionUpdate', { id, definition })
  expect((await mutate('promotionPublish', { id })).promotion).toMatchObject({
    status: 'PUBLISHED',
    version: 2,
    publishedVersion: 2,
  })
})

test('Only what is published is paused, only what is paused is resumed, and both can be archived', async () => {
  const draft = await make({ draft: true })
  expect(await codeOf('promotionPause', { id: draft })).toBe('PROMOTION_NOT_PUBLISHED')
  expect(await codeOf('promotionResume', { id: draft })).toBe('PROMOTION_NOT_PAUSED')
  const id = await make()
  expect(await codeOf('promotionResume', { id })).toBe('PROMOTION_NOT_PAUSED')
  await mutate('promotionPause', { id })
  const spanish = { ...staff, locale: 'es' as const }
  expect((await mutate('promotionPause', { id }, spanish)).userErrors).toEqual([
    { code: 'PROMOTION_NOT_PUBLISHED', message: 'Solo se puede pausar una promoción publicada.' },
  ])
  expect((await mutate('promotionArchive', { id })).promotion).toMatchObject({ status: 'ARCHIVED' })
  for (const name of ['promotionPause', 'promotionResume'])
    expect(await codeOf(name, { id })).toBe('PROMOTION_ARCHIVED')
  const unknown = encodeId('promotion', newId())
  expect(await codeOf('promotionPause', { id: unknown })).toBe('NOT_FOUND')
})

test('The same key gives the same answer again, and nothing is paused twice', async () => {
  const id = await make()
  const input = { id, idempotencyKey: newId() }
  const first = await mutate('promotionPause', input)
  await mutate('promotionResume', { id })
  expect((await mutate('promotionPause', input)).userErrors).toEqual(first.userErrors)
  expect(await codeOf('promotionResume', { id })).toBe('PROMOTION_NOT_PAUSED')
})

test('Who may not write promotions, or not those of its channels, neither pauses nor resumes one', async () => {
  const id = await make()
  const as = (permission: Permission, channels?: readonly string[]) =>
    ({
      kind: 'app',
      keyId: newId(),
      grants: [grant([permission], { ...(channels && { channels }) })],
    }) as const
  for (const actor of [GUEST, as('promotions:read'), as('catalog:write')])
    for (const name of ['promotionPause', 'promotionResume']) {
      const { errors } = await call(name, { id }, { ...staff, actor })
      expect(errors?.[0]?.extensions?.['code']).toMatch(/UNAUTHENTICATED|FORBIDDEN/)
    }
  const narrow = { ...staff, actor: as('promotions:write', [webEu.id]) }
  expect((await mutate('promotionPause', { id }, narrow)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }])
})

test('The list of promotions finds paused ones by their status', async () => {
  const id = await make({ name: 'Resting' })
  await mutate('promotionPause', { id })
  const source =
    '{ promotions(first: 50, status: PAUSED, search: "Resting") { totalCount nodes { id status } } }'
  const { data } = await ask<{ promotions: object }>(source, { ctx: staff })
  expect(data.promotions).toEqual({ totalCount: 1, nodes: [{ id, status: 'PAUSED' }] })
})

interface News {
  readonly data: { readonly promotionChanged: { readonly promotion: { readonly id: string } } }
}

test('The pause and its end are in the log with what they changed, and staff hear of both', async () => {
  const feed = await startEventFeed(database)
  const news = await listen('subscription { promotionChanged { promotion { id } } }', {
    ctx: { ...staff, feed },
  })
  const id = await make({ trigger: 'OFFER' })
  await mutate('promotionPause', { id })
  await mutate('promotionResume', { id })
  // Created, published, paused, resumed; what was done before may still be on its way.
  for (let heard = 0; heard < 4;) {
    const { promotion } = ((await news.next()).value as News).data.promotionChanged
    if (promotion.id === id) heard += 1
  }
  await news.return()
  await feed.close()
  await logSettled(db)
  const events = await db
    .selectFrom('event')
    .select(['type', 'changed', 'payload'])
    .where('aggregate_id', '=', decodeId('promotion', id)!)
    .orderBy('seq')
    .execute()
  const payload = { version: 1, shelf: false }
  expect(events.slice(2)).toMatchObject([
    {
      type: 'PromotionPaused.v1',
      changed: { status: ['PUBLISHED', 'PAUSED'] },
      payload: { ...payload, status: 'PAUSED' },
    },
    {
      type: 'PromotionResumed.v1',
      changed: { status: ['PAUSED', 'PUBLISHED'] },
      payload: { ...payload, status: 'PUBLISHED' },
    },
  ])
})
