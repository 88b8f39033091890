import type { NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { Missing } from './missing.ts'
import type { KeptFinding } from './watch.ts'

/** What every event of a watch carries. */
export interface WatchEventPayload {
  readonly watchId: Uuid
  readonly name: string
  /** How many differences there are, when it broke. */
  readonly findingCount?: number
  /** The first of them. */
  readonly findings?: readonly KeptFinding[]
  /** What is gone, when it broke because nothing can be compared. */
  readonly missing?: Missing
}

/** Differences that an event tells; the others stand in the watch. */
export const MOST_TOLD = 10

/** A watch was made or ended, or its prices are no longer the same or no longer there, or are the same again. */
export const watchEvent = (
  type: 'ParityWatchCreated.v1' | 'ParityWatchDeleted.v1' | 'ParityBroken.v1' | 'ParityRestored.v1',
  payload: WatchEventPayload,
): NewEvent => ({
  aggregate: 'parity_watch',
  aggregateId: payload.watchId,
  type,
  payload: JSON.parse(JSON.stringify(payload)) as NewEvent['payload'],
  permission: 'promotions:read',
})
