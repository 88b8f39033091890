import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { newId, type Uuid } from '@hilo/kernel'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { insertCategories, insertProducts } from '../insert-products.ts'
import { updateCategory } from '../save-category.ts'
import { seeding } from '../testing/index.ts'
import { updateProduct } from '../update-product.ts'
import { refreshMembership } from './membership.ts'
import { readRuleSituation } from './product-facts.ts'
import type { CollectionRule } from './rule.ts'
import { fitsRule } from './rule-sql.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const DAY = 86_400_000

const categories = [
  ...(
    await seeding(staff, (ctx) =>
      insertCategories(ctx, [
        { slug: 'a', name: { en: 'A' } },
        { slug: 'b', name: { en: 'B' }, parentSlug: 'a' },
        { slug: 'c', name: { en: 'C' }, parentSlug: 'b' },
        { slug: 'd', name: { en: 'D' } },
      ]),
    )
  ).values(),
]

const typeId = newId()
await db
  .insertInto('product_type')
  .values({ id: typeId, code: 'bean', name: '{}', created_at: TEST_TIME, updated_at: TEST_TIME })
  .execute()
const attributes = new Map<string, Uuid>()
for (const [code, kind] of [
  ['roast', 'CHOICE'],
  ['score', 'NUMBER'],
  ['organic', 'BOOLEAN'],
  ['picked', 'DATE'],
] as const) {
  attributes.set(code, newId())
  await db
    .insertInto('attribute')
    .values({
      id: attributes.get(code)!,
      code,
      kind,
      name: '{}',
      filterable: true,
      created_at: TEST_TIME,
      updated_at: TEST_TIME,
    })
    .execute()
}

const products = await seeding(staff, (ctx) =>
  insertProducts(
    ctx,
    Array.from({ length: 8 }, (_, index) => ({
      slug: `p-${index}`,
      name: { en: `P ${index}` },
      variants: [{ sku: `P-${index}` }],
    })),
  ),
)

const leaf = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.subarray(categories, { minLength: 1, maxLength: 1 }).map((category) => ({ category })),
  },
  fc.constant<CollectionRule>({ productType: [typeId] }),
  fc
    .subarray(['dark', 'light'], { minLength: 1 })
    .map((values) => ({ attribute: { code: 'roast', in: values } })),
  fc.boolean().map((value) => ({ attribute: { code: 'organic', in: [value] } })),
  fc.integer({ min: 0, max: 5 }).map((n) => ({ attribute: { code: 'score', atLeast: n, atMost: n + 2 } })),
  fc.integer({ min: 0, max: 5 }).map((n) => ({ attribute: { code: 'score', in: [n, 'x', true] } })),
  fc
    .constantFrom<{ atLeast?: string; atMost?: string; in?: string[] }>(
      { atLeast: '2026-02-02' },
      { atMost: '2026-02-02' },
      { in: ['2026-02-03'] },
    )
    .map((bound) => ({
      attribute: { code: 'picked', ...bound },
    })),
  fc.constantFrom('Gre', 'İst', 'ß', 'P').map((startsWith) => ({ name: { startsWith } })),
  fc.constantFrom('REEN', 'sta', 'É').map((contains) => ({ name: { contains } })),
  fc.constantFrom('p-', 'X').map((startsWith) => ({ sku: { startsWith } })),
  fc.constantFrom('1', '-x').map((contains) => ({ sku: { contains } })),
  fc.constantFrom(1, 3).map((createdWithinDays) => ({ createdWithinDays })),
)

const { rule: anyRule } = fc.letrec<{ rule: CollectionRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
}))

/** What may happen to a product, or to the tree. */
const step = fc.record({
  product: fc.nat({ max: 7 }),
  change: fc.oneof(
    { weight: 3, arbitrary: fc.subarray(categories).map((ids) => ({ categories: ids })) },
    fc.boolean().map((typed) => ({ typed })),
    fc.constantFrom('Green tea', 'İstanbul', 'Straße', 'CAFÉ', 'P 1').map((name) => ({ name })),
    fc.constantFrom('X-1', 'p-x', 'P-1').map((sku) => ({ sku })),
    fc.constantFrom(0, 2, 5).map((days) => ({ days })),
    fc
      .record({
        roast: fc.constantFrom('dark', 'light', undefined),
        score: fc.option(fc.integer({ min: 0, max: 7 }), { nil: undefined }),
        organic: fc.option(fc.boolean(), { nil: undefined }),
        picked: fc.constantFrom('2026-02-01', '2026-02-02', '2026-02-03', undefined),
      })
      .map((values) => ({ values })),
    {
      weight: 3,
      arbitrary: fc.tuple(fc.nat({ max: 3 }), fc.option(fc.nat({ max: 3 }))).map((move) => ({ move })),
    },
  ),
})

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const setValues = async (productId: Uuid, values: Readonly<Record<string, unknown>>) => {
  await db.deleteFrom('attribute_value').where('product_id', '=', productId).execute()
  const column = {
    roast: 'text_value',
    score: 'number_value',
    organic: 'boolean_value',
    picked: 'date_value',
  }
  for (const [code, value] of Object.entries(values))
    if (value !== undefined)
      await sql`insert into attribute_value (product_id, attribute_id, ${sql.ref(column[code as 'roast'])})
        values (${productId}, ${attributes.get(code)!}, ${value})`.execute(db)
}

