import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { type Locale, refusalMessage } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { bundleTestVariant, createTestProduct } from '../testing/index.ts'
import { deleteProduct, deleteVariants } from './delete-variants.ts'
import { VARIANT_REFUSALS } from './errors.ts'
import { holderOf } from './holders.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const said = async (run: (inner: typeof ctx) => ReturnType<typeof deleteProduct>) => {
  const done = await command(ctx, { operation: 'delete', input: null }, run)
  if (done.ok) return []
  const spec = VARIANT_REFUSALS.catalogue[done.error.code as keyof typeof VARIANT_REFUSALS.catalogue]
  return (['en', 'es'] as const).map((locale: Locale) => refusalMessage(spec, done.error, locale))
}

test('what holds a variant or its product is told in words that people know', async () => {
  const part = await createTestProduct(ctx, { sku: 'cup' })
  const whole = await createTestProduct(ctx, { sku: 'set' })
  await bundleTestVariant(ctx, whole.variantId, { [part.variantId]: 1 })
  const { productId, variantId } = part
  expect(await said((inner) => deleteVariants(inner, { productId, variantIds: [variantId] }))).toEqual([
    'These variants cannot be deleted: one of them stands in a bundle.',
    'Estas variantes no se pueden eliminar: alguna de ellas figura en un lote de productos.',
  ])
  expect(await said((inner) => deleteProduct(inner, productId))).toEqual([
    'This product cannot be deleted: it stands in a bundle.',
    'Este producto no se puede eliminar: figura en un lote de productos.',
  ])
})

test('every table that can hold a variant or a product has its word', async () => {
  /** Of these a product is the owner, and takes them with it. */
  const own = ['image', 'option', 'variant', 'variant_option_value', 'product_category', 'product_channel']
  const { rows } = await sql<{ name: string }>`
    select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confdeltype in ('a', 'r') and confrelid in ('variant'::regclass, 'product'::regclass)
      and conrelid::regclass::text <> all(${[...own, 'collection_product']}::text[])
    order by 1`.execute(db)
  const unnamed = holderOf('')
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.filter(({ name }) => holderOf(name) === unnamed)).toEqual([])
})
