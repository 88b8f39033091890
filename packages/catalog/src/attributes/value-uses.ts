import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** How many products have a value of each of these attributes, themselves or in a variant; unused ones are left out. */
export const countProductsWith = async (
  db: Executor<'attribute_value'>,
  attributeIds: readonly Uuid[],
): Promise<{ attributeId: Uuid; products: number }[]> => {
  const rows = await db
    .selectFrom('attribute_value')
    .select(['attribute_id', (eb) => eb.fn.count<bigint>('product_id').distinct().as('products')])
    .where('attribute_id', 'in', attributeIds)
    .groupBy('attribute_id')
    .execute()
  return rows.map((row) => ({ attributeId: row.attribute_id, products: Number(row.products) }))
}

/** How many products have a value of this attribute, themselves or in a variant. */
export const productsWith = async (db: Executor<'attribute_value'>, attributeId: Uuid): Promise<number> =>
  (await countProductsWith(db, [attributeId]))[0]?.products ?? 0

/** The first of these choices that products have, and how many they are. */
export const choiceInUse = async (
  db: Executor<'attribute_value'>,
  choiceIds: readonly Uuid[],
): Promise<{ choice: string; products: number } | undefined> => {
  const row = await db
    .selectFrom('attribute_value')
    .select(['text_value', (eb) => eb.fn.count<bigint>('product_id').distinct().as('count')])
    .where('choice_id', '=', sql<Uuid>`any(${choiceIds}::uuid[])`)
    .groupBy(['choice_id', 'text_value'])
    .orderBy('text_value')
    .executeTakeFirst()
  return row && { choice: row.text_value!, products: Number(row.count) }
}

/** How many products have a value of this attribute outside of these limits. */
export const productsOutside = async (
  db: Executor<'attribute_value'>,
  attributeId: Uuid,
  limits: { readonly minimum: number; readonly maximum: number; readonly maxLength: number },
): Promise<number> => {
  const { count } = await db
    .selectFrom('attribute_value')
    .select((eb) => eb.fn.count<bigint>('product_id').distinct().as('count'))
    .where('attribute_id', '=', attributeId)
    .where(
      sql<boolean>`(number_value < ${limits.minimum}::float8 or number_value > ${limits.maximum}::float8
        or length(text_value) > ${limits.maxLength}::int or exists (
          select from jsonb_each_text(texts) as each where length(each.value) > ${limits.maxLength}::int))`,
    )
    .executeTakeFirstOrThrow()
  return Number(count)
}
