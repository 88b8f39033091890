import { type Columns, type Executor, toRows } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Viewpoint } from '../visibility.ts'
import type { AttributeChoice, AttributeKind } from './attribute.ts'

/** One row of a value. */
export interface ValueRow {
  readonly choice: AttributeChoice | null
  readonly text: string | null
  readonly texts: Localized | null
  readonly number: number | null
  readonly boolean: boolean | null
  readonly date: string | null
  readonly productId: Uuid | null
  readonly categoryId: Uuid | null
  readonly assetId: Uuid | null
}

/** What a product or a variant says of one attribute. */
export interface AttributeValue {
  readonly ownerId: Uuid
  readonly attributeId: Uuid
  readonly code: string
  readonly name: Localized
  readonly kind: AttributeKind
  readonly unit: string | null
  /** At least one; several only of a MULTI_CHOICE or a reference. */
  readonly rows: readonly ValueRow[]
}

type Found = Omit<ValueRow, 'choice'> & {
  readonly ownerId: Uuid
  readonly ownerProductId: Uuid
  readonly attributeId: Uuid
  readonly position: number
  readonly choiceId: Uuid | null
}

interface Tables {
  readonly found: Columns<Found>
  readonly attributes: readonly {
    readonly id: Uuid
    readonly code: string
    readonly name: Localized
    readonly kind: AttributeKind
    readonly unit: string | null
  }[]
  readonly choices: readonly AttributeChoice[]
  readonly products: Columns<{ readonly id: Uuid; readonly typeId: Uuid }>
  readonly listed: Columns<{ readonly typeId: Uuid; readonly attributeId: Uuid; readonly position: number }>
}

/** Each table by one list of keys, joined below: names and choices are many times fewer than values. */
const readTables = async (
  db: Executor<'attribute_value' | 'attribute' | 'attribute_choice' | 'product' | 'product_type_attribute'>,
  ownerIds: readonly Uuid[],
  { seesAll }: Pick<Viewpoint, 'seesAll'>,
): Promise<Tables> => {
  const { rows } = await sql<Tables>`
    with found as materialized (
      select * from attribute_value where owner_id = any(${ownerIds}::uuid[])
    ), of_products as materialized (
      select id, product_type_id from product
      where id = any(array(select product_id from found)) and product_type_id is not null
    )
    select (
      select json_build_object('ownerId', json_agg(owner_id), 'ownerProductId', json_agg(product_id),
        'attributeId', json_agg(attribute_id), 'position', json_agg(position), 'choiceId', json_agg(choice_id),
        'text', json_agg(text_value), 'texts', json_agg(texts), 'number', json_agg(number_value),
        'boolean', json_agg(boolean_value), 'date', json_agg(date_value), 'productId', json_agg(ref_product_id),
        'categoryId', json_agg(ref_category_id), 'assetId', json_agg(asset_id))
      from found
    ) as found, (
      select coalesce(json_agg(json_build_object('id', id, 'code', code, 'name', name, 'kind', kind, 'unit', unit)), '[]')
      from attribute
      where id = any(array(select distinct attribute_id from found)) and (${seesAll} or not internal)
    ) as attributes, (
      select coalesce(json_agg(json_build_object('id', id, 'code', code, 'name', name, 'color', color)), '[]')
      from attribute_choice where id = any(array(select distinct choice_id from found where choice_id is not null))
    ) as choices, (
      select json_build_object('id', json_agg(id), 'typeId', json_agg(product_type_id)) from of_products
    ) as products, (
      select json_build_object('typeId', json_agg(product_type_id), 'attributeId', json_agg(attribute_id),
        'position', json_agg(position))
      from product_type_attribute where product_type_id = any(array(select distinct product_type_id from of_products))
    ) as listed`.execute(db as never)
  return rows[0]!
}

/**
 * What these products and variants say, in one statement: by the order of their type, then by code. The caller has seen
 * them; what is internal is left out for those who do not see all.
 */
export const attributeValuesOf = async (
  db: Parameters<typeof readTables>[0],
  view: Pick<Viewpoint, 'seesAll'>,
  ownerIds: readonly Uuid[],
): Promise<AttributeValue[]> => {
  const tables = await readTables(db, ownerIds, view)
  const attributes = new Map(tables.attributes.map((attribute) => [attribute.id, attribute]))
  const choices = new Map(tables.choices.map((choice) => [choice.id, choice]))
  const typeOf = new Map(toRows(tables.products).map(({ id, typeId }) => [id, typeId]))
  const places = new Map(
    toRows(tables.listed).map(({ typeId, attributeId, position }) => [`${typeId} ${attributeId}`, position]),
  )
  const values = Map.groupBy(toRows(tables.found), (row) => `${row.ownerId} ${row.attributeId}`)
  return [...values.values()]
    .flatMap((rows) => {
      const { ownerId, ownerProductId, attributeId } = rows[0]!
      const attribute = attributes.get(attributeId)
      if (!attribute) return []
      const place = places.get(`${typeOf.get(ownerProductId)} ${attributeId}`) ?? Infinity
      const { code, name, kind, unit } = attribute
      const sorted = rows.toSorted((a, b) => a.position - b.position)
      const own = sorted.map(({ choiceId, ...row }) => ({
        ...row,
        choice: (choiceId && choices.get(choiceId)) || null,
      }))
      return [{ place, value: { ownerId, attributeId, code, name, kind, unit, rows: own } }]
    })
    .sort((a, b) => a.place - b.place || (a.value.code < b.value.code ? -1 : 1))
    .map(({ value }) => value)
}
