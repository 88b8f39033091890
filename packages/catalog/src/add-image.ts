import { assetsByIds, usualPath } from '@hilo/assets'
import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { productEvent } from './events.ts'
import { IMAGE_REFUSALS } from './images/errors.ts'
import { lockProduct, touchProduct } from './lock-product.ts'
import { checkCount, checkLocalized, checkUrl, firstRefusal, MAX_NAME } from './text.ts'

const MAX_IMAGES = 100

/** A picture to add to a product: one elsewhere by its address, or one of the shop by its asset. */
export interface NewImage {
  readonly productId: Uuid
  /** `https://…`, or a path of the shop's own server. */
  readonly url?: string | null
  readonly assetId?: Uuid | null
  readonly alt?: Localized | null
}

/** Where the picture is: as it was said, or where its asset is told. */
const addressOf = async (ctx: Context, { url, assetId }: NewImage): Promise<Result<string>> => {
  if ((url == null) === (assetId == null)) {
    const reason = {
      en: 'A picture has a url or an assetId: one of both.',
      es: 'Una imagen tiene url o assetId: uno de los dos.',
    }
    return COMMON.refuse('INVALID_INPUT', { reason }, ['url'])
  }
  if (url != null) return checkUrl(url)
  const path = ['assetId']
  const [asset] = await assetsByIds(ctx.db, [assetId!], { seesAll: true })
  if (!asset) return COMMON.refuse('NOT_FOUND', { kind: 'asset', id: encodeId('asset', assetId!) }, path)
  if (asset.kind !== 'IMAGE' || asset.visibility !== 'PUBLIC')
    return IMAGE_REFUSALS.refuse('ASSET_NOT_SHOWN', { fileName: asset.fileName }, path)
  return ok(usualPath(asset))
}

/** Adds a picture as the last of its product. */
export const addImage = async (
  ctx: Context,
  input: NewImage,
): Promise<Result<{ imageId: Uuid; productId: Uuid }>> => {
  const { productId } = input
  const address = await addressOf(ctx, input)
  if (!address.ok) return address
  const refused = firstRefusal([
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
      url: address.value,
      asset_id: input.assetId ?? null,
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
