import type { Context } from '@hilo/db'
import { type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { productEvent } from './events.ts'
import { assetsOfPaths } from './images/assets-of-paths.ts'
import { imagesOfProducts } from './image-queries.ts'
import { lockProduct, touchProduct } from './lock-product.ts'
import { tellOfProducts } from './tell-of-products.ts'
import { checkCount, checkLocalized, checkUrl, firstRefusal, MAX_NAME } from './text.ts'

const MAX_IMAGES = 100

/** A picture as it shall be. */
export interface ImageDraft {
  readonly url: string
  readonly alt?: Localized | null | undefined
}

/** The first refusal of pictures, whose path starts with `images`. */
export const checkImages = (images: readonly ImageDraft[]) =>
  firstRefusal([
    checkCount(images, MAX_IMAGES, ['images']),
    ...images.flatMap(({ url, alt }, index) => [
      checkUrl(url, ['images', String(index), 'url']),
      checkLocalized(alt ?? {}, { max: MAX_NAME, path: ['images', String(index), 'alt'], optional: true }),
    ]),
  ])

/** Gives a product exactly these pictures, in this order; one whose address stays keeps its id. */
export const setImages = async (
  ctx: Context,
  { productId, images }: { readonly productId: Uuid; readonly images: readonly ImageDraft[] },
): Promise<Result<{ productId: Uuid }>> => {
  const refused = checkImages(images)
  if (refused) return refused
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const before = await imagesOfProducts(ctx.db, [productId])
  const free = new Map(before.map(({ id, url }) => [url, id]))
  const assets = await assetsOfPaths(
    ctx.db,
    images.map(({ url }) => url),
  )
  await ctx.db.deleteFrom('image').where('product_id', '=', productId).execute()
  const rows = images.map(({ url, alt }, position) => {
    const id = free.get(url) ?? newId()
    free.delete(url)
    const asset_id = assets.get(url) ?? null
    return { id, product_id: productId, url, asset_id, alt: JSON.stringify(alt ?? {}), position }
  })
  if (rows.length > 0) await ctx.db.insertInto('image').values(rows).execute()
  await touchProduct(ctx, productId)
  const { channelIds, status } = product.value
  const event = productEvent('ProductUpdated.v1', { productId, channelIds, isPublic: status === 'PUBLISHED' })
  const changed = { images: [before.map(({ url }) => url), images.map(({ url }) => url)] as const }
  await tellOfProducts(ctx, [{ ...event, changed }])
  return ok({ productId })
}
