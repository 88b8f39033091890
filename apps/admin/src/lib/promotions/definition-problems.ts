import type { JsonSchema, ObjectSchema } from '@hilo/pricing'
import type { FieldErrors } from '#lib/api/refusal.ts'
import type { DraftValue } from '#lib/editing/rebase.ts'
import { m } from '#lib/paraglide/messages.js'
import { DEFINITION_SCHEMA, resolved } from './definition-schema.ts'
import { type Path, valueAt } from './place.ts'
import { readerOf } from './typed.ts'

type Found = [string, string][]

/** What a definition still lacks, and what in it cannot be read, by field. Rules that contradict themselves are told by the API. */
export const definitionProblems = (definition: DraftValue): FieldErrors => {
  const [startsAt, endsAt] = ['startsAt', 'endsAt'].map((name) => valueAt(definition, [name]))
  const isBackwards =
    typeof startsAt === 'string' && typeof endsAt === 'string' && Date.parse(endsAt) <= Date.parse(startsAt)
  return {
    ...Object.fromEntries(problems(DEFINITION_SCHEMA, definition, ['definition'])),
    ...(isBackwards ? { 'definition.endsAt': m.promotion_ends_before() } : {}),
  }
}

const at = (path: Path, message: string): Found => [[path.join('.'), message]]

const problems = (of: JsonSchema, value: DraftValue, path: Path): Found => {
  const schema = resolved(of)
  if ('const' in schema) return []
  if ('oneOf' in schema) {
    const kind = valueAt(value, ['kind'])
    const match = schema.oneOf.find(
      ({ properties }) => valueAt(properties as never, ['kind', 'const']) === kind,
    )
    // A kind that is not known here is kept as it is.
    return match ? problems(match, value, path) : []
  }
  if (!('type' in schema) || Array.isArray(schema.type)) return []
  switch (schema.type) {
    case 'integer':
    case 'number':
      return typeof value === 'number' ? [] : at(path, m.promotion_value_invalid())
    case 'string':
      return textProblems(schema, value, path)
    case 'array':
      return listProblems(schema as Extract<JsonSchema, { type: 'array' }>, value, path)
    case 'object':
      return objectProblems(schema as ObjectSchema, value, path)
    default:
      return []
  }
}

const textProblems = (schema: JsonSchema, value: DraftValue, path: Path): Found => {
  if (typeof value !== 'string' || value === '') return at(path, m.required_field())
  const isTime = 'format' in schema && schema.format === 'wall-time'
  return isTime && readerOf('wall-time', schema).parse(value) !== value
    ? at(path, m.promotion_time_invalid())
    : []
}

const listProblems = (
  schema: Extract<JsonSchema, { type: 'array' }>,
  value: DraftValue,
  path: Path,
): Found => {
  const list = Array.isArray(value) ? (value as readonly DraftValue[]) : []
  if (list.length < (schema.minItems ?? 0)) return at(path, m.promotion_items_required())
  return list.flatMap((entry, index) => problems(schema.items, entry, [...path, String(index)]))
}

const objectProblems = (schema: ObjectSchema, value: DraftValue, path: Path): Found => {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (schema.propertyNames) {
    if (members.length === 0) return at(path, m.promotion_amounts_required())
    return members
      .filter(([, amount]) => typeof amount !== 'number')
      .flatMap(([currency]) => at([...path, currency], m.variant_price_invalid({ currency })))
  }
  const known = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const entry = valueAt(value, [name])
    if (entry !== undefined) return problems(member, entry, [...path, name])
    return schema.required?.includes(name) ? missing(member, [...path, name]) : []
  })
  const isBlank = members.length < (schema.minProperties ?? 0)
  return known.length === 0 && isBlank ? at(path, m.required_field()) : known
}

const missing = (of: JsonSchema, path: Path): Found => {
  const schema = resolved(of)
  if ('properties' in schema && schema.required) return objectProblems(schema, {}, path)
  if ('propertyNames' in schema) return at(path, m.promotion_amounts_required())
  return at(path, 'items' in schema ? m.promotion_items_required() : m.required_field())
}
