import type { Branch } from '#lib/categories/category.ts'
import { placesOf } from '#lib/categories/tree.ts'
import type { ResultOf } from '#lib/api/graphql.ts'
import type { RuleAttribute, RuleParts } from './collection.ts'
import { fieldsOf, type RuleField } from './rule-schema.ts'

/** Something that a rule can name. */
export interface Named {
  readonly value: string
  readonly label: string
}

/** What rules can be made of in this shop. */
export interface Parts {
  readonly fields: readonly RuleField[]
  /** By the member of the rule that names them. */
  readonly references: Readonly<Record<string, readonly Named[]>>
  readonly attributes: readonly RuleAttribute[]
}

const RULED_KINDS = new Set(['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE', 'MULTI_CHOICE', 'COLOR'])

/** Puts together what a rule can be made of. */
export const partsOf = (read: ResultOf<typeof RuleParts>, tree: readonly Branch[]): Parts => ({
  fields: fieldsOf(read.collectionRuleSchema),
  references: {
    category: placesOf(tree).map(({ branch, parent }) => ({
      value: branch.id,
      label: parent ? `${branch.name} · ${parent.name}` : branch.name,
    })),
    productType: read.productTypes.nodes.map(({ id, name }) => ({ value: id, label: name })),
  },
  attributes: read.attributes.nodes.filter(({ filterable, kind }) => filterable && RULED_KINDS.has(kind)),
})
