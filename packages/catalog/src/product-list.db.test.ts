import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { grant, GUEST, type CursorKey } from '@hilo/kernel'
import { beforeAll, expect, test } from 'vitest'
import { countProducts, productPage, type ProductPage } from './product-list.ts'
import type { ProductFilter } from './product-filter.ts'
import { createTestProduct } from './testing/index.ts'
import { viewpoint } from './visibility.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }

const page = (over: Partial<ProductPage> = {}): ProductPage => ({
  view: viewpoint(guest),
  reader: { locale: 'en' },
  filter: {},
  sort: { field: 'NAME', direction: 'asc' },
  after: undefined,
  limit: 100,
  ...over,
})

const slugs = async (over: Partial<ProductPage> = {}) =>
  (await productPage(db, page(over))).map(({ slug }) => slug)

const found = (filter: ProductFilter) => slugs({ filter })

beforeAll(async () => {
  const only = [channels.webUs.id]
  await createTestProduct(staff, {
    sku: 'BEANS-1',
    name: { en: 'Ocaña beans', es: 'Café en grano' },
    category: 'drinks/coffee',
  })
  await createTestProduct(staff, {
    sku: 'TEA-1',
    name: { en: 'Green tea', es: 'Té verde' },
    category: 'drinks/tea',
  })
  await createTestProduct(staff, { sku: 'MUG_100%', name: { en: 'mug', es: 'Taza' } })
  await createTestProduct(staff, { sku: 'draft', name: { en: 'Draft' }, status: 'DRAFT' })
  await createTestProduct(staff, { sku: 'old', name: { en: 'Old' }, status: 'ARCHIVED' })
  await createTestProduct(staff, { sku: 'us-only', name: { en: 'Zippo' }, channelIds: only })
})

test('A guest sees only what is published in the channel, staff see all', async () => {
  expect(await slugs()).toEqual(['tea-1', 'mug-100-', 'beans-1'])
  expect(await slugs({ view: viewpoint({ ...guest, channel: channels.webUs }) })).toContain('us-only')
  expect(await slugs({ view: viewpoint(staff) })).toHaveLength(6)
})

test('Staff without the right to edit the catalogue see no drafts', async () => {
  const actor = { kind: 'staff', staffId: 's', sessionId: 's', grants: [grant(['orders:read'])] } as const
  expect(await slugs({ view: viewpoint({ ...staff, actor }) })).toHaveLength(3)
})

test('Names sort as the language does, not as bytes do', async () => {
  expect(await slugs({ reader: { locale: 'es' } })).toEqual(['beans-1', 'mug-100-', 'tea-1'])
  expect(await slugs({ sort: { field: 'NAME', direction: 'desc' } })).toEqual([
    'beans-1',
    'mug-100-',
    'tea-1',
  ])
})

test('A category finds what stands below it', async () => {
  const { id } = await db
    .selectFrom('category')
    .select('id')
    .where('slug', '=', 'drinks')
    .executeTakeFirstOrThrow()
  expect(await found({ categoryId: id })).toEqual(['tea-1', 'beans-1'])
})

test('A search finds words in either language and in SKUs, in any order, and forgives a mistake', async () => {
  expect(await found({ search: 'beans ocaña' })).toEqual(['beans-1'])
  expect(await found({ search: 'grano' })).toEqual(['beans-1'])
  expect(await found({ search: 'tea-' })).toEqual(['tea-1'])
  expect(await found({ search: 'verdee' })).toEqual(['tea-1'])
  expect(await found({ search: 'beans tea' })).toEqual([])
  expect(await found({ search: '  ' })).toHaveLength(3)
})

test('Per cent signs, underscores and backslashes in a search mean themselves', async () => {
  expect(await found({ search: '0%' })).toEqual(['mug-100-'])
  expect(await found({ search: 'MUG_' })).toEqual(['mug-100-'])
  expect(await found({ search: 'M%G' })).toEqual([])
  expect(await found({ search: '\\' })).toEqual([])
  expect(await found({ search: "'; drop table product; --" })).toEqual([])
})

test('Filters nest: and, or, not, ids, SKUs and status', async () => {
  const view = viewpoint(staff)
  const of = (filter: ProductFilter) => slugs({ view, filter })
  expect(await of({ or: [{ skus: ['TEA-1'] }, { status: 'DRAFT' }] })).toEqual(['draft', 'tea-1'])
  expect(await of({ and: [{ not: { status: 'PUBLISHED' } }, { not: { status: 'DRAFT' } }] })).toEqual(['old'])
  expect(await of({ ids: [] })).toEqual([])
  expect(await of({ or: [] })).toEqual([])
  expect(await of({ and: [] })).toHaveLength(6)
})

test('Pages follow each other without a gap or a double, in every sort', async () => {
  for (const field of ['NAME', 'CREATED_AT', 'UPDATED_AT'] as const) {
    for (const direction of ['asc', 'desc'] as const) {
      const sort = { field, direction }
      const whole = await slugs({ sort })
      const paged: string[] = []
      let after: CursorKey | undefined
      for (;;) {
        const [next] = await productPage(db, page({ sort, after, limit: 1 }))
        if (!next) break
        paged.push(next.slug)
        after = next.sortKey
      }
      expect(paged).toEqual(whole)
    }
  }
})

test('A page and a count are one statement each', async () => {
  const { statements } = await recordStatements(async () => {
    await productPage(db, page({ filter: { search: 'tea coffee', or: [{ skus: ['a'] }] } }))
    expect(await countProducts(db, page())).toBe(3)
  })
  expect(statements).toHaveLength(2)
})
