import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { GUEST, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { insertCategories } from './insert-products.ts'
import { productPagesOf } from './product-list.ts'
import { createCategory, updateCategory } from './save-category.ts'
import { createTestProduct, seeding } from './testing/index.ts'
import { viewpoint } from './visibility.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })

const move = (id: Uuid, parentId: Uuid | null) =>
  command(staff, { operation: 'move', input: null }, (ctx) => updateCategory(ctx, { id, parentId }))

const roots = async (count: number, prefix: string): Promise<Uuid[]> => [
  ...(
    await seeding(staff, (ctx) =>
      insertCategories(
        ctx,
        Array.from({ length: count }, (_, n) => ({ slug: `${prefix}-${n}`, name: { en: `${n}` } })),
      ),
    )
  ).values(),
]

test('of moves that together make a circle one is refused, each time', async () => {
  for (let round = 0; round < 10; round += 1) {
    const ring = await roots(4, `ring-${round}`)
    const moves = await Promise.all(ring.map((id, index) => move(id, ring[(index + 1) % ring.length]!)))
    expect(moves.filter(({ ok }) => ok)).toHaveLength(3)
    const refused = moves.find((one) => !one.ok)
    expect(refused).toMatchObject({ error: { code: 'CATEGORY_CYCLE' } })
  }
})

test('a tree is at most 20 deep, whoever makes it so', async () => {
  let parentId: Uuid | null = null
  for (let depth = 0; depth < 20; depth += 1) {
    const made = await command(staff, { operation: 'make', input: null }, (ctx) =>
      createCategory(ctx, { slug: `deep-${depth}`, name: { en: 'x' }, parentId }),
    )
    if (!made.ok) throw new Error(made.error.code)
    parentId = made.value.categoryId
  }
  const [other] = await roots(1, 'other')
  expect(await move(other!, parentId)).toMatchObject({ error: { code: 'CATEGORY_TOO_DEEP' } })
})

test('the products of a category and those below it are found by indexes, not by reading all', async () => {
  const [top] = await roots(1, 'top')
  await createTestProduct(staff, { sku: 'indexed', category: 'top-0/below' })
  await sql`
    insert into product (id, slug, name)
    select gen_random_uuid(), 'filler-' || n, '{"en": "filler"}' from generate_series(1, 5000) as n`.execute(
    db,
  )
  const [, filler] = await roots(2, 'filler')
  await sql`
    insert into product_category select id, ${filler!} from product where slug like 'filler-%'`.execute(db)
  await sql`
    insert into product_channel (product_id, channel_id)
    select id, ${channels.webEu.id} from product where slug like 'filler-%'`.execute(db)
  await sql`analyze`.execute(db)
  const read = (inner: typeof db) =>
    productPagesOf(inner, 'category', {
      ownerIds: [top!],
      view: viewpoint({ ...staff, actor: GUEST }),
      reader: staff,
      sort: { field: 'NAME', direction: 'asc' },
      after: undefined,
      limit: 20,
    })
  const rowsScanned = sql<{ n: bigint }>`
    select coalesce(sum(seq_tup_read), 0)::int8 as n from pg_stat_xact_user_tables
    where relname in ('product', 'product_category', 'product_channel')`
  const rowsRead = await db.transaction().execute(async (tx) => {
    const before = (await rowsScanned.execute(tx)).rows[0]!.n
    expect(await read(tx)).toHaveLength(1)
    return (await rowsScanned.execute(tx)).rows[0]!.n - before
  })
  expect(Number(rowsRead)).toBe(0)
})
