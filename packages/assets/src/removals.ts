import type { Executor } from '@hilo/db'
import { sql } from 'kysely'

type RemovalExecutor = Executor<'asset_removal'>

/** Notes that the bytes below a prefix of the storage are to go from then on. */
export const noteRemoval = async (db: RemovalExecutor, prefix: string, due: Date): Promise<void> => {
  await db
    .insertInto('asset_removal')
    .values({ prefix, due_at: due })
    .onConflict((conflict) => conflict.column('prefix').doUpdateSet({ due_at: due }))
    .execute()
}

/** Lets the bytes stay after all; false when they are on their way out already. */
export const forgetRemoval = async (db: RemovalExecutor, prefix: string): Promise<boolean> => {
  const gone = await db
    .deleteFrom('asset_removal')
    .where('prefix', '=', prefix)
    .returning('prefix')
    .executeTakeFirst()
  return gone !== undefined
}

/** How long a process has for removing what it claimed, before another one tries. */
const CLAIM_MS = 600_000

/** Claims the removals that are due, oldest first, for ten minutes: what is not done by then is tried again. */
export const claimRemovals = async (
  db: RemovalExecutor,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<readonly string[]> => {
  const { rows } = await sql<{ prefix: string }>`
    update asset_removal set due_at = ${new Date(now.getTime() + CLAIM_MS)}
    where prefix in (
      select prefix from asset_removal where due_at <= ${now} order by due_at limit ${limit} for update skip locked)
    returning prefix`.execute(db)
  return rows.map(({ prefix }) => prefix)
}
