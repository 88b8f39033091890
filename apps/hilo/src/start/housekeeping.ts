import { setTimeout as delay } from 'node:timers/promises'
import { forgetEndedSessions, forgetOldTries } from '@hilo/access'
import { forgetJobs } from '@hilo/bulk'
import { forgetUnusedAssets } from '@hilo/catalog'
import { forgetExpiredAnswers, type FullExecutor } from '@hilo/db'
import type { Clock } from '@hilo/kernel'
import { forgetDeliveries } from '@hilo/webhooks'
import type { Logger } from 'pino'
import { systemContext } from '../system-context.ts'
import { forgetUploads } from './forget-uploads.ts'

interface Housekeeping {
  readonly db: FullExecutor
  readonly clock: Clock
  readonly logger: Logger
  readonly signal: AbortSignal
  /** Where uploads wait. */
  readonly uploads: string
  /** After so many days assets that nothing uses are deleted; without it they stay. */
  readonly unusedDays: number | undefined
  /** For how many days imports and exports are kept after their end. */
  readonly keepDays: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Each hour takes away what only grows: answers for replays, sign-in tries, deliveries, old imports and exports, ended sessions. */
export const startHousekeeping = async (options: Housekeeping): Promise<void> => {
  const { db, clock, logger, signal, uploads, unusedDays, keepDays } = options
  while (!signal.aborted) {
    try {
      const now = clock()
      while ((await forgetExpiredAnswers(db, { now })) > 0);
      await forgetOldTries(db, now)
      while ((await forgetDeliveries(db, { now })) > 0);
      await forgetEndedSessions(db, now)
      while ((await forgetJobs(db, { now, keepDays })) > 0);
      await forgetUploads(uploads, now)
      if (unusedDays !== undefined)
        await forgetUnusedAssets(await systemContext(db), new Date(now.getTime() - unusedDays * DAY_MS))
    } catch (error) {
      logger.error({ err: error }, 'housekeeping failed and is tried again in an hour')
    }
    await delay(HOUR_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
