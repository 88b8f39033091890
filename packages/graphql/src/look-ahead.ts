import {
  type FieldNode,
  getArgumentValues,
  type GraphQLResolveInfo,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { RequestContext } from './context.ts'

/** Loads what a field of many parents will ask for; returns the rows below it, when fields of theirs load ahead too. */
export type LoadAhead = (
  context: RequestContext,
  parents: readonly never[],
  args: Readonly<Record<string, unknown>>,
) => Promise<{ readonly type: string; readonly rows: readonly unknown[] } | void>

const registered = new Map<string, LoadAhead>()

/**
 * Lets a field be loaded ahead: a list that calls `lookAhead` then has it ready before its rows are told, so that no row
 * waits for a promise of its own.
 */
export const loadsAhead = (type: string, field: string, load: LoadAhead): void => {
  registered.set(`${type}.${field}`, load)
}

/**
 * The fields of a selection by name, through fragments, each of which is looked into once. What `@skip` leaves out may be
 * among them: it is only early.
 */
const fieldsIn = (
  { selections }: SelectionSetNode,
  info: GraphQLResolveInfo,
  seen = new Set<string>(),
): FieldNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet, info, seen)
    const name = selection.name.value
    const fragment = seen.has(name) ? undefined : info.fragments[name]
    seen.add(name)
    return fragment ? fieldsIn(fragment.selectionSet, info, seen) : []
  })

type Selections = readonly SelectionSetNode[]

/** The selections below a path of field names, such as `['nodes']` or `['edges', 'node']`. */
const selectionsAt = (from: Selections, path: readonly string[], info: GraphQLResolveInfo): Selections => {
  const [name, ...rest] = path
  if (name === undefined) return from
  const below = from
    .flatMap((selection) => fieldsIn(selection, info))
    .flatMap((field) => (field.name.value === name && field.selectionSet ? [field.selectionSet] : []))
  return below.length === 0 ? [] : selectionsAt(below, rest, info)
}

const own = ({ fieldNodes }: GraphQLResolveInfo): Selections =>
  fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? [])

/** Where the rows of a connection are told. */
const ROWS = [['nodes'], ['edges', 'node']] as const

const rowSelections = (info: GraphQLResolveInfo): Selections =>
  ROWS.flatMap((path) => selectionsAt(own(info), path, info))

/** True when the rows of the connection that is being resolved are asked for this field. */
export const rowsAskFor = (info: GraphQLResolveInfo, field: string): boolean =>
  rowSelections(info)
    .flatMap((selection) => fieldsIn(selection, info))
    .some(({ name }) => name.value === field)

interface Level {
  readonly context: RequestContext
  readonly info: GraphQLResolveInfo
  readonly type: string
  readonly rows: readonly unknown[]
  readonly selections: Selections
}

/** Executors tell variables in one of two shapes. */
const variablesOf = ({ variableValues }: GraphQLResolveInfo): object =>
  'coerced' in variableValues && 'sources' in variableValues
    ? variableValues
    : { sources: {}, coerced: variableValues }

const loadField = async ({ context, info, type, rows }: Level, field: FieldNode): Promise<void> => {
  const load = registered.get(`${type}.${field.name.value}`)
  const parent = info.schema.getType(type)
  const definition = isObjectType(parent) ? parent.getFields()[field.name.value] : undefined
  if (!load || !definition) return
  const args = getArgumentValues(definition, field, variablesOf(info) as never)
  const below = await load(context, rows as readonly never[], args)
  if (below && field.selectionSet)
    await loadLevel({ context, info, ...below, selections: [field.selectionSet] })
}

const loadLevel = async (level: Level): Promise<void> => {
  if (level.rows.length === 0) return
  const fields = level.selections.flatMap((selection) => fieldsIn(selection, level.info))
  await Promise.all(fields.map((field) => loadField(level, field)))
}

/** Loads ahead, level by level, what the rows of the connection that is being resolved are asked for. */
export const lookAhead = (
  context: RequestContext,
  info: GraphQLResolveInfo,
  { type, rows }: { readonly type: string; readonly rows: readonly unknown[] },
): Promise<void> => loadLevel({ context, info, type, rows, selections: rowSelections(info) })
