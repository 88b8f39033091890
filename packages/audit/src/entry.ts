import type { Uuid } from '@hilo/kernel'

/** A fact of the log with everything that the audit tells of it. */
export interface EntryRow {
  /** Its place in the log; see `EventFeed`. */
  readonly position: string
  readonly type: string
  readonly aggregate: string
  readonly aggregateId: Uuid
  readonly payload: unknown
  /** Before and after, by field. */
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>> | null
  /** `actorKey` of who did it. */
  readonly actor: string
  readonly channelId: Uuid | null
  readonly correlationId: string | null
  readonly address: string | null
  readonly userAgent: string | null
  readonly at: Date
}
