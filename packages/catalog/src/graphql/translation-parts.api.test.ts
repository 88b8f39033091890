import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, type Uuid } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestProduct, createTestType } from '../testing/index.ts'
import './index.ts'

/** An answer as a test walks through it. */
// oxlint-disable-next-line no-explicit-any
type Answer = any

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
await db.deleteFrom('shop').execute()
await db
  .insertInto('shop')
  .values({ code: 'test', name: 'Test', default_channel_id: channels.webEu.id, locales: ['en', 'fr'] })
  .execute()

const answer = async (source: string, variables = {}): Promise<Answer> => {
  const { data, errors } = await ask<Answer>(source, { ctx: staff, variables })
  expect(errors).toBeUndefined()
  return data
}

const set = async (...translations: object[]) =>
  (
    await answer(
      'mutation ($input: TranslationsSetInput!) { translationsSet(input: $input) { count userErrors { code path } } }',
      { input: { locale: 'fr', translations } },
    )
  ).translationsSet

const FIELDS = 'id field part isRichText names partName productId version texts { en }'

const missing = async (kind: string, first = 50): Promise<Answer[]> =>
  (
    await answer(
      `{ translationsMissing(locale: "fr", kind: ${kind}, first: ${first}) { totalCount nodes { ${FIELDS} } } }`,
    )
  ).translationsMissing.nodes

const text = { kind: 'TEXT', localized: true, filterable: false } as const
const type = await createTestType(staff, {
  code: 'mug',
  attributes: [
    { ...text, code: 'care', maxLength: 20 },
    { ...text, code: 'story', kind: 'RICH_TEXT' },
    { ...text, code: 'finish', level: 'VARIANT' },
    { code: 'width', kind: 'NUMBER' },
    { code: 'glaze', kind: 'CHOICE', choices: ['ash', 'sea'] },
  ],
})
const made = await createTestProduct(staff, {
  sku: 'MUG',
  name: { en: 'Mug', fr: 'Tasse' },
  productType: type,
  attributes: [
    { code: 'care', texts: { en: 'By hand' } },
    { code: 'story', texts: { en: '<p>Made here</p>' } },
    { code: 'width', number: 8 },
    { code: 'glaze', choice: 'ash' },
  ],
})
const [product, variant] = [encodeId('product', made.productId), encodeId('variant', made.variantId)]
const glazeId = (
  await db.selectFrom('attribute').select('id').where('code', '=', 'glaze').executeTakeFirstOrThrow()
).id
const glaze = encodeId('attribute', glazeId)

const eventsOf = async (id: Uuid) =>
  db
    .selectFrom('event')
    .select(['type', 'changed'])
    .where('aggregate_id', '=', id)
    .where('type', 'like', '%Updated.v1')
    .orderBy('id')
    .execute()

beforeAll(() =>
  answer('mutation ($input: VariantUpdateInput!) { variantUpdate(input: $input) { userErrors { code } } }', {
    input: { id: variant, attributes: [{ code: 'finish', texts: { en: 'Matt' } }] },
  }),
)

