import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { BarcodeKind } from './barcode.ts'
import { scannedKeys } from './barcode.ts'

/** A code of a variant. */
export interface Barcode {
  readonly variantId: Uuid
  readonly kind: BarcodeKind
  readonly code: string
}

/** The codes of these variants, in their order. */
export const barcodesOfVariants = async (
  db: Executor<'barcode'>,
  variantIds: readonly Uuid[],
): Promise<Barcode[]> => {
  const rows = await db
    .selectFrom('barcode')
    .select(['variant_id', 'kind', 'code'])
    .where('variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .orderBy('variant_id')
    .orderBy('position')
    .execute()
  return rows.map((row) => ({ variantId: row.variant_id, kind: row.kind as BarcodeKind, code: row.code }))
}

/** The variant that a scanned code means, whoever may see it: look at it through the viewpoint. */
export const variantIdByScan = async (
  db: Executor<'barcode'>,
  scanned: string,
): Promise<Uuid | undefined> => {
  const keys: RawBuilder<unknown> = sql`${scannedKeys(scanned)}::text[]`
  const row = await db
    .selectFrom('barcode')
    .select('variant_id')
    .where('key', '=', sql<string>`any(${keys})`)
    .orderBy(sql`array_position(${keys}, key)`)
    .executeTakeFirst()
  return row?.variant_id
}
