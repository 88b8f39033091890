import {
  BREAK,
  type DocumentNode,
  getOperationAST,
  type GraphQLSchema,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

interface Operation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | null
}

const rootFields = (selectionSet: SelectionSetNode, document: DocumentNode): readonly string[] =>
  selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value]
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, document)
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
    )
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(fragment.selectionSet, document) : []
  })

/** Names of fields whose answer is of its moment: `extensions: { momentary: true }`. */
const momentary = (schema: GraphQLSchema): ReadonlySet<string> => {
  const known = momentaryOf.get(schema)
  if (known) return known
  const names = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ extensions }) => extensions['momentary'] === true)
    .map(({ name }) => name)
  momentaryOf.set(schema, new Set(names))
  return momentaryOf.get(schema)!
}

const momentaryOf = new WeakMap<GraphQLSchema, ReadonlySet<string>>()

/** True when a field of such a name is asked for anywhere, of whatever type: too careful is careful enough. */
const asksForMoment = (document: DocumentNode, schema: GraphQLSchema): boolean => {
  const names = momentary(schema)
  let asks = false
  visit(document, {
    Field: ({ name }) => {
      asks ||= names.has(name.value)
      return asks ? BREAK : undefined
    },
  })
  return asks
}

/**
 * True for a query or subscription of nothing but fields that are declared the same for every guest:
 * `extensions: { publicAnswer: true }`, and that asks for nothing of the moment below them.
 */
export const isPublicOperation = ({ schema, document, operationName }: Operation): boolean => {
  const operation = getOperationAST(document, operationName ?? undefined)
  if (!operation || operation.operation === OperationTypeNode.MUTATION) return false
  if (asksForMoment(document, schema)) return false
  const declared = schema.getRootType(operation.operation)?.getFields() ?? {}
  return rootFields(operation.selectionSet, document).every(
    (name) => name === '__typename' || declared[name]?.extensions?.['publicAnswer'] === true,
  )
}
