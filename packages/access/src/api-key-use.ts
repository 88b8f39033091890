import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** How often the last use of a key is written down, so that a busy key is not one write for each request. */
const USE_WRITTEN_EVERY_MS = 60_000

const writeUse = (db: Executor<'api_key'>, id: Uuid, now: Date) =>
  db
    .updateTable('api_key')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('last_used_at', 'is', null),
        eb('last_used_at', '<', new Date(now.getTime() - USE_WRITTEN_EVERY_MS)),
      ]),
    )
    .execute()

/**
 * Writes down that a key was used, at most once a minute, beside the request: nobody waits for it, and a write that
 * fails is made up for by the next use.
 */
export const noteKeyUse = (
  db: Executor<'api_key'>,
  { id, lastUsedAt }: { readonly id: Uuid; readonly lastUsedAt: Date | null },
  now: Date,
): void => {
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() <= USE_WRITTEN_EVERY_MS) return
  void writeUse(db, id, now).catch(() => undefined)
}
