import type { Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { MeasureUnit } from '../measure/unit.ts'

/** Most components of one bundle. */
export const MAX_COMPONENTS = 50

/** Most bundles that one variant is a component of: each is told of when its stock changes. */
export const MAX_BUNDLES = 50

/** A component of a bundle. Its name is told to all who see the bundle, whether or not it is sold alone. */
export interface Component {
  readonly bundleId: Uuid
  readonly variantId: Uuid
  readonly sku: string
  readonly productName: Localized
  readonly variantName: Localized
  /** Of one bundle; in units of 10^-scale of a measured component. */
  readonly quantity: number
  readonly unit: MeasureUnit | null
  readonly scale: number | null
}

/** The components of these bundles, in their order. The caller has seen the bundles. */
export const componentsOfBundles = async (
  db: Executor<'bundle_component' | 'variant' | 'product'>,
  bundleIds: readonly Uuid[],
): Promise<Component[]> => {
  const rows = await db
    .selectFrom('bundle_component')
    .innerJoin('variant', 'variant.id', 'component_id')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .select([
      'bundle_id as bundleId',
      'variant.id as variantId',
      'sku',
      'product.name as productName',
      'variant.name as variantName',
      'quantity',
      'measure_unit as unit',
      'measure_scale as scale',
    ])
    .where('bundle_id', '=', sql<Uuid>`any(${bundleIds}::uuid[])`)
    .orderBy('bundle_id')
    .orderBy('bundle_component.position')
    .execute()
  return rows as Component[]
}

/** How a bundle is reduced against its components together, in parts per million; null: it has prices of its own. */
export const bundleReductions = (
  db: Executor<'variant'>,
  variantIds: readonly Uuid[],
): Promise<{ variantId: Uuid; reductionPpm: number | null }[]> =>
  db
    .selectFrom('variant')
    .select(['id as variantId', 'bundle_reduction_ppm as reductionPpm'])
    .where('id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .execute()
