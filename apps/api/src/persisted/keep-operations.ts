import type { Executor } from '@hilo/db'
import { newId, type Clock } from '@hilo/kernel'
import { getOperationAST, parse } from 'graphql'
import { hashOfDocument } from './document-id.ts'
import { addOperations } from './operation-queries.ts'

/**
 * Keeps the operations that come with this version, so that an edge which was not upgraded yet is still understood when
 * the next version of the API brings others.
 */
export const keepOperations = async (
  db: Executor<'persisted_operation'>,
  documents: readonly string[],
  now: Clock,
): Promise<void> => {
  const operations = documents.map((document) => ({
    id: newId(),
    hash: hashOfDocument(document),
    name: getOperationAST(parse(document))?.name?.value ?? 'Unnamed',
    document,
    created_at: now(),
  }))
  if (operations.length > 0) await addOperations(db, operations)
}
