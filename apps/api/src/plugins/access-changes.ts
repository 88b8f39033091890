import type { EventFeed, StoredEvent } from '@hilo/db'

/** Events after which credentials may no longer prove what they proved, each with whose they are. */
const SUBJECT_OF: Readonly<Record<string, (event: StoredEvent) => string | undefined>> = {
  'SessionRevoked.v1': ({ aggregateId }) => `session:${aggregateId}`,
  'ApiKeyRevoked.v1': ({ aggregateId }) => `app:${aggregateId}`,
  'StaffUpdated.v1': ({ aggregateId }) => `staff:${aggregateId}`,
  'StaffGrantsSet.v1': ({ aggregateId }) => `staff:${aggregateId}`,
  'DeviceRevoked.v1': ({ aggregateId }) => `device:${aggregateId}`,
  // Whoever holds it is not known here: all staff look again.
  'RoleUpdated.v1': () => 'staff',
}

/** Tells open subscriptions when to ask at once whether their credentials still hold. */
export interface AccessChanges {
  /** Calls back after a change of one of these subjects; gives the way to stop. */
  readonly watch: (subjects: readonly string[], changed: () => void) => () => void
}

const listenTo = async (feed: EventFeed, watchers: ReadonlyMap<string, ReadonlySet<() => void>>) => {
  for await (const event of feed.subscribe({ types: Object.keys(SUBJECT_OF) })) {
    const subject = SUBJECT_OF[event.type]?.(event)
    for (const changed of watchers.get(subject ?? '') ?? []) changed()
  }
}

/** One reader of the log for all subscriptions of the process; begins with the first of them, and ends with the feed. */
export const accessChanges = (feed: EventFeed): AccessChanges => {
  const watchers = new Map<string, Set<() => void>>()
  let listening = false
  return {
    watch: (subjects, changed) => {
      if (!listening) {
        listening = true
        // Should the log not be readable, the regular check still finds out.
        void listenTo(feed, watchers)
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
