import { isCurrency } from '@hilo/kernel'
import { isTimeZone } from './wall-clock.ts'

/** The part of JSON Schema (draft 2020-12) that promotions are described with. */
export type JsonSchema =
  | ObjectSchema
  | ArraySchema
  | StringSchema
  | { readonly type: 'integer' | 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'boolean' }
  /** Any of these. */
  | { readonly type: readonly ('string' | 'number' | 'boolean')[]; readonly maxLength: number }
  | { readonly const: string | number }
  /** Objects told apart by the constant `kind`. */
  | { readonly oneOf: readonly ObjectSchema[] }
  | { readonly $ref: string }

/** An object without other members than these, unless it is a map. */
export interface ObjectSchema {
  readonly type: 'object'
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties: false | JsonSchema
  readonly propertyNames?: StringSchema
  readonly minProperties?: number
  readonly maxProperties?: number
}

interface ArraySchema {
  readonly type: 'array'
  readonly items: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
}

interface StringSchema {
  readonly type: 'string'
  readonly enum?: readonly string[]
  readonly minLength?: number
  readonly maxLength?: number
  /** `date-time` is RFC 3339, `currency` ISO 4217, `country` ISO 3166-1 alpha-2, `time-zone` a name of IANA. */
  readonly format?: keyof typeof FORMATS
}

/** The first thing wrong with a value: where (outermost first) and why. */
export interface Problem {
  readonly path: readonly string[]
  readonly reason: string
}

const MAX_DEPTH = 24
const FORMATS = {
  'date-time': {
    is: (text: string) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
    reason: 'must be a date and time with offset, such as 2026-11-27T00:00:00Z',
  },
  currency: { is: isCurrency, reason: 'must be an ISO 4217 currency code' },
  country: {
    is: (text: string) => /^[A-Z]{2}$/.test(text),
    reason: 'must be a country of two capital letters, such as ES',
  },
  'time-zone': { is: isTimeZone, reason: 'must be an IANA time zone, such as Europe/Madrid' },
  'wall-time': {
    is: (text: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text),
    reason: 'must be a time from 00:00 to 24:00, such as 09:30',
  },
} as const
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

const problem = (path: readonly string[], reason: string): Problem => ({ path, reason })

/** The first thing in which a value departs from a schema, or `undefined`. `defs` are what `$ref`s name. */
export const validate = (
  schema: JsonSchema,
  value: unknown,
  defs: Readonly<Record<string, JsonSchema>>,
  path: readonly string[] = [],
): Problem | undefined => {
  if (path.length > MAX_DEPTH) return problem(path, 'is nested too deeply')
  if ('$ref' in schema) return validate(defs[schema.$ref.slice('#/$defs/'.length)]!, value, defs, path)
  if ('const' in schema) return value === schema.const ? undefined : problem(path, `must be ${schema.const}`)
  if ('oneOf' in schema) return validateOneOf(schema.oneOf, value, defs, path)
  if (isScalar(schema)) return validateScalar(schema, value, path)
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : problem(path, 'must be true or false')
    case 'integer':
      return validateInteger(schema, value, path)
    case 'number':
      return typeof value === 'number' && value >= schema.minimum && value <= schema.maximum
        ? undefined
        : problem(path, `must be a number from ${schema.minimum} to ${schema.maximum}`)
    case 'string':
      return validateString(schema, value, path)
    case 'array':
      return validateArray(schema, value, defs, path)
    case 'object':
      return validateObject(schema, value, defs, path)
  }
}

type ScalarSchema = Extract<JsonSchema, { readonly type: readonly string[] }>

const isScalar = (schema: JsonSchema): schema is ScalarSchema =>
  'type' in schema && Array.isArray(schema.type)

const validateScalar = (
  { maxLength, type }: ScalarSchema,
  value: unknown,
  path: readonly string[],
): Problem | undefined => {
  if (!(type as readonly string[]).includes(typeof value) || Number.isNaN(value)) {
    return problem(path, `must be one of ${type.join(', ')}`)
  }
  return typeof value === 'string' && value.length > maxLength
    ? problem(path, `must not be longer than ${maxLength}`)
    : undefined
}

const validateInteger = (
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  value: unknown,
  path: readonly string[],
): Problem | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum
    ? undefined
    : problem(path, `must be a whole number from ${minimum} to ${maximum}`)

const validateString = (
  schema: StringSchema,
  value: unknown,
  path: readonly string[],
): Problem | undefined => {
  if (typeof value !== 'string') return problem(path, 'must be a text')
  if (schema.enum && !schema.enum.includes(value))
    return problem(path, `must be one of ${schema.enum.join(', ')}`)
  if (value.length < (schema.minLength ?? 0)) return problem(path, 'must not be empty')
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    return problem(path, `must not be longer than ${schema.maxLength}`)
  }
  const format = schema.format && FORMATS[schema.format]
  return format && !format.is(value) ? problem(path, format.reason) : undefined
}

const validateArray = (
  schema: ArraySchema,
  value: unknown,
  defs: Readonly<Record<string, JsonSchema>>,
  path: readonly string[],
): Problem | undefined => {
  if (!Array.isArray(value)) return problem(path, 'must be a list')
  if (value.length < (schema.minItems ?? 0)) return problem(path, 'must not be empty')
  if (value.length > (schema.maxItems ?? Infinity)) {
    return problem(path, `must not have more than ${schema.maxItems} entries`)
  }
  for (const [index, entry] of value.entries()) {
    const found = validate(schema.items, entry, defs, [...path, String(index)])
    if (found) return found
  }
  return undefined
}

const validateObject = (
  schema: ObjectSchema,
  value: unknown,
  defs: Readonly<Record<string, JsonSchema>>,
  path: readonly string[],
): Problem | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem(path, 'must be an object')
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  for (const name of schema.required ?? []) {
    if (!entries.some(([present]) => present === name)) return problem([...path, name], 'is required')
  }
  if (entries.length < (schema.minProperties ?? 0)) return problem(path, 'must not be empty')
  if (Object.keys(value).length > (schema.maxProperties ?? Infinity)) {
    return problem(
      path,
      `must have at most ${schema.maxProperties} member${schema.maxProperties === 1 ? '' : 's'}`,
    )
  }
  for (const [name, entry] of entries) {
    const at = [...path, name]
    const known =
      schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    const inner = known ?? schema.additionalProperties
    if (inner === false) return problem(at, 'is not known here')
    const found =
      (known ? undefined : schema.propertyNames && validateString(schema.propertyNames, name, at)) ??
      validate(inner, entry, defs, at)
    if (found) return found
  }
  return undefined
}

const kindOf = (schema: ObjectSchema): string | number | undefined => {
  const kind = schema.properties?.['kind']
  return kind && 'const' in kind ? kind.const : undefined
}

const validateOneOf = (
  schemas: readonly ObjectSchema[],
  value: unknown,
  defs: Readonly<Record<string, JsonSchema>>,
  path: readonly string[],
): Problem | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem(path, 'must be an object')
  const kind: unknown = 'kind' in value ? value.kind : undefined
  const match = schemas.find((schema) => kindOf(schema) === kind)
  if (match) return validate(match, value, defs, path)
  return problem([...path, 'kind'], `must be one of ${schemas.map(kindOf).join(', ')}`)
}
