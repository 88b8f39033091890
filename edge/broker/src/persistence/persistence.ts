import type { Store } from '@hilo/store'
import { incomingMessages } from './incoming.ts'
import { outgoingMessages, type QueueLimits } from './outgoing.ts'
import { retainedMessages } from './retained.ts'
import { STEPS } from './schema.ts'
import { subscriptions } from './subscriptions.ts'
import { wills } from './wills.ts'

/** A thousand messages or a week, whichever is less. */
const QUEUE_LIMITS: QueueLimits = { messages: 1_000, ageMs: 7 * 86_400_000 }

interface PersistenceOptions {
  readonly store: Store
  readonly limits?: QueueLimits
  readonly now?: () => number
}

/** What aedes keeps between connections and restarts, in the edge store. Proven by the suite of aedes-persistence. */
export const durablePersistence = ({ store, limits = QUEUE_LIMITS, now = Date.now }: PersistenceOptions) => {
  let broker = { id: '' }
  store.migrate('broker', STEPS)
  const { load, ...sessions } = subscriptions(store)
  const { dropExpired, ...outgoing } = outgoingMessages(store, limits, now)
  return {
    get broker() {
      return broker
    },
    async setup(owner: { id: string }): Promise<void> {
      broker = owner
      dropExpired()
      await load()
    },
    ...retainedMessages(store),
    ...sessions,
    ...outgoing,
    ...incomingMessages(store),
    ...wills(store, () => broker.id),
    /** The store belongs to whoever opened it. */
    destroy: async (): Promise<void> => {},
  }
}

/** The persistence that `durablePersistence` makes. */
export type Persistence = ReturnType<typeof durablePersistence>
