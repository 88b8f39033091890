import type { Executor } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { ATTRIBUTE_REFUSALS } from '../attributes/errors.ts'
import type { AttributeLevel } from './product-type.ts'

type Tables = 'product' | 'variant' | 'attribute' | 'attribute_value'

interface Dropped {
  readonly attributeId: Uuid
  readonly level: AttributeLevel
}

/** SQL: values of these attributes at these levels, of products of this type. */
const valuesOf = (typeId: Uuid, dropped: readonly Dropped[]) => {
  const at = (level: AttributeLevel) =>
    sql`any(${dropped.filter((one) => one.level === level).map((one) => one.attributeId)}::uuid[])`
  return sql<boolean>`(attribute_value.variant_id is null and attribute_value.attribute_id = ${at('PRODUCT')}
      or attribute_value.variant_id is not null and attribute_value.attribute_id = ${at('VARIANT')})
    and exists (select from product where product.id = attribute_value.product_id
      and product.product_type_id = ${typeId})`
}

/** Refuses to drop attributes that products of the type have values of, and says how many. */
export const checkDropped = async (
  db: Executor<Tables>,
  typeId: Uuid,
  dropped: readonly Dropped[],
): Promise<Result<undefined>> => {
  if (dropped.length === 0) return ok(undefined)
  const used = await db
    .selectFrom('attribute_value')
    .innerJoin('attribute', 'attribute.id', 'attribute_value.attribute_id')
    .select([
      'attribute.code',
      (eb) => eb.fn.count<bigint>('attribute_value.product_id').distinct().as('count'),
    ])
    .where(valuesOf(typeId, dropped))
    .groupBy('attribute.code')
    .orderBy('attribute.code')
    .executeTakeFirst()
  if (!used) return ok(undefined)
  const facts = { attribute: used.code, products: Number(used.count) }
  return ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_IN_USE', facts, ['attributes'])
}

/** Takes the values of dropped attributes away from the products of the type; gives those that had some. */
export const forgetValues = async (
  db: Executor<Tables>,
  typeId: Uuid,
  dropped: readonly Dropped[],
): Promise<Uuid[]> => {
  if (dropped.length === 0) return []
  const rows = await db
    .deleteFrom('attribute_value')
    .where(valuesOf(typeId, dropped))
    .returning('product_id')
    .execute()
  return [...new Set(rows.map((row) => row.product_id))]
}

/** Refuses to require what published products of the type, or variants of theirs, do not have; says how many. */
export const checkRequiredOf = async (
  db: Executor<Tables>,
  typeId: Uuid,
  required: readonly { readonly attribute_id: Uuid; readonly level: AttributeLevel }[],
): Promise<Result<undefined>> => {
  if (required.length === 0) return ok(undefined)
  const wanted = sql<{ id: Uuid; level: AttributeLevel }>`unnest(
    ${required.map((row) => row.attribute_id)}::uuid[], ${required.map((row) => row.level)}::text[])`
  const lacking = await db
    .selectFrom(wanted.as<'wanted'>(sql`wanted(id, level)`))
    .innerJoin('attribute', 'attribute.id', 'wanted.id')
    .innerJoin('product', (join) => join.on('product.product_type_id', '=', typeId))
    .select(['attribute.code', (eb) => eb.fn.countAll<bigint>().as('count')])
    .where('product.status', '=', 'PUBLISHED')
    .where(
      sql<boolean>`case when wanted.level = 'PRODUCT'
        then not exists (select from attribute_value as v
          where v.owner_id = product.id and v.attribute_id = wanted.id)
        else exists (select from variant where variant.product_id = product.id and variant.archived_at is null
          and not exists (select from attribute_value as v
            where v.owner_id = variant.id and v.attribute_id = wanted.id)) end`,
    )
    .groupBy('attribute.code')
    .orderBy('attribute.code')
    .executeTakeFirst()
  if (!lacking) return ok(undefined)
  const facts = { attribute: lacking.code, products: Number(lacking.count) }
  return ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_MISSING', facts, ['attributes'])
}
