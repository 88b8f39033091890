import { staffActor } from '@hilo/access/testing'
import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createTestPromotion } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const shop = testContext(db, { channel: webEu })
const staff = { ...shop, actor: staffActor() }
const translator = { ...shop, actor: staffActor(['catalog:write']) }
await db.deleteFrom('shop').execute()
await db
  .insertInto('shop')
  .values({
    code: 'test',
    name: 'Test',
    default_channel_id: webEu.id,
    locales: ['en', 'fr'],
    default_locale: 'en',
  })
  .execute()

const [spring, draft, over] = [
  await createTestPromotion(shop, { name: 'Spring days' }),
  await createTestPromotion(shop, { name: 'Not yet', draft: true }),
  await createTestPromotion(shop, { name: 'Long ago' }),
]
await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', over).execute()
const [springId, draftId, overId] = [spring, draft, over].map((id) => encodeId('promotion', id))

const MISSING = `{ translationsMissing(locale: "fr", kind: PROMOTION) {
  totalCount nodes { id field part names productId version texts { en } } } }`
const COVERAGE = '{ translationCoverage { locale kind total translated } }'

const missing = async (ctx = staff) =>
  (await ask<{ translationsMissing: { totalCount: number; nodes: object[] } }>(MISSING, { ctx })).data
    .translationsMissing

const coverage = async (ctx = staff) =>
  (await ask<{ translationCoverage: { kind: string }[] }>(COVERAGE, { ctx })).data.translationCoverage.filter(
    ({ kind }) => kind === 'PROMOTION',
  )

const set = async (translations: object[], ctx = staff) => {
  const source = `mutation ($input: TranslationsSetInput!) {
    translationsSet(input: $input) { count userErrors { code path } } }`
  const { data, errors } = await ask<{ translationsSet: { count: number | null; userErrors: object[] } }>(
    source,
    { ctx, variables: { input: { locale: 'fr', translations } } },
  )
  expect(errors).toBeUndefined()
  return data.translationsSet
}

const promotionNow = (id: string) =>
  db.selectFrom('promotion').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('names of promotions that a language lacks are told with the texts of the catalogue, but of those that are over', async () => {
  const { result, statements } = await recordStatements(() => missing())
  expect(result).toEqual({
    totalCount: 2,
    nodes: [
      [springId, 'Spring days'],
      [draftId, 'Not yet'],
    ].map(([id, name]) => ({
      id,
      field: 'NAME',
      part: null,
      names: [name],
      productId: null,
      version: 1,
      texts: { en: name },
    })),
  })
  expect(statements).toHaveLength(2)
  const covered = await recordStatements(() => coverage())
  expect(covered.statements).toHaveLength(1)
  expect(covered.result).toEqual([
    { locale: 'en', kind: 'PROMOTION', total: 2, translated: 2 },
    { locale: 'fr', kind: 'PROMOTION', total: 2, translated: 0 },
  ])
})

test('who may not read promotions is told of none, and writes no name of one', async () => {
  expect(await missing(translator)).toEqual({ totalCount: 0, nodes: [] })
  expect(await coverage(translator)).toEqual([])
  const said = [{ id: springId, field: 'NAME', text: 'Printemps' }]
  expect((await set(said, translator)).userErrors).toEqual([
    { code: 'FORBIDDEN', path: ['translations', '0', 'id'] },
  ])
  const reader = { ...shop, actor: staffActor(['catalog:write', 'promotions:read']) }
  expect((await set(said, reader)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }])
  expect((await promotionNow(spring)).version).toBe(1)
})

test('a file of translations is refused whole for what one promotion refuses, with its place', async () => {
  const good = { id: springId, field: 'NAME', text: 'Printemps' }
  const refusalOf = async (other: object) =>
    (await set([good, { field: 'NAME', text: 'x', ...other }])).userErrors
  const strange = encodeId('promotion', newId())
  expect(await refusalOf({ id: strange })).toEqual([{ code: 'NOT_FOUND', path: ['translations', '1', 'id'] }])
  expect(await refusalOf({ id: overId })).toEqual([
    { code: 'PROMOTION_ARCHIVED', path: ['translations', '1', 'id'] },
  ])
  expect(await refusalOf({ id: draftId, ifVersion: 7 })).toEqual([
    { code: 'VERSION_CONFLICT', path: ['translations', '1', 'ifVersion'] },
  ])
  expect(await refusalOf({ id: draftId, field: 'DESCRIPTION' })).toEqual([
    { code: 'INVALID_INPUT', path: ['translations', '1', 'field'] },
  ])
  expect(await refusalOf({ id: draftId, text: ' ' })).toEqual([
    { code: 'TEXT_MISSING', path: ['translations', '1', 'text'] },
  ])
  expect(await promotionNow(spring)).toMatchObject({ version: 1, name: { en: 'Spring days' } })
})

test('names of promotions and of products are written together; what was published stays so, and the same again changes nothing', async () => {
  const { productId } = await createTestProduct(staff, { sku: 'cup', name: { en: 'Cup' } })
  const said = [
    { id: encodeId('product', productId), field: 'NAME', text: 'Tasse' },
    { id: springId, field: 'NAME', text: 'Jours de mars', ifVersion: 1 },
    { id: springId, field: 'NAME', text: 'Jours de printemps', ifVersion: 1 },
  ]
  expect(await set(said)).toEqual({ count: 2, userErrors: [] })
  expect(await promotionNow(spring)).toMatchObject({
    version: 2,
    published_version: 2,
    name: { en: 'Spring days', fr: 'Jours de printemps' },
  })
  const events = await db
    .selectFrom('event')
    .select(['type', 'changed'])
    .where('aggregate_id', '=', spring)
    .where('type', '=', 'PromotionUpdated.v1')
    .execute()
  expect(events).toEqual([
    {
      type: 'PromotionUpdated.v1',
      changed: { name: [{ en: 'Spring days' }, { en: 'Spring days', fr: 'Jours de printemps' }] },
    },
  ])
  expect(await set([{ ...said[2], ifVersion: 2 }])).toEqual({ count: 0, userErrors: [] })
  expect((await promotionNow(spring)).version).toBe(2)
  expect((await missing()).nodes).toMatchObject([{ id: draftId }])
})
