import type { Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, type Result, type Uuid } from '@hilo/kernel'
import { channelIdsOfProducts } from './product-queries.ts'
import type { ProductStatus } from './product.ts'
import { type Seo, toSeo } from './seo/seo.ts'
import { recordVersions } from './versions/record-versions.ts'

/** A product whose row this transaction holds. */
export interface LockedProduct {
  readonly id: Uuid
  readonly slug: string
  readonly status: ProductStatus
  readonly version: number
  readonly channelIds: readonly Uuid[]
  readonly name: Localized
  readonly description: Localized
  readonly taxClass: string
  readonly productTypeId: Uuid | null
  readonly seo: Seo
  /** The number of its newest version. */
  readonly contentVersion: number
}

/** Holds a product until the end of the transaction; refuses with `NOT_FOUND`, or `VERSION_CONFLICT` for another version. */
export const lockProduct = async (
  ctx: Context,
  {
    id,
    ifVersion,
    path = ['id'],
  }: { readonly id: Uuid; readonly ifVersion?: number | null; readonly path?: string[] },
): Promise<Result<LockedProduct>> => {
  const row = await ctx.db
    .selectFrom('product')
    .select([
      'id',
      'slug',
      'status',
      'version',
      'name',
      'description',
      'tax_class',
      'product_type_id',
      'seo',
      'content_version',
    ])
    .where('id', '=', id)
    // Not `for update`: that would make every new cart line or price of it wait.
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return COMMON.refuse('NOT_FOUND', { kind: 'product', id: encodeId('product', id) }, path)
  if (ifVersion != null && ifVersion !== row.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
  }
  const channels = await channelIdsOfProducts(ctx.db, [id])
  // Made before versions were kept: what it is now is the first, before it changes.
  if (row.content_version === 0) await recordVersions(ctx, [id])
  const { tax_class: taxClass, product_type_id: productTypeId, content_version, ...product } = row
  return ok({
    ...product,
    taxClass,
    productTypeId,
    seo: toSeo(row.seo),
    contentVersion: Math.max(content_version, 1),
    name: row.name as Localized,
    description: row.description as Localized,
    status: row.status as ProductStatus,
    channelIds: channels.map(({ channelId }) => channelId),
  })
}

/** Notes that something that belongs to the product changed; its version counts only its own fields. */
export const touchProduct = async (ctx: Context, id: Uuid): Promise<void> => {
  await ctx.db.updateTable('product').set({ updated_at: ctx.now() }).where('id', '=', id).execute()
}
