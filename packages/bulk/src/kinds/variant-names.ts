import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { idsByKeys } from '../external-keys.ts'

/** Names a variant: by its SKU or by another system's key. */
export interface NamedVariant {
  readonly sku?: string | null | undefined
  readonly variantKey?: string | null | undefined
}

/** How to find the variants that rows name, in two statements for all of them. */
export const findVariants = async (
  { db }: Context,
  rows: readonly NamedVariant[],
  system: string,
): Promise<(row: NamedVariant) => Uuid | undefined> => {
  const skus = rows.flatMap(({ sku }) => sku ?? [])
  const [keys, found] = await Promise.all([
    idsByKeys(
      db,
      { kind: 'VARIANT', system },
      rows.flatMap(({ variantKey }) => variantKey ?? []),
    ),
    db
      .selectFrom('variant')
      .select(['id', 'sku'])
      .where('sku', '=', sql<string>`any(${skus}::text[])`)
      .execute(),
  ])
  const ids = new Map(found.map(({ id, sku }) => [sku, id]))
  return ({ sku, variantKey }) =>
    (variantKey == null ? undefined : keys.get(variantKey)) ?? (sku == null ? undefined : ids.get(sku))
}
