import { keyset, type Executor } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'

type Operations = Executor<'persisted_operation'>

const COLUMNS = ['id', 'hash', 'name', 'document', 'created_at'] as const

/** An operation as it was registered. */
export interface StoredOperation {
  readonly id: Uuid
  readonly hash: Uint8Array
  readonly name: string
  readonly document: string
  readonly created_at: Date
}

/** The text of an operation by the hash of it. */
export const documentByHash = async (db: Operations, hash: Uint8Array): Promise<string | undefined> =>
  (await db.selectFrom('persisted_operation').select('document').where('hash', '=', hash).executeTakeFirst())
    ?.document

/** Registered operations by their hashes, in no order. */
export const operationsByHash = (
  db: Operations,
  hashes: readonly Uint8Array[],
): Promise<readonly StoredOperation[]> =>
  db.selectFrom('persisted_operation').select(COLUMNS).where('hash', 'in', hashes).execute()

/** Adds operations that are not there yet; gives those. */
export const addOperations = (
  db: Operations,
  operations: readonly StoredOperation[],
): Promise<readonly StoredOperation[]> =>
  db
    .insertInto('persisted_operation')
    .values(operations.map((operation) => ({ ...operation })))
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning(COLUMNS)
    .execute()

/** Takes an operation away; gives it, or undefined when there was none. */
export const removeOperation = (db: Operations, hash: Uint8Array): Promise<StoredOperation | undefined> =>
  db.deleteFrom('persisted_operation').where('hash', '=', hash).returning(COLUMNS).executeTakeFirst()

/** A page of registered operations, newest first; the key is `[id]`. */
export const operationPage = (
  db: Operations,
  { after, limit }: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<readonly StoredOperation[]> => {
  const rows = db.selectFrom('persisted_operation').select(COLUMNS)
  return keyset(rows, { columns: [['id', 'desc']], after, limit }).execute()
}

/** How many operations are registered. */
export const countOperations = async (db: Operations): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('persisted_operation')
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  )
