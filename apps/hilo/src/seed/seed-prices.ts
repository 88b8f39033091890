import type { Context } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { insertPriceLists, insertPrices, type PriceSeed } from '@hilo/prices'
import type { DemoPriceList, DemoProduct, DemoShop } from '../../demo/data.ts'
import type { SeededShop } from './seed-shop.ts'

interface PricesSeed {
  readonly demo: DemoShop
  readonly products: readonly DemoProduct[]
  readonly shop: SeededShop
  readonly groups: ReadonlyMap<string, Uuid>
  readonly segments: ReadonlyMap<string, Uuid>
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

const DAY_MS = 86_400_000

/** From the first hour of today until so many days later. */
const periodOf = (now: Date, days: number) => {
  const from = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS)
  return { from, until: new Date(from.getTime() + days * DAY_MS) }
}

/** Price lists and their prices; a list that derives from another comes after it. */
export const seedPriceLists = async (
  ctx: Context,
  { demo, products, shop, groups, segments, variants }: PricesSeed,
): Promise<void> => {
  const ids = new Map(demo.priceLists.map(({ code }) => [code, newId()]))
  await insertPriceLists(
    ctx,
    demo.priceLists.map(({ market, customerGroup, segment, days, derivation, ...list }) => ({
      ...list,
      id: ids.get(list.code)!,
      marketIds: [shop.markets.get(market)!],
      ...(customerGroup ? { customerGroupIds: [groups.get(customerGroup)!] } : {}),
      ...(segment ? { segmentIds: [segments.get(segment)!] } : {}),
      ...(days ? { valid: periodOf(ctx.now(), days) } : {}),
      ...(derivation
        ? { derivation: { ...derivation, baseId: ids.get(derivation.base)!, direction: 'NEAREST' as const } }
        : {}),
    })),
  )
  await insertPrices(
    ctx,
    demo.priceLists.flatMap((list) => pricesOf(list, { products, variants })),
  )
}