describe('texts of localised attributes', () => {
  it('are told as missing, with what they are of, in one statement and page by page', async () => {
    const { result, statements } = await recordStatements(() => missing('PRODUCT'))
    // The count is asked for too.
    expect(statements).toHaveLength(2)
    const told = { id: product, field: 'ATTRIBUTE', names: ['Mug'], productId: product, version: 1 }
    expect(result).toEqual([
      { ...told, part: 'care', partName: 'care', isRichText: false, texts: { en: 'By hand' } },
      { ...told, part: 'story', partName: 'story', isRichText: true, texts: { en: '<p>Made here</p>' } },
    ])
    expect(await missing('VARIANT')).toEqual([
      {
        id: variant,
        field: 'ATTRIBUTE',
        part: 'finish',
        partName: 'finish',
        isRichText: false,
        names: ['Mug', 'MUG'],
        productId: product,
        version: 2,
        texts: { en: 'Matt' },
      },
    ])
    const page = `query ($after: String) { translationsMissing(locale: "fr", kind: PRODUCT, first: 1, after: $after) {
      nodes { part } pageInfo { endCursor } } }`
    const first = (await answer(page)).translationsMissing
    const second = (await answer(page, { after: first.pageInfo.endCursor })).translationsMissing
    expect([...first.nodes, ...second.nodes]).toEqual([{ part: 'care' }, { part: 'story' }])
  })

  it('count in how far a language is', async () => {
    const { translationCoverage: told } = await answer(
      '{ translationCoverage { locale kind total translated } }',
    )
    const of = (kind: string) => told.find((one: Answer) => one.locale === 'fr' && one.kind === kind)
    expect(of('PRODUCT')).toMatchObject({ total: 3, translated: 1 })
    expect(of('VARIANT')).toMatchObject({ total: 1, translated: 0 })
    expect(of('ATTRIBUTE')).toMatchObject({ total: 7, translated: 0 })
  })

  it('are refused by the rules of their attribute, with their place, and then nothing is written', async () => {
    const refused = async (translation: object) => {
      const care = { id: product, field: 'ATTRIBUTE', part: 'care', text: 'À la main' }
      const payload = await set({ ...care, text: 'Main' }, { ...care, ...translation })
      const [{ code, path }] = payload.userErrors
      expect(path.slice(0, 2)).toEqual(['translations', '1'])
      return `${code} ${path[2]}`
    }
    expect(await refused({ text: 'x'.repeat(21) })).toBe('TEXT_TOO_LONG text')
    expect(await refused({ part: 'story', text: '<script>x</script>' })).toBe('TEXT_MISSING text')
    expect(await refused({ part: 'nothing' })).toBe('ATTRIBUTE_UNKNOWN part')
    expect(await refused({ part: 'care\0' })).toBe('ATTRIBUTE_UNKNOWN part')
    expect(await refused({ part: 'finish' })).toBe('ATTRIBUTE_UNKNOWN part')
    expect(await refused({ part: 'width' })).toBe('INVALID_INPUT part')
    expect(await refused({ part: null })).toBe('INVALID_INPUT part')
    expect(await refused({ field: 'NAME' })).toBe('INVALID_INPUT part')
    expect(await refused({ id: glaze })).toBe('INVALID_INPUT field')
    expect(await refused({ id: glaze, field: 'CHOICE', part: 'sand' })).toBe('CHOICE_UNKNOWN part')
    expect(await refused({ ifVersion: 7 })).toBe('VERSION_CONFLICT ifVersion')
    expect(await missing('PRODUCT')).toHaveLength(2)
  })

  it('are written as their editor does: sound, counted as one version, told by the product and the variant', async () => {
    const of = (id: string, part: string, said: string, ifVersion: number) => ({
      id,
      field: 'ATTRIBUTE',
      part,
      text: said,
      ifVersion,
    })
    const payload = await set(
      of(product, 'care', 'À la main', 1),
      of(product, 'story', '<p>D’ici<script>x</script></p>', 1),
      of(variant, 'finish', 'Mat', 2),
    )
    expect(payload).toEqual({ count: 3, userErrors: [] })
    expect([...(await missing('PRODUCT')), ...(await missing('VARIANT'))]).toEqual([])
    const { product: now } = await answer(`{ product(id: "${product}") { version versions { totalCount }
      attributes { ... on TextAttributeValue { texts { text(locale: "fr") } } ... on RichTextAttributeValue { htmlTexts { text(locale: "fr") } } }
      variants { version } } }`)
    expect(now).toMatchObject({ version: 2, versions: { totalCount: 2 }, variants: [{ version: 3 }] })
    expect(now.attributes).toContainEqual({ htmlTexts: { text: '<p>D’ici</p>' } })
    const told = await eventsOf(made.productId)
    expect(told.at(-1)).toMatchObject({
      type: 'ProductUpdated.v1',
      changed: { attributes: [{ care: { en: 'By hand' } }, { care: { en: 'By hand', fr: 'À la main' } }] },
    })
    expect((await eventsOf(made.variantId)).at(-1)).toMatchObject({
      type: 'VariantUpdated.v1',
      changed: { attributes: [{ finish: { en: 'Matt' } }, { finish: { en: 'Matt', fr: 'Mat' } }] },
    })
    expect(await set(of(product, 'care', 'À la main', 2))).toEqual({ count: 0, userErrors: [] })
    expect(await eventsOf(made.productId)).toHaveLength(told.length)
  })

  it('are found no more when their variant is in the archive', async () => {
    await set({ id: variant, field: 'NAME', text: 'Grande' })
    expect(await missing('VARIANT')).toEqual([])
    await answer(
      'mutation ($input: VariantUpdateInput!) { variantUpdate(input: $input) { userErrors { code } } }',
      {
        input: { id: variant, name: { en: 'Large' } },
      },
    )
    expect(await missing('VARIANT')).toHaveLength(1)
    await db
      .updateTable('variant')
      .set({ archived_at: staff.now() })
      .where('id', '=', made.variantId)
      .execute()
    expect(await missing('VARIANT')).toEqual([])
  })
})

it('Names of choices are translated with their attribute, which tells it and counts one version', async () => {
  expect(await missing('ATTRIBUTE')).toContainEqual({
    id: glaze,
    field: 'CHOICE',
    part: 'ash',
    partName: null,
    isRichText: false,
    names: ['glaze'],
    productId: null,
    version: 1,
    texts: { en: 'ash' },
  })
  const translations = [
    { id: glaze, field: 'CHOICE', part: 'ash', text: 'Cendre', ifVersion: 1 },
    { id: glaze, field: 'CHOICE', part: 'sea', text: 'Mer', ifVersion: 1 },
    { id: glaze, field: 'NAME', text: 'Émail', ifVersion: 1 },
  ]
  expect(await set(...translations)).toEqual({ count: 3, userErrors: [] })
  const { node } = await answer(
    `{ node(id: "${glaze}") { ... on Attribute { version choices { nameTexts { text(locale: "fr") } } } } }`,
  )
  expect(node).toEqual({
    version: 2,
    choices: [{ nameTexts: { text: 'Cendre' } }, { nameTexts: { text: 'Mer' } }],
  })
  expect(await eventsOf(glazeId)).toMatchObject([
    {
      type: 'AttributeUpdated.v1',
      changed: {
        name: [{ en: 'glaze' }, { en: 'glaze', fr: 'Émail' }],
        choices: [
          { ash: { en: 'ash' }, sea: { en: 'sea' } },
          { ash: { en: 'ash', fr: 'Cendre' }, sea: { en: 'sea', fr: 'Mer' } },
        ],
      },
    },
  ])
})
