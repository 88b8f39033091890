import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { encodeId, grant, GUEST, newId } from '@hilo/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPricedProduct, createTestPromotion } from '../testing/index.ts'
import './index.ts'

const { db, database } = await testDatabase()
const { webEu } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
const guest = { ...staff, actor: GUEST }

const FIELDS = `id name status version publishedVersion trigger class summary startsAt endsAt usageLimit
  perCustomerLimit used coupons { nodes { code used } totalCount }`

interface Answer {
  readonly promotion: {
    readonly id: string
    readonly version: number
    readonly publishedVersion: number | null
  } | null
  readonly userErrors: readonly {
    readonly code: string
    readonly path: readonly string[]
    readonly message: string
  }[]
}

const mutate = async (name: string, input: object, ctx = staff): Promise<Answer> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) {
    promotion { ${FIELDS} } userErrors { code path message } } }`
  const { data, errors } = await ask<Record<string, Answer>>(source, { ctx, variables: { input } })
  expect(errors).toBeUndefined()
  return data[name]!
}

const refusal = async (name: string, input: object) => {
  const [error] = (await mutate(name, input)).userErrors
  return error && `${error.code} ${error.path.join('.')}`
}

const TEN_PERCENT = {
  v: 1,
  trigger: 'AUTOMATIC',
  items: { category: ['coffee'] },
  channels: { kinds: ['DEVICE'] },
  effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' },
}

beforeAll(async () => {
  await createPricedProduct(staff, {
    sku: 'beans',
    amounts: { EUR: 1000 },
    category: 'coffee',
    name: { en: 'Beans', es: 'Granos' },
  })
  await db
    .updateTable('category')
    .set({ name: '{"en":"Coffee","es":"Café"}' })
    .where('slug', '=', 'coffee')
    .execute()
})

test('A promotion is drafted, published, changed as a draft, published again and archived', async () => {
  const created = await mutate('promotionCreate', { name: { en: 'Coffee week' }, definition: TEN_PERCENT })
  expect(created.promotion).toMatchObject({
    status: 'DRAFT',
    version: 1,
    publishedVersion: null,
    trigger: 'AUTOMATIC',
    class: 'CATALOG',
    summary: '10 % off coffee on devices',
  })
  const { id } = created.promotion!
  expect((await mutate('promotionPublish', { id, ifVersion: 1 })).promotion).toMatchObject({
    status: 'PUBLISHED',
    publishedVersion: 1,
  })
  const definition = { ...TEN_PERCENT, effect: { ...TEN_PERCENT.effect, ratePpm: 200_000 } }
  const changed = await mutate('promotionUpdate', { id, ifVersion: 1, definition })
  expect(changed.promotion).toMatchObject({ status: 'PUBLISHED', version: 2, publishedVersion: 1 })
  expect(await refusal('promotionPublish', { id, ifVersion: 1 })).toBe('VERSION_CONFLICT ifVersion')
  expect((await mutate('promotionPublish', { id, ifVersion: 2 })).promotion).toMatchObject({
    publishedVersion: 2,
  })
  const renamed = await mutate('promotionUpdate', { id, name: { en: 'Renamed' }, definition, usageLimit: 5 })
  expect(renamed.promotion).toMatchObject({ version: 3, publishedVersion: 3, usageLimit: 5 })
  expect((await mutate('promotionArchive', { id })).promotion).toMatchObject({ status: 'ARCHIVED' })
  expect(await refusal('promotionUpdate', { id, name: { en: 'x' } })).toBe('PROMOTION_ARCHIVED id')
  expect(await refusal('promotionPublish', { id })).toBe('PROMOTION_ARCHIVED id')
})

test('The summary is in the language of the request, with the names of what the rule refers to', async () => {
  const product = await db
    .selectFrom('product')
    .select('id')
    .where('slug', '=', 'beans')
    .executeTakeFirstOrThrow()
  await createPricedProduct(staff, { sku: 'gone', amounts: { EUR: 1 } })
  const id = await createTestPromotion(staff, {
    items: { any: [{ product: [encodeId('product', product.id)] }, { sku: ['gone'] }] },
  })
  await db.updateTable('variant').set({ sku: 'renamed' }).where('sku', '=', 'gone').execute()
  const source = 'query ($id: ID!) { promotion(id: $id) { summary } }'
  const summary = async (locale: 'en' | 'es') =>
    (
      await ask<{ promotion: { summary: string } }>(source, {
        ctx: { ...staff, locale },
        variables: { id: encodeId('promotion', id) },
      })
    ).data.promotion.summary
  expect(await summary('en')).toBe('10 % off Beans or gone')
  expect(await summary('es')).toBe('10 % de descuento en Granos o gone')
})

test('A rule that can never work is refused, with the path of what is wrong', async () => {
  const create = (definition: unknown) => refusal('promotionCreate', { name: { en: 'x' }, definition })
  expect(await create('10 % off')).toBe('PROMOTION_INVALID definition')
  expect(await create({ ...TEN_PERCENT, effect: { ...TEN_PERCENT.effect, ratePpm: 2_000_000 } })).toBe(
    'PROMOTION_INVALID definition.effect.ratePpm',
  )
  expect(await create({ ...TEN_PERCENT, unknown: 1 })).toBe('PROMOTION_INVALID definition.unknown')
  expect(await create({ ...TEN_PERCENT, items: { sku: ['a\u0000'] } })).toBe('PROMOTION_INVALID definition')
  expect(await create({ ...TEN_PERCENT, items: { sku: ['\ud800'] } })).toBe('PROMOTION_INVALID definition')
  const late = { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }
  expect(await create({ ...TEN_PERCENT, ...late })).toMatch(/^PROMOTION_INVALID definition/)
  const deep = Array.from({ length: 200 }).reduce<object>((inner) => ({ not: inner }), { sku: ['a'] })
  expect(await create({ ...TEN_PERCENT, items: deep })).toMatch(/^PROMOTION_INVALID definition/)
  const long = { sku: Array.from({ length: 9_000 }, () => 'x'.repeat(100)) }
  expect(await create({ ...TEN_PERCENT, items: long })).toBe('PROMOTION_INVALID definition')
})

test('A rule that names what the shop does not have is refused where it names it', async () => {
  const rule = (change: object) =>
    refusal('promotionCreate', { name: { en: 'x' }, definition: { ...TEN_PERCENT, ...change } })
  const gift = (variant: string) => rule({ effect: { kind: 'GIFT', variant } })
  const { id: product } = await db
    .selectFrom('product')
    .select('id')
    .where('slug', '=', 'beans')
    .executeTakeFirstOrThrow()
  const { id: variant } = await db
    .selectFrom('variant')
    .select('id')
    .where('sku', '=', 'beans')
    .executeTakeFirstOrThrow()
  for (const wrong of ['beans', encodeId('product', product), newId(), encodeId('variant', newId())])
    expect(await gift(wrong)).toBe('PROMOTION_INVALID definition.effect.variant')
  expect(await gift(encodeId('variant', variant))).toBeUndefined()
  expect(await rule({ items: { any: [{ category: ['coffee'] }, { not: { category: ['coffe'] } }] } })).toBe(
    'PROMOTION_INVALID definition.items.any.1.not.category.0',
  )
  const buy = { quantity: 1, items: { product: [encodeId('product', product), 'prod_x'] } }
  expect(await rule({ effect: { kind: 'BUY_X_GET_Y', buy, get: { quantity: 1 } } })).toBe(
    'PROMOTION_INVALID definition.effect.buy.items.product.1',
  )
  for (const [items, path] of [
    [{ collection: ['none'] }, 'collection.0'],
    [{ variant: [variant, product] }, 'variant.1'],
    [{ sku: ['beans', 'bean'] }, 'sku.1'],
    [{ taxClass: ['LUXURY'] }, 'taxClass.0'],
    [{ attribute: { code: 'none', in: ['x'] } }, 'attribute.code'],
  ] as const) {
    expect(await rule({ items })).toBe(`PROMOTION_INVALID definition.items.${path}`)
  }
  expect(await rule({ channels: { codes: ['web-eu', 'web'] } })).toBe(
    'PROMOTION_INVALID definition.channels.codes.1',
  )
  expect(await rule({ markets: ['mars'] })).toBe('PROMOTION_INVALID definition.markets.0')
  expect(await rule({ audience: { customerGroups: ['vips'] } })).toBe(
    'PROMOTION_INVALID definition.audience.customerGroups.0',
  )
  expect(await rule({ audience: { segments: ['loyals'] } })).toBe(
    'PROMOTION_INVALID definition.audience.segments.0',
  )
})

test('A rule asks only for attributes that can be filtered by, and for choices that they have', async () => {
  const at = { created_at: new Date(), updated_at: new Date(), name: '{"en":"Roast"}' }
  const [roast, secret] = [newId(), newId()]
  const kind = 'CHOICE'
  await db
    .insertInto('attribute')
    .values([
      { id: roast, code: 'roast', kind, filterable: true, ...at },
      { id: secret, code: 'secret', kind, filterable: false, ...at },
    ])
    .execute()
  await db
    .insertInto('attribute_choice')
    .values({ id: newId(), attribute_id: roast, code: 'dark', name: '{"en":"Dark"}' })
    .execute()
  const rule = (attribute: object) =>
    refusal('promotionCreate', { name: { en: 'x' }, definition: { ...TEN_PERCENT, items: { attribute } } })
  expect(await rule({ code: 'roast', in: ['dark'] })).toBeUndefined()
  expect(await rule({ code: 'roast', in: ['dark', 'drak'] })).toBe(
    'PROMOTION_INVALID definition.items.attribute.in.1',
  )
  expect(await rule({ code: 'secret' })).toBe('PROMOTION_INVALID definition.items.attribute.code')
})

test('What a rule names must be there when it is changed and published, and may be gone when it stays as it is', async () => {
  const slug = 'passing'
  await db.insertInto('category').values({ id: newId(), slug, name: '{"en":"Passing"}' }).execute()
  const definition = { ...TEN_PERCENT, items: { category: [slug] } }
  const { promotion } = await mutate('promotionCreate', { name: { en: 'Passing' }, definition })
  const { id } = promotion!
  await db.deleteFrom('category').where('slug', '=', slug).execute()
  expect(await refusal('promotionUpdate', { id, name: { en: 'Passed' }, definition })).toBeUndefined()
  expect(await refusal('promotionUpdate', { id, definition: { ...definition, priority: 1 } })).toBe(
    'PROMOTION_INVALID definition.items.category.0',
  )
  expect(await refusal('promotionPublish', { id })).toBe('PROMOTION_INVALID definition.items.category.0')
})

test('Why a rule is refused is said in the language of the request', async () => {
  const source = `mutation ($input: PromotionCreateInput!) {
    promotionCreate(input: $input) { userErrors { message ... on PromotionInvalidError { reason } } } }`
  const said = async (locale: 'en' | 'es') => {
    const input = { name: { en: 'x' }, definition: { ...TEN_PERCENT, unknown: 1 } }
    const { data } = await ask<{ promotionCreate: { userErrors: object[] } }>(source, {
      ctx: { ...staff, locale },
      variables: { input },
    })
    return data.promotionCreate.userErrors
  }
  expect(await said('en')).toEqual([
    { message: 'This promotion cannot work: is not known here.', reason: 'is not known here' },
  ])
  expect(await said('es')).toEqual([
    { message: 'Esta promoción no puede funcionar: no se conoce aquí.', reason: 'no se conoce aquí' },
  ])
})

test('Names, limits and codes are checked', async () => {
  const coupon = { v: 1, trigger: 'COUPON', effect: TEN_PERCENT.effect }
  const create = (more: object) =>
    refusal('promotionCreate', { name: { en: 'x' }, definition: coupon, ...more })
  expect(await create({ name: { en: ' ' } })).toBe('TEXT_MISSING name.en')
  expect(await create({ usageLimit: 0 })).toBe('LIMIT_INVALID usageLimit')
  expect(await create({ perCustomerLimit: -1 })).toBe('LIMIT_INVALID perCustomerLimit')
  expect(await create({ couponCodes: ['OK', 'two words'] })).toBe('COUPON_CODE_INVALID couponCodes.1')
  expect(await create({ couponCodes: Array.from({ length: 1_001 }, (_, index) => `C${index}`) })).toBe(
    'TOO_MANY_CODES couponCodes',
  )
  expect(await create({ couponCodes: ['TAKEN'] })).toBeUndefined()
  expect(await create({ couponCodes: ['FREE', 'TAKEN'] })).toBe('COUPON_CODE_TAKEN couponCodes.1')
  expect(await create({ couponCodes: ['taken'] })).toBeUndefined()
  expect(await db.selectFrom('coupon').select('code').where('code', '=', 'FREE').execute()).toEqual([])
})

test('Codes are refused where they start nothing', async () => {
  const definition = { v: 1, trigger: 'AUTOMATIC', effect: TEN_PERCENT.effect }
  const make = (more: object) => mutate('promotionCreate', { name: { en: 'x' }, definition, ...more })
  const refused = (await make({ couponCodes: ['VAIN'] })).userErrors
  expect(refused).toMatchObject([
    {
      code: 'PROMOTION_INVALID',
      path: ['couponCodes'],
      message: 'This promotion cannot work: codes start only a promotion whose trigger is COUPON.',
    },
  ])
  const { id } = (await make({ couponCodes: [] })).promotion!
  expect(await refusal('promotionUpdate', { id, couponCodes: ['VAIN'] })).toBe(
    'PROMOTION_INVALID couponCodes',
  )
  expect(
    await refusal('promotionUpdate', {
      id,
      couponCodes: ['OF-USE'],
      definition: { ...definition, trigger: 'COUPON' },
    }),
  ).toBeUndefined()
})

test('A promotion that starts with a coupon needs a code to be published, and its codes can be replaced', async () => {
  const definition = { v: 1, trigger: 'COUPON', effect: TEN_PERCENT.effect }
  const { promotion } = await mutate('promotionCreate', { name: { en: 'Codes' }, definition })
  const { id } = promotion!
  expect(await refusal('promotionPublish', { id })).toBe('COUPON_CODES_MISSING id')
  await mutate('promotionUpdate', { id, couponCodes: ['B', 'A', 'B'] })
  const replaced = await mutate('promotionUpdate', { id, couponCodes: ['C', 'A'] })
  expect(replaced.promotion).toMatchObject({
    coupons: { nodes: [{ code: 'A' }, { code: 'C' }], totalCount: 2 },
  })
  expect((await mutate('promotionPublish', { id })).promotion).toMatchObject({ status: 'PUBLISHED' })
})

test('Only staff with the permission see and change promotions, also by their ids', async () => {
  const id = encodeId('promotion', await createTestPromotion(staff, { name: 'Internal' }))
  const actor = { kind: 'app', keyId: newId(), grants: [grant(['catalog:write'])] } as const
  for (const ctx of [guest, { ...staff, actor }]) {
    const code = async (source: string) => (await ask(source, { ctx })).errors?.[0]?.extensions?.['code']
    expect(await code('{ promotions { nodes { id } } }')).toMatch(/UNAUTHENTICATED|FORBIDDEN/)
    expect(await code(`{ promotion(id: "${id}") { id } }`)).toMatch(/UNAUTHENTICATED|FORBIDDEN/)
    expect(
      await code(`mutation { promotionArchive(input: { id: "${id}" }) { userErrors { code } } }`),
    ).toMatch(/UNAUTHENTICATED|FORBIDDEN/)
    expect((await ask(`{ node(id: "${id}") { id } }`, { ctx })).data).toEqual({ node: null })
  }
  expect(await refusal('promotionArchive', { id: encodeId('promotion', newId()) })).toBe('NOT_FOUND id')
})

test('A list with summaries takes two statements, is searched by name and code, and pages to its end', async () => {
  const source = `query ($first: Int, $after: String, $search: String, $status: PromotionStatus) {
    promotions(first: $first, after: $after, search: $search, status: $status) {
      pageInfo { hasNextPage endCursor } nodes { name summary } } }`
  interface List {
    promotions: { pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: { name: string }[] }
  }
  const list = (variables: object) => ask<List>(source, { ctx: staff, variables: { ...variables } })
  const { result, statements } = await recordStatements(() => list({ first: 50 }))
  expect(statements).toHaveLength(2)
  const names: string[] = []
  for (let after: string | undefined; ;) {
    const { promotions } = (await list({ first: 3, after })).data
    names.push(...promotions.nodes.map(({ name }) => name))
    if (!promotions.pageInfo.hasNextPage) break
    after = promotions.pageInfo.endCursor
  }
  expect(names).toEqual(result.data.promotions.nodes.map(({ name }) => name))
  const found = async (variables: object) =>
    (await list(variables)).data.promotions.nodes.map(({ name }) => name)
  expect(await found({ search: 'renam' })).toEqual(['Renamed'])
  expect(await found({ search: 'C', status: 'PUBLISHED' })).toContain('Codes')
  expect(await found({ search: '100%_' })).toEqual([])
  expect(await found({ search: '\u0000' })).toEqual([])
})

interface News {
  readonly data: { readonly promotionChanged: { readonly promotion: { name: string; status: string } } }
}

test('Staff are told of each change, guests may not listen', async () => {
  const feed = await startEventFeed(database)
  afterAll(() => feed.close())
  const source = 'subscription { promotionChanged { promotion { name status } } }'
  await expect(listen(source, { ctx: { ...guest, feed } })).rejects.toThrow('UNAUTHENTICATED')
  const news = await listen(source, { ctx: { ...staff, feed } })
  await createTestPromotion(staff, { name: 'News' })
  const heard: string[] = []
  // What was done just before may still be on its way.
  while (heard.at(-1) !== 'News PUBLISHED') {
    const { promotion } = ((await news.next()).value as News).data.promotionChanged
    heard.push(`${promotion.name} ${promotion.status}`)
  }
  await news.return()
})
