import { insertCategories, insertCollections, insertProducts } from '@hilo/catalog'
import type { Context } from '@hilo/db'
import { openStocks } from '@hilo/inventory'
import type { Uuid } from '@hilo/kernel'
import type { DemoAttributes, DemoGoods, DemoProduct, DemoShop } from '../../demo/data.ts'
import type { SeededShop } from './seed-shop.ts'
import { seedGoods } from './seed-goods.ts'
import { seedTypes } from './seed-types.ts'

interface CatalogSeed {
  readonly demo: DemoShop
  readonly products: readonly DemoProduct[]
  readonly said: DemoAttributes
  readonly goods: Readonly<Record<string, DemoGoods>>
  readonly shop: SeededShop
  readonly locations: ReadonlyMap<string, Uuid>
}

/** Categories, products with their pictures, collections, and their stock; gives the variants' ids by SKU. */
export const seedCatalog = async (
  ctx: Context,
  { demo, products, said, goods, shop, locations }: CatalogSeed,
): Promise<ReadonlyMap<string, Uuid>> => {
  const categories = await insertCategories(
    ctx,
    demo.categories.map(({ parent, ...category }) => ({
      ...category,
      ...(parent ? { parentSlug: parent } : {}),
    })),
  )
  await seedTypes(ctx, said)
  const inserted = await insertProducts(
    ctx,
    products.map((product) => ({
      ...product,
      ...said.products[product.slug],
      categoryIds: product.categories.map((slug) => categories.get(slug)!),
      channelIds: product.channels.map((code) => shop.channels.get(code)!),
      images: product.images.map(({ file, alt }) => ({ url: `/assets/demo/${file}`, alt })),
    })),
  )
  const ids = new Map(inserted.map(({ slug, id }) => [slug, id]))
  await insertCollections(
    ctx,
    demo.collections.map(({ products: members, ...collection }) => ({
      ...collection,
      channelIds: [...shop.channels.values()],
      ...(members && { productIds: members.map((slug) => ids.get(slug)!) }),
    })),
  )
  const variants = new Map(inserted.flatMap((product) => product.variants.map(({ sku, id }) => [sku, id])))
  await seedGoods(ctx, goods, variants)
  await openStocks(
    ctx.db,
    products
      .flatMap((product) => product.variants)
      .flatMap(({ sku, stock }) =>
        Object.entries(stock).map(([location, onHand]) => ({
          locationId: locations.get(location)!,
          variantId: variants.get(sku)!,
          onHand,
        })),
      ),
    ctx.now(),
  )
  return variants
}
