import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { AttributeLevel } from '../types/product-type.ts'
import { attributesByIds } from './attribute-queries.ts'
import type { Attribute } from './attribute.ts'

/** An attribute with how a product type uses it. */
export interface TypeDefinition {
  readonly attribute: Attribute
  readonly level: AttributeLevel
}

/**
 * What a product of this type can say, by the codes of the attributes. The type and its attributes are held until the
 * end of the transaction, so that none of them changes while values are written.
 */
export const definitionsOfType = async (
  db: Executor<'product_type_attribute' | 'product_type' | 'attribute' | 'attribute_choice'>,
  typeId: Uuid | null,
): Promise<ReadonlyMap<string, TypeDefinition>> => {
  if (typeId === null) return new Map()
  const listed = await db
    .selectFrom('product_type')
    .innerJoin('product_type_attribute as listed', 'listed.product_type_id', 'product_type.id')
    .innerJoin('attribute', 'attribute.id', 'listed.attribute_id')
    .select(['listed.attribute_id', 'listed.level'])
    .where('product_type.id', '=', typeId)
    .orderBy('attribute.id')
    .forKeyShare(['product_type', 'attribute'])
    .execute()
  if (listed.length === 0) return new Map()
  const levels = new Map(listed.map((row) => [row.attribute_id, row.level as AttributeLevel]))
  const attributes = await attributesByIds(db, { seesAll: true }, [...levels.keys()])
  return new Map(
    attributes.map((attribute) => [attribute.code, { attribute, level: levels.get(attribute.id)! }]),
  )
}
