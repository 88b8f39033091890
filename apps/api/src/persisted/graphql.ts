import { builder, connectionType, defineMutation, keysetConnection, pageArgs } from '@hilo/graphql'
import type { RequestContext } from '@hilo/graphql'
import type { CheckOperation } from './check-operation.ts'
import { documentIdOfHash } from './document-id.ts'
import { countOperations, operationPage, type StoredOperation } from './operation-queries.ts'
import type { Operations } from './operations.ts'
import {
  MOST_DOCUMENTS,
  registeredOperations,
  registerOperations,
  removePersisted,
} from './register-operations.ts'

/** What the API puts into the context of a request, so that an operation can be checked against the API it is for. */
export interface PersistedContext {
  readonly checkOperation: CheckOperation
  readonly operations: Operations
}

const persistedOf = (context: RequestContext) => context as unknown as RequestContext & PersistedContext

const PersistedOperation = builder.objectRef<StoredOperation>('PersistedOperation').implement({
  description: 'An operation that can be asked for by its documentId in place of its text.',
  fields: (t) => ({
    documentId: t.string({
      description: 'sha256: and the hash of the document, in hexadecimal.',
      resolve: ({ hash }) => documentIdOfHash(hash),
    }),
    name: t.exposeString('name'),
    document: t.exposeString('document'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ created_at }) => created_at }),
  }),
})

const PersistedOperationConnection = connectionType(PersistedOperation, 'PersistedOperation')

builder.queryField('persistedOperations', (t) =>
  t.field({
    type: PersistedOperationConnection,
    description: 'The operations that devices and keys that are bound to them may send, newest first.',
    authScopes: { permission: 'settings:write' },
    args: { ...pageArgs(t.arg) },
    resolve: (_root, args, context) =>
      keysetConnection(context, {
        args,
        width: 1,
        rows: (page) => operationPage(context.db, page),
        keyOf: ({ id }) => [id],
        count: () => countOperations(context.db),
      }),
  }),
)

defineMutation('persistedOperationsRegister', {
  description: `Adds 1 to ${MOST_DOCUMENTS} documents to the allow-list, all or none; each holds one operation with a name. Refuses with PERSISTED_OPERATION_INVALID, QUERY_LIMIT_EXCEEDED and COST_LIMIT_EXCEEDED.`,
  access: { permission: 'settings:write' },
  input: (t) => ({ documents: t.stringList({ required: true }) }),
  run: (context, { documents }) =>
    registerOperations(context, documents, persistedOf(context).checkOperation),
  payload: (t) => ({
    operations: t.field({
      type: [PersistedOperation],
      nullable: true,
      description: 'In the order they were sent, each once.',
      resolve: ({ value }, _args, { db }) => value && registeredOperations(db, value.documentIds),
    }),
  }),
})

defineMutation('persistedOperationRemove', {
  description:
    'Takes an operation from the allow-list; other processes of the API follow within a minute. Refuses with NOT_FOUND.',
  access: { permission: 'settings:write' },
  input: (t) => ({ documentId: t.string({ required: true }) }),
  run: async (context, { documentId }) => {
    const removed = await removePersisted(context, documentId)
    if (removed.ok) persistedOf(context).operations.forget(documentId)
    return removed
  },
  payload: (t) => ({
    documentId: t.string({ nullable: true, resolve: ({ value }) => value?.documentId }),
  }),
})
