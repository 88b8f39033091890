import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { lockProduct } from '../lock-product.ts'
import { updateProduct } from '../update-product.ts'
import { leadingTo, type ProductContent } from './content.ts'
import { currentContent, versionsByKeys } from './version-queries.ts'

/** Categories and channels that were deleted since cannot be restored: the rest is. */
const existing = async (ctx: Context, content: ProductContent): Promise<ProductContent> => {
  const { rows } = await sql<{ id: Uuid }>`
    select id from category where id = any(${content.categoryIds}::uuid[])
    union all select id from channel where id = any(${content.channelIds}::uuid[])`.execute(ctx.db)
  const there = new Set(rows.map(({ id }) => id))
  return {
    ...content,
    categoryIds: content.categoryIds.filter((id) => there.has(id)),
    channelIds: content.channelIds.filter((id) => there.has(id)),
  }
}

/** Gives a product the content of one of its versions again, as a new version; refuses what no longer can be, as an update would. */
export const restoreVersion = async (
  ctx: Context,
  {
    productId,
    number,
    ifVersion,
  }: { readonly productId: Uuid; readonly number: number; readonly ifVersion?: number | null },
): Promise<Result<{ productId: Uuid }>> => {
  const locked = await lockProduct(ctx, { id: productId, ifVersion, path: ['productId'] })
  if (!locked.ok) return locked
  const version = (await versionsByKeys(ctx.db, [{ productId, number }])).get(`${productId} ${number}`)
  if (!version) {
    const id = `${encodeId('product', productId)} ${number}`
    return COMMON.refuse('NOT_FOUND', { kind: 'productVersion', id }, ['number'])
  }
  const [current] = await currentContent(ctx.db, [productId])
  const change = leadingTo(current!.content, await existing(ctx, version.content))
  const updated = await updateProduct(ctx, { ...change, id: productId })
  return updated.ok ? ok({ productId }) : updated
}
