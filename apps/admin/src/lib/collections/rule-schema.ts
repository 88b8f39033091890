import type { DraftValue } from '#lib/editing/rebase.ts'
import { m } from '#lib/paraglide/messages.js'

interface Schema {
  readonly type?: string
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

/** What a condition looks like to whoever fills it in; told from the shape of its schema. */
export type RuleField = { readonly name: string } & (
  | { readonly shape: 'references' }
  | { readonly shape: 'text'; readonly operators: readonly string[]; readonly maxLength: number }
  | { readonly shape: 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly shape: 'attribute' }
)

const isBranch = ({ $ref, items }: Schema): boolean => $ref === '#' || items?.$ref === '#'

const fieldOf = (name: string, schema: Schema): RuleField[] => {
  const { type, properties = {}, items, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema
  if (type === 'array' && items?.type === 'string') return [{ name, shape: 'references' }]
  if (type === 'integer') return [{ name, shape: 'number', minimum, maximum }]
  if (schema.required?.includes('code')) return [{ name, shape: 'attribute' }]
  const texts = Object.entries(properties).filter(([, property]) => property.type === 'string')
  const maxLength = Math.min(...texts.map(([, property]) => property.maxLength ?? 200))
  return texts.length > 0
    ? [{ name, shape: 'text', operators: texts.map(([operator]) => operator), maxLength }]
    : []
}

/** The conditions that the JSON Schema of rules knows, in its order. */
export const fieldsOf = (schema: unknown): RuleField[] =>
  Object.entries((schema as Schema).properties ?? {}).flatMap(([name, property]) =>
    isBranch(property) ? [] : fieldOf(name, property),
  )

/** What a new condition says before it is filled in. */
export const blankOf = (field: RuleField): DraftValue => {
  if (field.shape === 'references') return []
  if (field.shape === 'number') return Math.min(30, field.maximum)
  if (field.shape === 'attribute') return { code: '' }
  return { [field.operators.at(-1) ?? 'contains']: '' }
}

const FIELD_NAMES: Readonly<Record<string, () => string>> = {
  category: m.rule_category,
  productType: m.rule_product_type,
  attribute: m.rule_attribute,
  name: m.rule_name,
  sku: m.rule_sku,
  createdWithinDays: m.rule_created_within,
}

/** What people call a condition; a new one has the name that the API gives it until it has words. */
export const fieldName = (name: string): string => FIELD_NAMES[name]?.() ?? name

const OPERATOR_NAMES: Readonly<Record<string, () => string>> = {
  startsWith: m.rule_starts_with,
  contains: m.rule_contains,
}

/** What people call a way to compare texts. */
export const operatorName = (name: string): string => OPERATOR_NAMES[name]?.() ?? name
