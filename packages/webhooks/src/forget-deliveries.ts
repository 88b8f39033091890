import type { Executor } from '@hilo/db'
import { keptSince } from './replay.ts'

/** Forgets deliveries older than 30 days that wait for nothing, at most `limit`; returns how many. */
export const forgetDeliveries = async (
  db: Executor<'webhook_delivery'>,
  { now, limit = 5_000 }: { readonly now: Date; readonly limit?: number },
): Promise<number> => {
  const old = db
    .selectFrom('webhook_delivery')
    .select('id')
    .where('created_at', '<', keptSince(now))
    .where('state', '!=', 'PENDING')
    .orderBy('created_at')
    .limit(limit)
  const { numDeletedRows } = await db
    .deleteFrom('webhook_delivery')
    .where('id', 'in', old)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
