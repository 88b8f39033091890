import { type Executor, readTogether } from '@hilo/db'
import type { DB } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { ProductFacts, RuleValue } from './compile-rule.ts'
import { indexRules, type RuledCollection, type RuleIndex } from './rule-index.ts'

/** Products as rules see them, the rules that hold, and who is in by them. */
export interface RuleSituation {
  readonly facts: readonly ProductFacts[]
  readonly index: RuleIndex
  /** The collections by rule that each product is in. */
  readonly members: ReadonlyMap<Uuid, readonly Uuid[]>
}

/** The rules as this process read them last; another digest means that some have changed. */
let known: { readonly digest: string; readonly index: RuleIndex } = { digest: '', index: indexRules([]) }

const indexOf = (row: {
  readonly digest: string
  readonly rules: readonly RuledCollection[] | null
}): RuleIndex => {
  if (row.digest !== known.digest) known = { digest: row.digest, index: indexRules(row.rules ?? []) }
  return known.index
}

/** Reads in one statement what the rules of collections look at in these products. Rules travel once per process. */
export const readRuleSituation = async (
  db: Executor<keyof DB>,
  productIds: readonly Uuid[],
): Promise<RuleSituation> => {
  const { digest } = known
  const { products, places, skus, values, members, rules } = await readTogether(db, {
    products: sql<{
      id: Uuid
      typeId: Uuid | null
      createdAt: number
      names: string[]
    }>`
      select id, product_type_id as "typeId", (extract(epoch from created_at) * 1000)::float8 as "createdAt",
        array(select lower(value) from jsonb_each_text(name)) as names
      from product where id = any(${productIds}::uuid[])`,
    places: sql<{ productId: Uuid; categoryId: Uuid }>`
      with recursive above as (
        select product_id, category_id from product_category where product_id = any(${productIds}::uuid[])
        union
        select above.product_id, category.parent_id from above join category on category.id = above.category_id
        where category.parent_id is not null
      )
      select product_id as "productId", category_id as "categoryId" from above`,
    skus: sql<{ productId: Uuid; sku: string }>`
      select product_id as "productId", lower(sku) as sku
      from variant where product_id = any(${productIds}::uuid[]) and archived_at is null`,
    values: sql<{ productId: Uuid; code: string; value: RuleValue }>`
      select product_id as "productId", attribute.code, coalesce(to_jsonb(boolean_value), to_jsonb(number_value),
        to_jsonb(date_value), to_jsonb(text_value)) as value
      from attribute_value join attribute on attribute.id = attribute_value.attribute_id
      where product_id = any(${productIds}::uuid[]) and (text_value is null or length(text_value) <= 200)
        and num_nonnulls(boolean_value, number_value, date_value, text_value) > 0`,
    members: sql<{ productId: Uuid; collectionId: Uuid }>`
      select product_id as "productId", collection_id as "collectionId"
      from collection_product
      where product_id = any(${productIds}::uuid[])
        and collection_id in (select id from collection where rule is not null)`,
    rules: sql<{ digest: string; rules: readonly RuledCollection[] | null }>`
      with stamp as (
        select coalesce(md5(string_agg(id || ':' || version, ',' order by id)), 'none') as digest
        from collection where rule is not null
      )
      select digest, case when digest <> ${digest} then (
        select json_agg(json_build_object('id', id, 'rule', rule)) from collection where rule is not null
      ) end as rules from stamp`,
  })
  const placesOf = Map.groupBy(places, ({ productId }) => productId)
  const skusOf = Map.groupBy(skus, ({ productId }) => productId)
  const valuesOf = Map.groupBy(values, ({ productId }) => productId)
  const facts = products.map(({ id, typeId, createdAt, names }): ProductFacts => ({
    productId: id,
    productTypeId: typeId,
    createdAt,
    names,
    categoryIds: new Set(placesOf.get(id)?.map(({ categoryId }) => categoryId)),
    skus: skusOf.get(id)?.map(({ sku }) => sku) ?? [],
    values: new Map(
      [...Map.groupBy(valuesOf.get(id) ?? [], ({ code }) => code)].map(([code, found]) => [
        code,
        found.map(({ value }) => value),
      ]),
    ),
  }))
  return {
    facts,
    index: indexOf(rules[0]!),
    members: new Map(
      [...Map.groupBy(members, ({ productId }) => productId)].map(([id, found]) => [
        id,
        found.map(({ collectionId }) => collectionId),
      ]),
    ),
  }
}
