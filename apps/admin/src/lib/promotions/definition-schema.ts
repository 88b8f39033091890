import {
  type FormFields,
  type FormHint,
  type JsonSchema,
  type KindForm,
  type ObjectSchema,
  PROMOTION_FORM,
  PROMOTION_SCHEMA,
} from '@hilo/pricing'
import type { DraftRecord, DraftValue } from '#lib/editing/rebase.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { type Path, valueAt } from './place.ts'

/** A member of a definition with all that its field is drawn from. */
export interface FormField {
  readonly name: string
  /** In the draft. */
  readonly path: Path
  readonly hint: FormHint
  readonly schema: JsonSchema
  readonly required: boolean
  readonly label: string
  readonly help: string | undefined
}

/** Something to choose from. */
export interface Option {
  readonly value: string
  readonly label: string
}

const DEFS: Readonly<Record<string, JsonSchema>> = PROMOTION_SCHEMA.$defs

/** The schema that a reference names; any other as it is. */
export const resolved = (schema: JsonSchema): JsonSchema =>
  '$ref' in schema ? DEFS[schema.$ref.slice('#/$defs/'.length)]! : schema

/** The schema of an object, whatever names it. */
export const objectSchema = (schema: JsonSchema): ObjectSchema => resolved(schema) as ObjectSchema

/** True for a list that may be empty, which says something else than no list. */
export const mayBeEmpty = (schema: JsonSchema): boolean => {
  const list = resolved(schema)
  return 'items' in list && !list.minItems
}

/** True when many can be chosen. */
export const isMany = (schema: JsonSchema): boolean => 'items' in resolved(schema)

const fieldOf = (
  hint: FormHint,
  { name, schema, path }: { readonly name: string; readonly schema: ObjectSchema; readonly path: Path },
): FormField => ({
  name,
  path: [...path, name],
  hint,
  schema: schema.properties![name]!,
  required: schema.required?.includes(name) ?? false,
  label: hint.label[getLocale()],
  help: hint.help?.[getLocale()],
})

/** The members of an object that have a hint, in the order of their hints; constants are nobody's to fill in. */
export const fieldsOf = (hints: FormFields, of: JsonSchema, path: Path): FormField[] => {
  const schema = objectSchema(of)
  return Object.entries(hints)
    .filter(([name]) => schema.properties?.[name] && !('const' in schema.properties[name]))
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([name, hint]) => fieldOf(hint, { name, schema, path }))
}

/** The schema of a definition. */
export const DEFINITION_SCHEMA: ObjectSchema = PROMOTION_SCHEMA

/** The fields of a definition, by name. */
export const definitionFields = (): ReadonlyMap<string, FormField> =>
  new Map(
    fieldsOf(PROMOTION_FORM.fields, DEFINITION_SCHEMA, ['definition']).map((field) => [field.name, field]),
  )

/** Where kinds are told apart by their `kind`. */
export type KindSet = 'conditions' | 'effects'

const kindsIn = (schema: JsonSchema | undefined): readonly ObjectSchema[] =>
  schema && 'oneOf' in schema ? schema.oneOf : []

const { conditions, effect } = DEFINITION_SCHEMA.properties!
const SCHEMAS: Readonly<Record<KindSet, readonly ObjectSchema[]>> = {
  conditions: kindsIn(conditions && 'items' in conditions ? conditions.items : undefined),
  effects: kindsIn(effect),
}

const optionsOf = (forms: Readonly<Record<string, Pick<KindForm, 'label'>>>): Option[] =>
  Object.entries(forms).map(([value, { label }]) => ({ value, label: label[getLocale()] }))

/** What kinds there are to choose from. */
export const kindOptions = (set: KindSet): Option[] =>
  optionsOf(PROMOTION_FORM[set]).toSorted((a, b) => a.label.localeCompare(b.label, getLocale()))

/** What an `enum` has to choose from. */
export const optionsIn = ({ hint }: FormField): Option[] =>
  Object.entries(hint.options ?? {}).map(([value, texts]) => ({ value, label: texts[getLocale()] }))

const schemaOfKind = (set: KindSet, kind: string): ObjectSchema | undefined =>
  SCHEMAS[set].find(
    ({ properties }) => properties!['kind'] && valueAt(properties as never, ['kind', 'const']) === kind,
  )

/** The fields of a condition or effect of a kind; none for a kind that is not known here. */
export const kindFields = (set: KindSet, kind: string, path: Path): FormField[] => {
  const schema = schemaOfKind(set, kind)
  const form = PROMOTION_FORM[set][kind]
  return schema && form ? fieldsOf(form.fields, schema, path) : []
}

/** A condition or an effect of another kind, with what fits of the one before it, else the first of what must be chosen. */
export const withKind = (before: DraftRecord, set: KindSet, kind: string): DraftRecord => {
  const { properties = {}, required = [] } = schemaOfKind(set, kind) ?? {}
  const members = Object.entries(properties).flatMap(([name, schema]): [string, DraftValue][] => {
    const allowed = 'enum' in schema ? schema.enum : undefined
    const value = before[name]
    if (name === 'kind') return []
    if (value !== undefined && (!allowed || allowed.includes(value as string))) return [[name, value]]
    return allowed && required.includes(name) ? [[name, allowed[0]]] : []
  })
  return { kind, ...Object.fromEntries(members) }
}

/** The kinds of item predicates. */
export const itemOptions = (): Option[] => optionsOf(PROMOTION_FORM.items)

/** The field of an item predicate of a kind, at the place of the predicate. */
export const itemField = (kind: string, path: Path): FormField | undefined => {
  const hint = PROMOTION_FORM.items[kind]
  const schema = objectSchema(DEFS['items']!)
  return hint && schema.properties?.[kind] ? fieldOf(hint, { name: kind, schema, path }) : undefined
}

/** A predicate of a kind that says nothing yet. */
export const blankItem = (kind: string): DraftRecord => {
  const member = resolved(objectSchema(DEFS['items']!).properties![kind]!)
  if (kind === 'all' || kind === 'any') return { [kind]: [blankItem('category')] }
  if (kind === 'not') return { [kind]: blankItem('category') }
  return { [kind]: 'items' in member ? [] : {} }
}
