import { DEFAULT_PAGE, MAX_PAGE } from '@hilo/graphql'
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { BASE, PARTS, ROWS_OF_LIST, TOTAL_COUNT, WEIGHTS, type Weight } from './weights.ts'

/** A valid operation with the variables it was sent with, not coerced yet. */
export interface Priced {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

type Values = Readonly<Record<string, unknown>>

const NO_WEIGHT: Weight = {}

const variablesOf = ({ operation, variables }: Priced): Values => ({
  ...Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  ),
  ...variables,
})

const argument = (args: readonly ArgumentNode[] | undefined, name: string, variables: Values): unknown => {
  const value = args?.find((node) => node.name.value === name)?.value
  if (!value) return undefined
  return value.kind === Kind.VARIABLE ? variables[value.name.value] : valueFromASTUntyped(value, variables)
}

/** A page has at most `MAX_PAGE` rows: what asks for more is refused before it reads any. */
const pageSize = (first: unknown): number =>
  Number.isInteger(first) ? Math.min(Math.max(0, first as number), MAX_PAGE) : DEFAULT_PAGE

const fieldOf = (parent: GraphQLNamedType, name: string): { type: GraphQLOutputType } | undefined =>
  isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined

/**
 * The points that a valid operation costs at most, before it runs: an object a point, a field its weight, a connection
 * `first` times and a list its usual rows times what is selected in it. Each fragment is priced once.
 */
export const costOf = (priced: Priced): number => {
  const { schema, document, operation } = priced
  const variables = variablesOf(priced)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  /** By fragment and rows: inside a connection the rows are those of its `first`. */
  const known = new Map<string, number>()

  const ofFragment = (name: string, rows: number): number => {
    const key = `${rows} ${name}`
    const found = known.get(key)
    if (found !== undefined) return found
    const fragment = fragments.get(name)
    const type = fragment && schema.getType(fragment.typeCondition.name.value)
    const points = fragment && type ? ofSelections(type, fragment.selectionSet, rows) : 0
    known.set(key, points)
    return points
  }

  const rowsOf = (
    field: GraphQLOutputType,
    node: FieldNode,
    { weight, page }: { weight: Weight; page: number },
  ) => {
    if (!isListType(getNullableType(field))) return 1
    if (page > 0) return page
    if (typeof weight.rows === 'number') return weight.rows
    if (!weight.rows) return ROWS_OF_LIST
    const names = (node.arguments ?? []).map(({ name }) => name.value)
    return weight.rows(
      Object.fromEntries(names.map((name) => [name, argument(node.arguments, name, variables)])),
    )
  }

  /** `page`: the rows that the connection it stands in was asked for, 0 outside of one. */
  const ofField = (parent: GraphQLNamedType, node: FieldNode, page: number): number => {
    const name = node.name.value
    const weight = WEIGHTS[`${parent.name}.${name}`] ?? NO_WEIGHT
    const own = weight.own ?? (page > 0 && name === 'totalCount' ? TOTAL_COUNT : 0)
    const field = fieldOf(parent, name)
    if (!field || !node.selectionSet) return own
    const type = getNamedType(field.type)
    if (!isCompositeType(type)) return own
    const isPage = type.name.endsWith('Connection')
    const inner = isPage ? pageSize(argument(node.arguments, 'first', variables)) : 0
    const isPart = PARTS.has(type.name) || (page > 0 && type.name.endsWith('Edge'))
    const each = (isPart ? 0 : 1) + ofSelections(type, node.selectionSet, inner)
    return own + rowsOf(field.type, node, { weight, page }) * each
  }

  const ofSelections = (parent: GraphQLNamedType, { selections }: SelectionSetNode, page: number): number => {
    let points = 0
    for (const node of selections) {
      if (node.kind === Kind.FIELD) points += ofField(parent, node, page)
      else if (node.kind === Kind.FRAGMENT_SPREAD) points += ofFragment(node.name.value, page)
      else {
        const type = node.typeCondition ? schema.getType(node.typeCondition.name.value) : parent
        if (type) points += ofSelections(type, node.selectionSet, page)
      }
    }
    return points
  }

  const root = schema.getRootType(operation.operation)
  return BASE[operation.operation] + (root ? ofSelections(root, operation.selectionSet, 0) : 0)
}
