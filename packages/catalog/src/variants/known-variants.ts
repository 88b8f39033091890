import type { Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Known, KnownVariant, Row } from './plan-variants.ts'
import { keyOf } from './plan-variants.ts'

const anyId = (ids: readonly Uuid[]) => sql<Uuid>`any(${ids}::uuid[])`
const anyText = (texts: readonly string[]) => sql<string>`any(${texts}::text[])`

const lockVariants = async (
  db: Executor<'variant'>,
  productId: Uuid,
  ids: readonly Uuid[],
): Promise<Map<Uuid, KnownVariant>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('variant')
    .select(['id', 'sku', 'name', 'version', 'option_key', 'archived_at'])
    .where('product_id', '=', productId)
    .where('id', '=', anyId(ids))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return new Map(
    rows.map(({ id, sku, name, version, option_key, archived_at }) => [
      id,
      { id, sku, name: name as Localized, version, optionKey: option_key, archived: archived_at !== null },
    ]),
  )
}

const optionsOfValues = async (
  db: Executor<'option' | 'option_value'>,
  ids: readonly Uuid[],
  productId: Uuid,
) => {
  if (ids.length === 0) return new Map<Uuid, Uuid>()
  const rows = await db
    .selectFrom('option_value')
    .innerJoin('option', 'option.id', 'option_value.option_id')
    .select(['option_value.id', 'option_value.option_id'])
    .where('option.product_id', '=', productId)
    .where('option_value.id', '=', anyId(ids))
    // Until the end: so that none is removed while a variant takes it.
    .forKeyShare('option_value')
    .execute()
  return new Map(rows.map(({ id, option_id }) => [id, option_id]))
}

/** What is there already of what these rows ask for; the variants to be changed are held until the end. */
export const knownOf = async (
  db: Executor<'variant' | 'option' | 'option_value'>,
  productId: Uuid,
  rows: readonly Row[],
): Promise<Known> => {
  const variants = await lockVariants(
    db,
    productId,
    rows.flatMap(({ change }) => change?.id ?? []),
  )
  const valueIds = [...new Set(rows.flatMap(({ draft }) => draft.optionValueIds ?? []))]
  const optionOfValue = await optionsOfValues(db, valueIds, productId)
  const wanted = [...new Set(rows.flatMap(({ draft }) => draft.sku ?? []))]
  const skus =
    wanted.length === 0
      ? []
      : await db.selectFrom('variant').select(['sku', 'id']).where('sku', '=', anyText(wanted)).execute()
  const keys = [...new Set(rows.flatMap((row) => keyOf(variants, row) ?? []))]
  const combinations =
    keys.length === 0
      ? []
      : await db
          .selectFrom('variant')
          .select(['option_key', 'id'])
          .where('product_id', '=', productId)
          .where('option_key', '=', anyText(keys))
          .where('archived_at', 'is', null)
          .execute()
  return {
    variants,
    optionOfValue,
    skus: new Map(skus.map(({ sku, id }) => [sku, id])),
    combinations: new Map(combinations.map(({ option_key, id }) => [option_key!, id])),
  }
}

/** How many variants of a product are on sale, and the place after the last one. */
export const roomOf = async (
  db: Executor<'variant'>,
  productId: Uuid,
): Promise<{ readonly count: number; readonly next: number }> => {
  const row = await db
    .selectFrom('variant')
    .select([
      (eb) => eb.fn.count<bigint>('id').filterWhere('archived_at', 'is', null).as('count'),
      (eb) => eb.fn.max('position').as('last'),
    ])
    .where('product_id', '=', productId)
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), next: (row.last ?? -1) + 1 }
}
