import { type EventFeed, workWhenTold, type FullExecutor } from '@hilo/db'
import type { Clock } from '@hilo/kernel'
import { claimRemovals, forgetRemoval } from './removals.ts'
import type { Storage } from './storage/storage.ts'

/** What taking bytes away needs. */
export interface AssetRemovals {
  readonly db: FullExecutor
  readonly feed: Pick<EventFeed, 'subscribe'>
  readonly clock: Clock
  readonly logger: { readonly error: (facts: object, message: string) => void }
  readonly signal: AbortSignal
  readonly storage: Storage
}

/** Claimed at once: the storage may be far away. */
const AT_ONCE = 20

/** Takes away the bytes of deleted assets, of old crops and of uploads that came to nothing. Any number of processes may run it. */
export const startAssetRemovals = (options: AssetRemovals): Promise<void> => {
  const { db, feed, clock, logger, signal, storage } = options
  return workWhenTold({
    feed,
    types: ['AssetDeleted.v1'],
    work: async () => {
      const prefixes = await claimRemovals(db, { now: clock(), limit: AT_ONCE })
      for (const prefix of prefixes) {
        await storage.remove(prefix)
        await forgetRemoval(db, prefix)
      }
      return prefixes.length > 0
    },
    signal,
    onError: (error) => logger.error({ err: error }, 'taking assets away failed and is tried again'),
  })
}
