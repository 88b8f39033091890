import { ID_PREFIX, type IdKind } from '@hilo/kernel'
import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import { schema } from '../schema.ts'
import { type Answer, codes } from './shop.ts'

/** A field of a root type. */
export type RootField = GraphQLField<unknown, unknown>

/** The kind of operation that a root field makes. */
export type Operation = 'query' | 'mutation' | 'subscription'

/** Every field at the door, by operation. */
export const rootFields: readonly (readonly [Operation, RootField])[] = (
  [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
).flatMap(([operation, type]) =>
  Object.values(type?.getFields() ?? {}).map((field) => [operation, field] as const),
)

/** The place of an input value, such as `input.line.id` or `ids.0`, and the type it has there. */
export interface Place {
  readonly path: string
  readonly type: GraphQLInputType
}

/** Inputs that nest into themselves (`and`, `or`, `not`) are followed once: below, a place says nothing new. */
const placesIn = (path: string, type: GraphQLInputType, within: readonly string[] = []): Place[] => {
  const inner = getNullableType(type)
  if (isListType(inner)) return placesIn(`${path}.0`, inner.ofType, within)
  if (!isInputObjectType(inner)) return [{ path, type: inner }]
  if (within.includes(inner.name)) return []
  return Object.values(inner.getFields()).flatMap((field) =>
    placesIn(`${path}.${field.name}`, field.type, [...within, inner.name]),
  )
}

/** Every place in the arguments of a field that takes a value of one of these scalars. */
export const placesOf = (field: RootField, ...scalars: readonly string[]): readonly string[] =>
  field.args
    .flatMap(({ name, type }) => placesIn(name, type))
    .filter(({ type }) => scalars.includes(getNamedType(type).name))
    .map(({ path }) => path)

const KIND_BY_NAME: Readonly<Record<string, IdKind>> = {
  parent: 'category',
  owner: 'customer',
  endpoint: 'webhookEndpoint',
  actor: 'staff',
  subject: 'order',
}

const isKind = (name: string): name is IdKind => name in ID_PREFIX

/** What an id is of: by its own name, else by the noun of the root field. */
export const kindOf = (root: string, path: string): IdKind => {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part))
  const own = parts.at(-1)!.replace(/Ids?$/, '')
  const outer = parts.at(-2)
  const noun = (Object.keys(ID_PREFIX) as IdKind[])
    .filter((kind) => root.startsWith(kind))
    .sort((a, b) => b.length - a.length)[0]
  if (isKind(own)) return own
  return KIND_BY_NAME[own] ?? (outer && isKind(outer) ? outer : (noun ?? 'product'))
}

/** Made-up values by the name of their field, where a plain text or number would not do. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  email: 'somebody@home.test',
  password: 'correct horse battery',
  url: 'https://pictures.test/one.jpg',
  channel: 'device-eu',
  typeCode: 'test-appliance',
  locale: 'en',
  code: 'sample',
  slug: 'sample-slug',
  slot: 'beans',
  rule: { name: { contains: 'a' } },
  mediaType: 'application/pdf',
  definition: { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' } },
}

const BY_TYPE: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1.5,
  Boolean: true,
  SafeInt: 100,
  CurrencyCode: 'EUR',
  CountryCode: 'ES',
  LanguageTag: 'en',
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00Z',
  JSON: {},
}

/** Values by the path of their place; they win over what is made up. */
export type Given = Readonly<Record<string, unknown>>

let made = 0

interface Making {
  readonly root: string
  readonly ids: Readonly<Record<IdKind, string>>
  readonly given: Given
}

const isWanted = (path: string, given: Given): boolean =>
  Object.keys(given).some((place) => place === path || place.startsWith(`${path}.`))

const valueAt = (making: Making, path: string, type: GraphQLInputType): unknown => {
  if (path in making.given) return making.given[path]
  const inner = getNullableType(type)
  if (isListType(inner)) return [valueAt(making, `${path}.0`, inner.ofType)]
  // Which language has the text is the shop's affair, so none is required.
  if (inner.toString() === 'LocalizedInput' && !isWanted(path, making.given))
    return { en: `sample-${++made}` }
  if (isInputObjectType(inner)) {
    return Object.fromEntries(
      Object.values(inner.getFields())
        .filter((field) => isRequiredInputField(field) || isWanted(`${path}.${field.name}`, making.given))
        .map((field) => [field.name, valueAt(making, `${path}.${field.name}`, field.type)]),
    )
  }
  const name = path.split('.').at(-1)!
  if (inner.name === 'ID') return making.ids[kindOf(making.root, path)]
  if (name in SAMPLES) return SAMPLES[name]
  if (isEnumType(inner)) return inner.getValues()[0]!.name
  return BY_TYPE[inner.name] ?? `sample-${++made}`
}

const selected = (field: RootField, depth: number): string => {
  if (field.args.some(isRequiredArgument)) return ''
  const type = getNamedType(field.type)
  if (isLeafType(type)) return field.name
  if (field.name === 'userErrors') return 'userErrors { code path message }'
  const inner = depth > 1 ? selectionOf(type, depth - 1) : ''
  return inner && `${field.name} ${inner}`
}

const fieldsOf = (type: GraphQLOutputType, depth: number): string =>
  isObjectType(type)
    ? Object.values(type.getFields())
        .map((field) => selected(field, depth))
        .filter(Boolean)
        .join(' ')
    : ''

/** Everything that a type tells down to a depth: `{ id name variants { sku } }`. */
export const selectionOf = (given: GraphQLOutputType, depth: number): string => {
  const type = getNamedType(given) as GraphQLOutputType
  if (isLeafType(type)) return ''
  if (!isAbstractType(type)) return `{ __typename ${fieldsOf(type, depth)} }`
  // A union of types that give one name to different things would not validate with all of their fields.
  return `{ __typename ${type.name === 'Node' ? '... on Node { id }' : ''} }`
}

/** A request for one root field. */
export interface Call {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

interface CallOptions {
  readonly ids: Readonly<Record<IdKind, string>>
  readonly given?: Given
  /** How deep the answer is asked for. Default 2. */
  readonly depth?: number
}

/** Makes a call of a root field with everything it requires made up, and what is given. */
export const callOf = (
  [operation, field]: readonly [Operation, RootField],
  { ids, given = {}, depth = 2 }: CallOptions,
): Call => {
  const args = field.args.filter((arg) => isRequiredArgument(arg) || isWanted(arg.name, given))
  const making = { root: field.name, ids, given }
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ')
  const inside = `${field.name}${passed && `(${passed})`} ${selectionOf(field.type, depth)}`
  return {
    query: `${operation} ${declared && `(${declared})`} { ${inside} }`,
    variables: Object.fromEntries(args.map(({ name, type }) => [name, valueAt(making, name, type)])),
  }
}

/** Every code of an answer: of top-level errors and of the payload's `userErrors`. */
export const answered = (answer: Answer, field: string): readonly unknown[] => {
  const payload = answer.data?.[field] as { userErrors?: { code: string }[] } | null | undefined
  return [...codes(answer), ...(payload?.userErrors ?? []).map(({ code }) => code)]
}