const take = async ({ product, change }: Step): Promise<void> => {
  const { id, variants } = products[product]!
  if ('move' in change) {
    const [from, to] = change.move
    const parentId = to === null ? null : categories[to]!
    await seeding(staff, async (ctx) => {
      await updateCategory(ctx, { id: categories[from]!, parentId })
    })
    return
  }
  if ('categories' in change || 'name' in change) {
    await seeding(staff, (ctx) =>
      updateProduct(
        ctx,
        'name' in change
          ? { id, name: { en: 'x', tr: change.name } }
          : { id, categoryIds: change.categories },
      ),
    )
    return
  }
  if ('values' in change) await setValues(id, change.values)
  else if ('typed' in change)
    await db
      .updateTable('product')
      .set({ product_type_id: change.typed ? typeId : null })
      .where('id', '=', id)
      .execute()
  else if ('days' in change)
    await db
      .updateTable('product')
      .set({ created_at: new Date(TEST_TIME.getTime() - change.days * DAY) })
      .where('id', '=', id)
      .execute()
  else
    await db
      .updateTable('variant')
      .set({ sku: `${change.sku}-${product}` })
      .where('id', '=', variants[0]!.id)
      .execute()
  await seeding(staff, (ctx) => refreshMembership(ctx, [id]))
}

const membersOf = async (collectionId: Uuid) =>
  (
    await db
      .selectFrom('collection_product')
      .select('product_id')
      .where('collection_id', '=', collectionId)
      .orderBy('product_id')
      .execute()
  ).map(({ product_id }) => product_id)

const fromScratch = async (rule: CollectionRule) =>
  (await db.selectFrom('product').select('id').where(fitsRule(rule, TEST_TIME)).orderBy('id').execute()).map(
    ({ id }) => id,
  )

test(
  'membership kept up change by change is membership evaluated from scratch',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRule, { minLength: 1, maxLength: 6 }),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        async (rules, steps) => {
          await db.deleteFrom('collection').execute()
          const ids: Uuid[] = []
          for (const rule of rules) {
            const id = newId()
            ids.push(id)
            await db
              .insertInto('collection')
              .values({
                id,
                slug: `c-${id}`,
                name: '{}',
                rule: JSON.stringify(rule),
                created_at: TEST_TIME,
                updated_at: TEST_TIME,
              })
              .execute()
          }
          await seeding(staff, (ctx) =>
            refreshMembership(
              ctx,
              products.map(({ id }) => id),
            ),
          )
          for (const one of steps) await take(one)
          for (const [index, rule] of rules.entries())
            expect(await membersOf(ids[index]!)).toEqual(await fromScratch(rule))
        },
      ),
      { numRuns: 40 },
    )
  },
)

test('a product is asked only about the rules it may fit, in statements that do not grow with the rules', async () => {
  await db.deleteFrom('collection').execute()
  await db
    .insertInto('collection')
    .values(
      Array.from({ length: 300 }, (_, index) => ({
        id: newId(),
        slug: `r-${index}`,
        name: '{}',
        rule: JSON.stringify({
          all: [
            { attribute: { code: 'roast', in: [`roast-${index}`] } },
            { not: { category: [categories[3]!] } },
          ],
        }),
        created_at: TEST_TIME,
        updated_at: TEST_TIME,
      })),
    )
    .execute()
  const [first] = products
  await setValues(first!.id, { roast: 'roast-7' })
  await seeding(staff, (ctx) => updateProduct(ctx, { id: first!.id, categoryIds: [] }))
  await db.deleteFrom('collection_product').execute()
  const { facts, index } = await readRuleSituation(db, [first!.id])
  expect(index.lookedAt(facts[0]!)).toBe(1)
  const change = () => seeding(staff, (ctx) => updateProduct(ctx, { id: first!.id, name: { en: 'Again' } }))
  const came = await recordStatements(change)
  expect(await db.selectFrom('collection_product').selectAll().execute()).toHaveLength(1)
  const stayed = await recordStatements(change)
  expect(came.statements.length - stayed.statements.length).toBeLessThanOrEqual(2)
  await db.deleteFrom('collection').execute()
  const without = await recordStatements(change)
  expect(stayed.statements.length - without.statements.length).toBeLessThanOrEqual(2)
})
