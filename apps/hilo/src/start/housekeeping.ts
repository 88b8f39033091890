import { setTimeout as delay } from 'node:timers/promises'
import { forgetEndedSessions, forgetOldTries } from '@hilo/access'
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

/** Each hour takes away what only grows: answers kept for replays, sign-in tries, deliveries of webhooks, ended sessions. */
export const startHousekeeping = async ({ db, clock, logger, signal }: Housekeeping): Promise<void> => {
  while (!signal.aborted) {
    try {
      const now = clock()
      while ((await forgetExpiredAnswers(db, { now })) > 0);
      await forgetOldTries(db, now)
      while ((await forgetDeliveries(db, { now })) > 0);
      await forgetEndedSessions(db, now)
    } catch (error) {
      logger.error({ err: error }, 'housekeeping failed and is tried again in an hour')
    }
    await delay(HOUR_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
