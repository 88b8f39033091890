import { createTestProduct, seeding, type TestProduct } from '@hilo/catalog/testing'
import type { Context } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { insertPriceLists, insertPrices, type PriceListSeed } from '../insert-prices.ts'

/** Makes a price list, of the kind BASE and for everyone when nothing else is said. */
export const createTestPriceList = (
  ctx: Context,
  { code, currency, ...seed }: Partial<PriceListSeed> & { readonly code: string; readonly currency: string },
): Promise<Uuid> =>
  seeding(ctx, async (inner) => {
    const list = { kind: 'BASE' as const, name: { en: code }, code, currency, ...seed }
    return (await insertPriceLists(inner, [list])).get(code)!
  })

/** Amounts in minor units by currency: `{ EUR: 1000, JPY: 1600 }`. */
export type TestAmounts = Readonly<Record<string, number>>

/** Prices a variant in the list `base-eur` and the like of each currency, made when they are not there. */
export const priceTestVariant = async (
  ctx: Context,
  variantId: Uuid,
  amounts: TestAmounts,
): Promise<void> => {
  for (const [currency, amount] of Object.entries(amounts)) {
    const code = `base-${currency.toLowerCase()}`
    await ctx.db
      .insertInto('price_list')
      .values({ id: newId(), code, currency, kind: 'BASE', name: JSON.stringify({ en: code }) })
      // Tests make products at once.
      .onConflict((conflict) => conflict.column('code').doNothing())
      .execute()
    await seeding(ctx, (inner) =>
      insertPrices(inner, [{ variantId, list: code, amountMinor: BigInt(amount) }]),
    )
  }
}

/** Makes a product whose variants all cost this: `createPricedProduct(ctx, { sku: 'beans', amounts: { EUR: 1000 } })`. */
export const createPricedProduct = async (
  ctx: Context,
  { amounts, ...product }: TestProduct & { readonly amounts: TestAmounts },
): ReturnType<typeof createTestProduct> => {
  const made = await createTestProduct(ctx, product)
  for (const variantId of made.variantIds) await priceTestVariant(ctx, variantId, amounts)
  return made
}
