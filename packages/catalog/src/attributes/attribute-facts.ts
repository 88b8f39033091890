import { encodeId, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** Values by the code of the attribute, for rules that look at what is sold. */
export type AttributeFacts = Readonly<Record<string, readonly (string | number | boolean)[]>>

/** A row of `attribute_value` as far as a fact is made of it. */
export interface SaidValue {
  readonly ownerId: Uuid
  readonly attributeId: Uuid
  readonly position: number
  readonly text: string | null
  readonly number: number | null
  readonly boolean: boolean | null
  readonly date: string | null
  readonly productId: Uuid | null
  readonly categoryId: Uuid | null
}

/** SQL: the columns of `variantFacts` that tell what is said, out of its common table `said`. */
export const saidColumns = sql`(
      select json_build_object('ownerId', json_agg(owner_id), 'attributeId', json_agg(attribute_id),
        'position', json_agg(position), 'text', json_agg(text_value), 'number', json_agg(number_value),
        'boolean', json_agg(boolean_value), 'date', json_agg(date_value), 'productId', json_agg(ref_product_id),
        'categoryId', json_agg(ref_category_id))
      from said
    ) as said, (
      select json_build_object('id', json_agg(id), 'code', json_agg(code))
      from attribute where filterable and id = any(array(select distinct attribute_id from said))
    ) as attributes`

const factOf = (row: SaidValue): string | number | boolean | null =>
  row.text ??
  row.number ??
  row.boolean ??
  row.date ??
  (row.productId && encodeId('product', row.productId)) ??
  (row.categoryId && encodeId('category', row.categoryId))

const NOTHING: AttributeFacts = {}

/** The facts of a variant out of what it and its product say; only of attributes that are named. */
export const attributeFacts = (
  rows: readonly SaidValue[],
  attributes: readonly { readonly id: Uuid; readonly code: string }[],
): ((variant: { readonly variantId: Uuid; readonly productId: Uuid }) => AttributeFacts) => {
  if (attributes.length === 0) return () => NOTHING
  const codes = new Map(attributes.map(({ id, code }) => [id, code]))
  const byOwner = Map.groupBy(
    rows.toSorted((a, b) => a.position - b.position),
    ({ ownerId }) => ownerId,
  )
  const factsOf = (ownerId: Uuid): Record<string, (string | number | boolean)[]> => {
    const facts: Record<string, (string | number | boolean)[]> = {}
    for (const row of byOwner.get(ownerId) ?? []) {
      const code = codes.get(row.attributeId)
      const fact = code === undefined ? null : factOf(row)
      if (code !== undefined && fact !== null) (facts[code] ??= []).push(fact)
    }
    return facts
  }
  return ({ variantId, productId }) => ({ ...factsOf(productId), ...factsOf(variantId) })
}
