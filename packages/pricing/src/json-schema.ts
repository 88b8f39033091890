import { isCurrency } from '@hilo/kernel'
import { empty, noneOf, noObject, outside, type Problem, problem, tooLong } from './problem.ts'
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

const MAX_DEPTH = 24
const FORMATS = {
  'date-time': {
    is: (text: string) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
    reason: {
      en: 'must be a date and time with offset, such as 2026-11-27T00:00:00Z',
      es: 'debe ser una fecha y hora con desfase, como 2026-11-27T00:00:00Z',
    },
  },
  currency: {
    is: isCurrency,
    reason: { en: 'must be an ISO 4217 currency code', es: 'debe ser un código de moneda ISO 4217' },
  },
  country: {
    is: (text: string) => /^[A-Z]{2}$/.test(text),
    reason: {
      en: 'must be a country of two capital letters, such as ES',
      es: 'debe ser un país de dos letras mayúsculas, como ES',
    },
  },
  'time-zone': {
    is: isTimeZone,
    reason: {
      en: 'must be an IANA time zone, such as Europe/Madrid',
      es: 'debe ser una zona horaria de IANA, como Europe/Madrid',
    },
  },
  'wall-time': {
    is: (text: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text),
    reason: {
      en: 'must be a time from 00:00 to 24:00, such as 09:30',
      es: 'debe ser una hora de 00:00 a 24:00, como 09:30',
    },
  },
} as const
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** The first thing in which a value departs from a schema, or `undefined`. `defs` are what `$ref`s name. */
export const validate = (
  schema: JsonSchema,
  value: unknown,
  defs: Readonly<Record<string, JsonSchema>>,
  path: readonly string[] = [],
): Problem | undefined => {
  if (path.length > MAX_DEPTH)
    return problem(path, 'is nested too deeply', 'está anidado a demasiada profundidad')
  if ('$ref' in schema) return validate(defs[schema.$ref.slice('#/$defs/'.length)]!, value, defs, path)
  if ('const' in schema)
    return value === schema.const
      ? undefined
      : problem(path, `must be ${schema.const}`, `debe ser ${schema.const}`)
  if ('oneOf' in schema) return validateOneOf(schema.oneOf, value, defs, path)
  if (isScalar(schema)) return validateScalar(schema, value, path)
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean'
        ? undefined
        : problem(path, 'must be true or false', 'debe ser true o false')
    case 'integer':
      return validateInteger(schema, value, path)
    case 'number':
      return typeof value === 'number' && value >= schema.minimum && value <= schema.maximum
        ? undefined
        : outside(path, 'number', schema)
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
    return noneOf(path, type)
  }
  return typeof value === 'string' && value.length > maxLength ? tooLong(path, maxLength) : undefined
}

const validateInteger = (
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  value: unknown,
  path: readonly string[],
): Problem | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum
    ? undefined
    : outside(path, 'whole number', { minimum, maximum })

const validateString = (
  schema: StringSchema,
  value: unknown,
  path: readonly string[],
): Problem | undefined => {
  if (typeof value !== 'string') return problem(path, 'must be a text', 'debe ser un texto')
  if (schema.enum && !schema.enum.includes(value)) return noneOf(path, schema.enum)
  if (value.length < (schema.minLength ?? 0)) return empty(path)
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    return tooLong(path, schema.maxLength)
  }
  const format = schema.format && FORMATS[schema.format]
  return format && !format.is(value) ? { path, reason: format.reason } : undefined
}

const validateArray = (
  schema: ArraySchema,
  value: unknown,
  defs: Readonly<Record<string, JsonSchema>>,
  path: readonly string[],
): Problem | undefined => {
  if (!Array.isArray(value)) return problem(path, 'must be a list', 'debe ser una lista')
  if (value.length < (schema.minItems ?? 0)) return empty(path)
  if (value.length > (schema.maxItems ?? Infinity)) {
    const most = schema.maxItems
    return problem(path, `must not have more than ${most} entries`, `no debe tener más de ${most} entradas`)
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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return noObject(path)
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  for (const name of schema.required ?? []) {
    if (!entries.some(([present]) => present === name))
      return problem([...path, name], 'is required', 'es obligatorio')
  }
  if (entries.length < (schema.minProperties ?? 0)) return empty(path)
  if (Object.keys(value).length > (schema.maxProperties ?? Infinity)) {
    const most = schema.maxProperties!
    const [en, es] = most === 1 ? ['member', 'miembro'] : ['members', 'miembros']
    return problem(path, `must have at most ${most} ${en}`, `debe tener como mucho ${most} ${es}`)
  }
  for (const [name, entry] of entries) {
    const at = [...path, name]
    const known =
      schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    const inner = known ?? schema.additionalProperties
    if (inner === false) return problem(at, 'is not known here', 'no se conoce aquí')
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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return noObject(path)
  const kind: unknown = 'kind' in value ? value.kind : undefined
  const match = schemas.find((schema) => kindOf(schema) === kind)
  if (match) return validate(match, value, defs, path)
  return noneOf([...path, 'kind'], schemas.map(kindOf))
}
