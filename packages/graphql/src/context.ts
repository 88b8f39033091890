import type { Context, EventFeed } from '@hilo/db'

/** What every resolver gets: who asks, from where, the database, and the feed of events for subscriptions. */
export interface RequestContext extends Context {
  readonly feed: EventFeed
}
