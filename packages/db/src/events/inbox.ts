import type { PlacedEvent, StoredEvent } from './event.ts'

/** A bounded queue between the feed and one subscriber. */
export interface Inbox {
  /** Keeps what is wanted of it; when there is no room it forgets everything and says so at the next `take`. */
  readonly offer: (events: readonly PlacedEvent[]) => void
  readonly close: () => void
  /** Waits for events and takes them all; nothing when there was no room or it is closed. Throws what `wanted` threw. */
  readonly take: () => Promise<readonly PlacedEvent[] | undefined>
}

/** An empty inbox with room for `size` events. */
export const inbox = (size: number, wanted: (event: StoredEvent) => boolean): Inbox => {
  let events: PlacedEvent[] = []
  let state: 'open' | 'full' | 'closed' = 'open'
  let failure: { readonly error: unknown } | undefined
  let arrival: (() => void) | undefined

  const end = (how: 'full' | 'closed'): void => {
    state = how
    events = []
    arrival?.()
  }

  return {
    offer: (offered) => {
      if (state !== 'open') return
      try {
        for (const each of offered) if (wanted(each.event)) events.push(each)
      } catch (error) {
        // One subscriber's mistake must not reach the others.
        failure = { error }
        return end('closed')
      }
      if (events.length > size) end('full')
      else if (events.length > 0) arrival?.()
    },
    close: () => end('closed'),
    take: async () => {
      if (events.length === 0 && state === 'open') {
        const { promise, resolve } = Promise.withResolvers<void>()
        arrival = resolve
        await promise
      }
      if (failure) throw failure.error
      if (state !== 'open') return undefined
      const taken = events
      events = []
      return taken
    },
  }
}
