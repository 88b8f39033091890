import { appendEvents, type Context } from '@hilo/db'
import { type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { productEvent } from './events.ts'
import { lockProduct, touchProduct } from './lock-product.ts'
import { checkCount, checkLocalized, checkUrl, firstRefusal, MAX_NAME } from './text.ts'

const MAX_IMAGES = 100

/** A picture to add to a product. */
export interface NewImage {
  readonly productId: Uuid
  /** `https://…`, or a path of the shop's own server. */
  readonly url: string
  readonly alt?: Localized | null
}

/** Adds a picture as the last of its product. */
export const addImage = async (
  ctx: Context,
  input: NewImage,
): Promise<Result<{ imageId: Uuid; productId: Uuid }>> => {
  const { productId } = input
  const refused = firstRefusal([
    checkUrl(input.url),
    checkLocalized(input.alt ?? {}, { max: MAX_NAME, path: ['alt'], optional: true }),
  ])
  if (refused) return refused
  const product = await lockProduct(ctx, { id: productId, path: ['productId'] })
  if (!product.ok) return product
  const images = await ctx.db.selectFrom('image').select('id').where('product_id', '=', productId).execute()
  const counted = checkCount([...images, input], MAX_IMAGES, ['productId'])
  if (!counted.ok) return counted
  const imageId = newId()
  await ctx.db
    .insertInto('image')
    .values({
      id: imageId,
      product_id: productId,
      url: input.url,
      alt: JSON.stringify(input.alt ?? {}),
      position: sql`(select coalesce(max(position) + 1, 0) from image where product_id = ${productId})`,
    })
    .execute()
  await touchProduct(ctx, productId)
  const { channelIds, status } = product.value
  await appendEvents(ctx, [
    productEvent('ProductUpdated.v1', { productId, channelIds, isPublic: status === 'PUBLISHED' }),
  ])
  return ok({ imageId, productId })
}
