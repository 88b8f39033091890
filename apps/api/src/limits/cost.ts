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
import { BASE, PARTS, ROWS_AGAIN, ROWS_OF_LIST, TOTAL_COUNT, WEIGHTS, type Weight } from './weights.ts'

/** A valid operation with the variables it was sent with, not coerced yet. */
export interface Priced {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
}

type Values = Readonly<Record<string, unknown>>

const NO_WEIGHT: Weight = {}

/** Where a selection stands. */
interface Place {
  /** The rows that the connection it stands in was asked for, 0 outside of one. */
  readonly page: number
  /** Fields above it that have a weight when they come again, in the order of the path. */
  readonly above: readonly string[]
}

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
 * `first` times and a list its usual rows times what is selected in it; below itself, where rows multiply without end, the
 * rows of a full one. Each fragment is priced once.
 */
export const costOf = (priced: Priced): number => {
  const { schema, document, operation } = priced
  const variables = variablesOf(priced)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  }
  /** By fragment and place. */
  const known = new Map<string, number>()

  const ofFragment = (name: string, place: Place): number => {
    const key = `${place.page} ${place.above.join(' ')} ${name}`
    const found = known.get(key)
    if (found !== undefined) return found
    const fragment = fragments.get(name)
    const type = fragment && schema.getType(fragment.typeCondition.name.value)
    const points = fragment && type ? ofSelections(type, fragment.selectionSet, place) : 0
    known.set(key, points)
    return points
  }

  const argumentsOf = (node: FieldNode): Values =>
    Object.fromEntries(
      (node.arguments ?? []).map(({ name }) => [name.value, argument(node.arguments, name.value, variables)]),
    )

  const rowsOf = (
    node: FieldNode,
    { weight, page, isList, isAgain }: { weight: Weight; page: number; isList: boolean; isAgain: boolean },
  ): number => {
    if (isList && page > 0) return page
    if (isAgain) return weight.again ?? (isList ? ROWS_AGAIN : 1)
    if (!isList) return 1
    return typeof weight.rows === 'function' ? weight.rows(argumentsOf(node)) : (weight.rows ?? ROWS_OF_LIST)
  }

  const ownOf = (node: FieldNode, { own }: Weight, page: number): number => {
    if (own !== undefined) return typeof own === 'function' ? own(argumentsOf(node)) : own
    return page > 0 && node.name.value === 'totalCount' ? TOTAL_COUNT : 0
  }

  const ofField = (parent: GraphQLNamedType, node: FieldNode, { page, above }: Place): number => {
    const name = node.name.value
    const coordinate = `${parent.name}.${name}`
    const weight = WEIGHTS[coordinate] ?? NO_WEIGHT
    const own = ownOf(node, weight, page)
    const field = fieldOf(parent, name)
    if (!field || !node.selectionSet) return own
    const type = getNamedType(field.type)
    if (!isCompositeType(type)) return own
    const isPage = type.name.endsWith('Connection')
    const isList = isListType(getNullableType(field.type))
    const isAgain = above.includes(coordinate)
    const counts = (isList && page === 0) || weight.again !== undefined
    const inner = {
      page: isPage ? pageSize(argument(node.arguments, 'first', variables)) : 0,
      above: counts && !isAgain ? [...above, coordinate] : above,
    }
    const isPart = PARTS.has(type.name) || (page > 0 && type.name.endsWith('Edge'))
    const each = (isPart ? 0 : 1) + ofSelections(type, node.selectionSet, inner)
    return own + rowsOf(node, { weight, page, isList, isAgain }) * each
  }

  const ofSelections = (parent: GraphQLNamedType, { selections }: SelectionSetNode, place: Place): number => {
    let points = 0
    for (const node of selections) {
      if (node.kind === Kind.FIELD) points += ofField(parent, node, place)
      else if (node.kind === Kind.FRAGMENT_SPREAD) points += ofFragment(node.name.value, place)
      else {
        const type = node.typeCondition ? schema.getType(node.typeCondition.name.value) : parent
        if (type) points += ofSelections(type, node.selectionSet, place)
      }
    }
    return points
  }

  const root = schema.getRootType(operation.operation)
  const start = { page: 0, above: [] }
  return BASE[operation.operation] + (root ? ofSelections(root, operation.selectionSet, start) : 0)
}
