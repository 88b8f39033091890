import { getOperationAST, parse, print, type DocumentNode, type OperationTypeNode } from 'graphql'

/** An operation as text, or parsed with the types of its result and variables (as gql.tada makes them). */
export type TypedDocument<Data, Variables> =
  | string
  | (DocumentNode & { readonly __apiType?: (variables: Variables) => Data })

interface Operation {
  readonly text: string
  readonly kind: OperationTypeNode | undefined
}

const known = new Map<unknown, Operation>()
const LIMIT = 1_000

/** The text to send and whether it is a query, a mutation or a subscription. Remembered per document. */
export const operationOf = (document: string | DocumentNode): Operation => {
  const before = known.get(document)
  if (before) return before
  const node = typeof document === 'string' ? parse(document, { noLocation: true }) : document
  const operation = {
    text: typeof document === 'string' ? document : print(document),
    kind: getOperationAST(node)?.operation,
  }
  if (known.size >= LIMIT) known.clear()
  known.set(document, operation)
  return operation
}

/** True when the API gives the same answer to the same request again: a query, or a mutation that carries its key. */
export const isRepeatable = (kind: OperationTypeNode | undefined, variables: unknown): boolean => {
  if (kind === 'query') return true
  const input = (variables as { input?: { idempotencyKey?: unknown } } | undefined)?.input
  return kind === 'mutation' && typeof input?.idempotencyKey === 'string'
}
