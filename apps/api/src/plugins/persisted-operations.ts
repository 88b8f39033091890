import type { Actor } from '@hilo/kernel'
import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { API_REFUSALS } from '../errors.ts'
import { namedBy } from '../persisted/document-id.ts'
import type { Operations } from '../persisted/operations.ts'
import type { ApiContext } from '../request-context.ts'
import { refused } from './refused.ts'

/** In a request's context when its text came from the allow-list, not from the client. */
interface FromList {
  isPersisted?: boolean
}

/** What a request says of its operation. */
interface Asked {
  readonly query?: string | null | undefined
  readonly extensions?: unknown
  readonly documentId?: unknown
}

const notFound = (id: string, context: object): GraphQLError =>
  refused(API_REFUSALS.refuse('PERSISTED_OPERATION_NOT_FOUND', { id }), context, { status: 400, spec: true })

/**
 * The text of a request that names its operation instead of sending it, and the mark in the context that it came from the
 * list; undefined when the request brings its own text. Throws the refusal as an error.
 */
export const persistedText = async (
  operations: Operations,
  asked: Asked,
  context: object,
): Promise<string | undefined> => {
  const id = asked.query ? undefined : namedBy(asked)
  if (id === undefined) return undefined
  const document = await operations.find(id)
  if (document === undefined) throw notFound(id, context)
  const marked = context as FromList
  marked.isPersisted = true
  return document
}

interface PersistedOptions {
  readonly operations: Operations
  /** Kinds of actors that may send nothing but persisted operations. */
  readonly persistedOnly: readonly Actor['kind'][]
}

/** Takes a documentId in place of a query, and refuses queries from those who may send only what is registered. */
export const persistedOperations = ({ operations, persistedOnly }: PersistedOptions): Plugin => {
  interface Execution {
    readonly args: { readonly contextValue: unknown }
    readonly setResultAndStopExecution: (result: { errors: GraphQLError[] }) => void
  }
  const isBound = (actor: Actor): boolean =>
    persistedOnly.includes(actor.kind) || ('persistedOnly' in actor && actor.persistedOnly === true)
  const check = ({ args, setResultAndStopExecution }: Execution): void => {
    const context = args.contextValue as ApiContext & FromList
    if (context.isPersisted || !isBound(context.actor)) return
    const refusal = API_REFUSALS.refuse('PERSISTED_OPERATION_REQUIRED', {})
    setResultAndStopExecution({ errors: [refused(refusal, context, { status: 403, spec: true })] })
  }
  return {
    onParams: async ({ params, request, context, setParams }) => {
      const documentId =
        request.method === 'GET' ? new URL(request.url).searchParams.get('documentId') : undefined
      const asked = documentId ? { ...params, documentId } : params
      const query = await persistedText(operations, asked, Object.assign(context, { request }))
      if (query !== undefined) setParams({ ...params, query })
    },
    onExecute: check as never,
    onSubscribe: check as never,
  }
}
