import {
  type DocumentNode,
  getOperationAST,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
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

/**
 * True for a query or subscription of nothing but fields that are declared the same for every guest:
 * `extensions: { publicAnswer: true }`.
 */
export const isPublicOperation = ({ schema, document, operationName }: Operation): boolean => {
  const operation = getOperationAST(document, operationName ?? undefined)
  if (!operation || operation.operation === OperationTypeNode.MUTATION) return false
  const declared = schema.getRootType(operation.operation)?.getFields() ?? {}
  return rootFields(operation.selectionSet, document).every(
    (name) => name === '__typename' || declared[name]?.extensions?.['publicAnswer'] === true,
  )
}
