import { appendEvents, type Context, type NewEvent } from '@hilo/db'
import { COMMON, newId, ok, type Result } from '@hilo/kernel'
import type { CheckOperation } from './check-operation.ts'
import { documentIdOfHash, hashOf, hashOfDocument } from './document-id.ts'
import {
  addOperations,
  operationsByHash,
  removeOperation,
  type StoredOperation,
} from './operation-queries.ts'

/** How many documents one request may register. */
export const MOST_DOCUMENTS = 200

const factOf = (type: string, { id, hash, name }: StoredOperation): NewEvent => ({
  aggregate: 'persisted_operation',
  aggregateId: id,
  type,
  payload: { documentId: documentIdOfHash(hash), name },
  permission: 'settings:write',
})

/**
 * Registers documents, all or none; what is there already stays as it is. Gives the hashes in the order asked. Refuses
 * with `INVALID_INPUT`, `PERSISTED_OPERATION_INVALID`, `QUERY_LIMIT_EXCEEDED`, `COST_LIMIT_EXCEEDED`.
 */
export const registerOperations = async (
  ctx: Context,
  documents: readonly string[],
  check: CheckOperation,
): Promise<Result<{ readonly documentIds: readonly string[] }>> => {
  if (documents.length === 0 || documents.length > MOST_DOCUMENTS) {
    const reason = {
      en: `Send 1 to ${MOST_DOCUMENTS} documents.`,
      es: `Envía de 1 a ${MOST_DOCUMENTS} documentos.`,
    }
    return COMMON.refuse('INVALID_INPUT', { reason }, ['documents'])
  }
  const wanted: StoredOperation[] = []
  for (const text of new Set(documents)) {
    const checked = check(text)
    if (!checked.ok) return checked
    const { name, document } = checked.value
    const hash = hashOfDocument(document)
    wanted.push({ id: newId(), hash, name, document, created_at: ctx.now() })
  }
  const added = await addOperations(ctx.db, wanted)
  await appendEvents(
    ctx,
    added.map((operation) => factOf('PersistedOperationRegistered.v1', operation)),
  )
  return ok({ documentIds: wanted.map(({ hash }) => documentIdOfHash(hash)) })
}

/** Takes an operation from the allow-list. Refuses with `NOT_FOUND`. */
export const removePersisted = async (
  ctx: Context,
  documentId: string,
): Promise<Result<{ readonly documentId: string }>> => {
  const hash = hashOf(documentId)
  const removed = hash && (await removeOperation(ctx.db, hash))
  if (!removed)
    return COMMON.refuse('NOT_FOUND', { kind: 'persistedOperation', id: documentId.slice(0, 100) })
  await appendEvents(ctx, [factOf('PersistedOperationRemoved.v1', removed)])
  return ok({ documentId })
}

/** The registered operations with these document ids, in the order asked. */
export const registeredOperations = async (
  db: Context['db'],
  documentIds: readonly string[],
): Promise<readonly StoredOperation[]> => {
  const hashes = documentIds.flatMap((id) => hashOf(id) ?? [])
  if (hashes.length === 0) return []
  const found = await operationsByHash(db, hashes)
  return hashes.flatMap((hash) => found.find((operation) => hash.equals(operation.hash)) ?? [])
}
