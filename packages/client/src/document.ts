import { print } from '@0no-co/graphql.web'

/** A parsed operation that carries the types of its result and variables, as gql.tada and code generators make them. */
export interface ParsedDocument<Data, Variables> {
  readonly kind: 'Document'
  readonly definitions: readonly unknown[]
  readonly __apiType?: (variables: Variables) => Data
}

/** One operation, with its fragments: as text, or parsed. */
export type TypedDocument<Data, Variables> = string | ParsedDocument<Data, Variables>

type OperationKind = 'query' | 'mutation' | 'subscription'

interface Operation {
  readonly text: string
  readonly kind: OperationKind
  /** The variables that an argument `input` takes as a whole. */
  readonly inputs: readonly string[]
}

const TOKEN = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|#.*|[{}()]|\w+/g

const kindOf = (text: string): OperationKind => {
  let depth = 0
  let before = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (depth === 0 && before !== 'fragment' && /^(?:mutation|subscription)$/.test(token))
      return token as OperationKind
    if (depth === 0 && token === 'query' && before !== 'fragment') return 'query'
    if (token === '{' || token === '(') depth += 1
    else if (token === '}' || token === ')') depth -= 1
    before = token
  }
  return 'query'
}

const known = new Map<unknown, Operation>()
const LIMIT = 1_000

/** The text to send, and what must be known of it. Remembered per document. */
export const operationOf = (document: TypedDocument<never, never>): Operation => {
  const before = known.get(document)
  if (before) return before
  const text = typeof document === 'string' ? document : print(document as never)
  const inputs = [...text.matchAll(/\binput\s*:\s*\$(\w+)/g)].map(([, name]) => name!)
  const operation = { text, kind: kindOf(text), inputs }
  if (known.size >= LIMIT) known.clear()
  known.set(document, operation)
  return operation
}
