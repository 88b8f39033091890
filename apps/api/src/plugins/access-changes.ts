import { CHANNEL_UPDATED, forgetKnown } from '@hilo/channels'
import type { Database, EventFeed, StoredEvent } from '@hilo/db'

/** Events after which credentials may no longer prove what they proved, or a channel be closed, each with whose they are. */
const SUBJECT_OF: Readonly<Record<string, (event: StoredEvent) => string | undefined>> = {
  'SessionRevoked.v1': ({ aggregateId }) => `session:${aggregateId}`,
  'ApiKeyRevoked.v1': ({ aggregateId }) => `app:${aggregateId}`,
  'StaffUpdated.v1': ({ aggregateId }) => `staff:${aggregateId}`,
  'StaffGrantsSet.v1': ({ aggregateId }) => `staff:${aggregateId}`,
  'DeviceRevoked.v1': ({ aggregateId }) => `device:${aggregateId}`,
  [CHANNEL_UPDATED]: ({ aggregateId }) => `channel:${aggregateId}`,
  // Whoever holds it is not known here: all staff look again.
  'RoleUpdated.v1': () => 'staff',
}

/** Tells open subscriptions when to ask at once whether their credentials still hold, and their channel is open. */
export interface AccessChanges {
  /** Calls back after a change of one of these subjects; gives the way to stop. */
  readonly watch: (subjects: readonly string[], changed: () => void) => () => void
}

interface Heard {
  readonly database: Database
  readonly feed: EventFeed
}

const listenTo = async (
  { database, feed }: Heard,
  watchers: ReadonlyMap<string, ReadonlySet<() => void>>,
) => {
  for await (const event of feed.subscribe({ types: Object.keys(SUBJECT_OF) })) {
    // Else those who look again see it as it was.
    if (event.type === CHANNEL_UPDATED) forgetKnown(database)
    const subject = SUBJECT_OF[event.type]?.(event)
    for (const changed of watchers.get(subject ?? '') ?? []) changed()
  }
}

/** One reader of the log for all subscriptions of the process; begins with the first of them, and ends with the feed. */
export const accessChanges = (heard: Heard): AccessChanges => {
  const watchers = new Map<string, Set<() => void>>()
  let listening = false
  return {
    watch: (subjects, changed) => {
      if (!listening) {
        listening = true
        // Should the log not be readable, the regular check still finds out.
        void listenTo(heard, watchers)
          .catch(() => undefined)
          .finally(() => (listening = false))
      }
      for (const subject of subjects) {
        watchers.set(subject, (watchers.get(subject) ?? new Set()).add(changed))
      }
      return () => {
        for (const subject of subjects) {
          const left = watchers.get(subject)
          left?.delete(changed)
          if (left?.size === 0) watchers.delete(subject)
        }
      }
    },
  }
}
