import { setTimeout as delay } from 'node:timers/promises'
import { forgetOldTries } from '@hilo/access'
import { forgetExpiredAnswers, type DB } from '@hilo/db'
import type { Clock } from '@hilo/kernel'
import { forgetDeliveries } from '@hilo/webhooks'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'

interface Housekeeping {
  readonly db: Kysely<DB>
  readonly clock: Clock
  readonly logger: Logger
  readonly signal: AbortSignal
}

const HOUR_MS = 3_600_000
/** How long an ended session stays, so that a log can still be matched to it. */
const SESSION_KEPT_MS = 7 * 24 * HOUR_MS

/** Each hour takes away what only grows: answers kept for replays, counted sign-in tries, ended sessions. */
export const startHousekeeping = async ({ db, clock, logger, signal }: Housekeeping): Promise<void> => {
  while (!signal.aborted) {
    try {
      const now = clock()
      while ((await forgetExpiredAnswers(db, { now })) > 0);
      await forgetOldTries(db, now)
      while ((await forgetDeliveries(db, { now })) > 0);
      await db
        .deleteFrom('session')
        .where('expires_at', '<', new Date(now.getTime() - SESSION_KEPT_MS))
        .execute()
    } catch (error) {
      logger.error({ err: error }, 'housekeeping failed and is tried again in an hour')
    }
    await delay(HOUR_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
