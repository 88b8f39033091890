import type { Executor } from '@hilo/db'
import { type Localized, localize, type Reader, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** What a variant is called and looks like at this moment, in one language. */
export interface VariantSnapshot {
  readonly variantId: Uuid
  readonly productId: Uuid
  readonly sku: string
  readonly name: string
  readonly variantName: string
  readonly imageUrl: string | null
}

/** The snapshots of these variants, with the first image of their product, in one statement. */
export const variantSnapshots = async (
  db: Executor<'variant' | 'product' | 'image'>,
  variantIds: readonly Uuid[],
  reader: Reader,
): Promise<Map<Uuid, VariantSnapshot>> => {
  const rows = await db
    .selectFrom('variant')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .select((eb) => [
      'variant.id as variantId',
      'product.id as productId',
      'sku',
      'product.name',
      'variant.name as variantName',
      eb
        .selectFrom('image')
        .select('url')
        .whereRef('image.product_id', '=', 'product.id')
        .orderBy('position')
        .orderBy('id')
        .limit(sql.lit(1))
        .as('imageUrl'),
    ])
    .where('variant.id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .execute()
  return new Map(
    rows.map(({ name, variantName, ...row }) => [
      row.variantId,
      {
        ...row,
        name: localize(name as Localized, reader),
        variantName: localize(variantName as Localized, reader),
      },
    ]),
  )
}
