import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { ageLimit } from './compile-rule.ts'
import type { CollectionRule } from './rule.ts'

type Predicate = RawBuilder<SqlBool>

const textPredicate = (
  column: RawBuilder<unknown>,
  { startsWith, contains }: NonNullable<CollectionRule['name']>,
): Predicate =>
  startsWith === undefined
    ? sql`strpos(lower(${column}), ${contains!.toLowerCase()}) > 0`
    : sql`starts_with(lower(${column}), ${startsWith.toLowerCase()})`

const only = <T>(values: readonly unknown[], kind: string): T[] =>
  values.filter((value) => typeof value === kind) as T[]

const valuePredicate = ({
  in: wanted,
  atLeast,
  atMost,
}: NonNullable<CollectionRule['attribute']>): Predicate => {
  if (wanted) {
    const texts = only<string>(wanted, 'string')
    const options: Predicate[] = [
      sql`(length(text_value) <= 200 and text_value = any(${texts}::text[]))`,
      sql`date_value::text = any(${texts}::text[])`,
      sql`number_value = any(${only<number>(wanted, 'number')}::float8[])`,
      sql`boolean_value = any(${only<boolean>(wanted, 'boolean')}::boolean[])`,
    ]
    return sql`(${sql.join(options, sql` or `)})`
  }
  const isDate = typeof (atLeast ?? atMost) === 'string'
  const column = sql.ref(isDate ? 'date_value' : 'number_value')
  const cast = sql.raw(isDate ? '::date' : '::float8')
  const bounds: Predicate[] = [
    ...(atLeast === undefined ? [] : [sql<SqlBool>`${column} >= ${atLeast}${cast}`]),
    ...(atMost === undefined ? [] : [sql<SqlBool>`${column} <= ${atMost}${cast}`]),
  ]
  return sql`(${sql.join(bounds, sql` and `)})`
}

/**
 * SQL: the row of `product` fits the rule, whose references are database ids. Says of every product what `compileRule`
 * says; for when all products are asked about one rule, not one about all rules.
 */
export const fitsRule = (rule: CollectionRule, now: Date): Predicate => {
  if (rule.all)
    return sql`(${sql.join(
      rule.all.map((one) => fitsRule(one, now)),
      sql` and `,
    )})`
  if (rule.any)
    return sql`(${sql.join(
      rule.any.map((one) => fitsRule(one, now)),
      sql` or `,
    )})`
  if (rule.not) return sql`not ${fitsRule(rule.not, now)}`
  if (rule.category)
    return sql`product.id in (
      with recursive tree as (
        select id from category where id = any(${rule.category}::uuid[])
        union select category.id from category join tree on category.parent_id = tree.id
      )
      select product_category.product_id from product_category join tree on tree.id = product_category.category_id)`
  if (rule.productType)
    return sql`coalesce(product.product_type_id = any(${rule.productType}::uuid[]), false)`
  if (rule.attribute)
    return sql`product.id in (
      select attribute_value.product_id from attribute_value
      where attribute_id = (select id from attribute where code = ${rule.attribute.code})
        and ${valuePredicate(rule.attribute)})`
  if (rule.name)
    return sql`exists (select from jsonb_each_text(product.name) as named
      where ${textPredicate(sql.ref('named.value'), rule.name)})`
  if (rule.sku)
    return sql`product.id in (
      select variant.product_id from variant
      where archived_at is null and ${textPredicate(sql.ref('sku'), rule.sku)})`
  return sql`product.created_at > ${ageLimit(rule.createdWithinDays!, now)}::timestamptz`
}
