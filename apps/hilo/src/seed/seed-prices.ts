import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { insertPriceLists, insertPrices, type PriceSeed } from '@hilo/prices'
import type { DemoPriceList, DemoProduct, DemoShop } from '../../demo/data.ts'
import type { SeededShop } from './seed-shop.ts'

interface PricesSeed {
  readonly demo: DemoShop
  readonly products: readonly DemoProduct[]
  readonly shop: SeededShop
  readonly groups: ReadonlyMap<string, Uuid>
  /** By SKU. */
  readonly variants: ReadonlyMap<string, Uuid>
}

/** A BASE list holds what the variants cost in its market; the others say their prices themselves. */
const pricesOf = (
  list: DemoPriceList,
  { products, variants }: Pick<PricesSeed, 'products' | 'variants'>,
): PriceSeed[] =>
  list.kind === 'BASE'
    ? products
        .flatMap((product) => product.variants)
        .filter(({ prices }) => prices[list.market] !== undefined)
        .map(({ sku, prices }) => ({
          list: list.code,
          variantId: variants.get(sku)!,
          amountMinor: BigInt(prices[list.market]!),
        }))
    : (list.prices ?? []).map(({ sku, amountMinor, minQuantity }) => ({
        list: list.code,
        variantId: variants.get(sku)!,
        amountMinor: BigInt(amountMinor),
        ...(minQuantity ? { minQuantity } : {}),
      }))

/** Price lists and their prices. */
export const seedPriceLists = async (
  ctx: Context,
  { demo, products, shop, groups, variants }: PricesSeed,
): Promise<void> => {
  await insertPriceLists(
    ctx,
    demo.priceLists.map(({ market, customerGroup, ...list }) => ({
      ...list,
      marketIds: [shop.markets.get(market)!],
      ...(customerGroup ? { customerGroupIds: [groups.get(customerGroup)!] } : {}),
    })),
  )
  await insertPrices(
    ctx,
    demo.priceLists.flatMap((list) => pricesOf(list, { products, variants })),
  )
}
