import { isDeepStrictEqual } from 'node:util'
import { addToCollection, insertProducts, type ProductSeed, setGoods, setSchedules } from '@hilo/catalog/bulk'
import type { Context } from '@hilo/db'
import { newId, unwrap, type Uuid } from '@hilo/kernel'
import { saveKeys } from '../external-keys.ts'
import { PLAIN_GOODS } from './goods-cells.ts'
import type { PlannedProduct } from './plan-product.ts'

const seedOf = (plan: PlannedProduct, id: Uuid): ProductSeed => {
  const { item } = plan
  return {
    id,
    slug: plan.slug!,
    name: item.name!,
    ...(item.description && { description: item.description }),
    ...(item.seo && { seo: item.seo }),
    ...(item.taxClass && { taxClass: item.taxClass }),
    ...(item.status && { status: item.status }),
    ...(plan.typeCode !== undefined && { productType: plan.typeCode }),
    ...(plan.attributes && { attributes: plan.attributes }),
    ...(plan.categoryIds && { categoryIds: plan.categoryIds }),
    ...(plan.channelIds && { channelIds: plan.channelIds }),
    ...(item.images && { images: item.images }),
    ...(item.options && { options: item.options }),
    variants: plan.variants.map(({ item: variant, attributes, barcodes }) => ({
      sku: variant.sku,
      ...(variant.name && { name: variant.name }),
      ...(variant.options && { options: variant.options }),
      ...(attributes && { attributes }),
      ...(barcodes && { barcodes }),
      ...(variant.archived && { archived: true }),
    })),
  }
}

/** Puts new products into collections by hand, in one use case for each collection. */
const collect = async (
  ctx: Context,
  placed: readonly { readonly productId: Uuid; readonly collectionIds: readonly Uuid[] }[],
): Promise<void> => {
  const pairs = placed.flatMap(({ productId, collectionIds }) =>
    collectionIds.map((collectionId) => ({ collectionId, productId })),
  )
  for (const [id, members] of Map.groupBy(pairs, ({ collectionId }) => collectionId)) {
    unwrap(await addToCollection(ctx, { id, productIds: members.map(({ productId }) => productId) }))
  }
}

/** Creates planned products in few statements; what is refused was refused by their plans. Gives their ids, in order. */
export const createProducts = async (
  ctx: Context,
  plans: readonly PlannedProduct[],
  system: string,
): Promise<Uuid[]> => {
  if (plans.length === 0) return []
  const made = await insertProducts(
    ctx,
    plans.map((plan) => seedOf(plan, newId())),
  )
  await collect(
    ctx,
    made.map(({ id }, index) => ({ productId: id, collectionIds: plans[index]!.collectionIds ?? [] })),
  )
  for (const [index, { id, variants }] of made.entries()) {
    const { schedules = [] } = plans[index]!
    if (schedules.length > 0) await setSchedules(ctx, id, schedules)
    for (const [place, { id: variantId }] of variants.entries()) {
      const { goods } = plans[index]!.variants[place]!
      if (goods && !isDeepStrictEqual(goods, PLAIN_GOODS))
        unwrap(await setGoods(ctx, { variantId, ...goods }))
    }
  }
  await saveKeys(
    ctx.db,
    { kind: 'PRODUCT', system },
    made.flatMap(({ id }, index) =>
      plans[index]!.item.key == null ? [] : [{ id, key: plans[index]!.item.key }],
    ),
  )
  await saveKeys(
    ctx.db,
    { kind: 'VARIANT', system },
    made.flatMap(({ variants }, index) =>
      variants.flatMap(({ id }, place) => {
        const { key } = plans[index]!.variants[place]!.item
        return key == null ? [] : [{ id, key }]
      }),
    ),
  )
  return made.map(({ id }) => id)
}
