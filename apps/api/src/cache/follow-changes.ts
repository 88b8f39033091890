import type { EventFeed, StoredEvent } from '@hilo/db'
import type { AnswerStore } from './answer-store.ts'

/** After these only answers with the variant in them may be others. */
const OF_ONE_VARIANT: ReadonlySet<string> = new Set([
  'StockChanged.v1',
  'PriceChanged.v1',
  'ShelfPriceChanged.v1',
])

/** What happens to people, carts and devices is in no answer to a guest. An event that nobody thought of forgets all. */
const OF_OTHERS =
  /^(?:Cart|Order|Payment|Customer|Consent|Device|Notification|Staff|Role|ApiKey|Session|RefreshToken|Webhook|PersistedOperation)/

/** What an event makes of the answers: `all` may be others, those of one variant, or none. */
export const reachOf = ({
  type,
  payload,
}: Pick<StoredEvent, 'type' | 'payload'>): 'all' | 'none' | { variantId: string } => {
  if (OF_OTHERS.test(type)) return 'none'
  const { variantId } = (payload ?? {}) as { readonly variantId?: unknown }
  return OF_ONE_VARIANT.has(type) && typeof variantId === 'string' ? { variantId } : 'all'
}

interface Reactions {
  /** Called for each event after which some answer may be another, before it is forgotten. */
  readonly onChange: (event: StoredEvent) => void
  /** Called when the log could not be read on: what came meanwhile is not known. */
  readonly onLost: (error: unknown) => void
}

/**
 * Forgets what the event log says has changed, in each process for itself, until the feed ends. When the log cannot be
 * read on, all is forgotten and it follows again from now: as a new subscriber it is behind nothing.
 */
export const followChanges = async (
  feed: Pick<EventFeed, 'subscribe'>,
  store: Pick<AnswerStore, 'forgetAll' | 'forgetVariant'>,
  { onChange, onLost }: Reactions,
): Promise<void> => {
  for (;;) {
    const events = feed.subscribe()
    try {
      for await (const event of events) {
        const reach = reachOf(event)
        if (reach === 'none') continue
        onChange(event)
        if (reach === 'all') store.forgetAll()
        else store.forgetVariant(reach.variantId)
      }
      return
    } catch (error) {
      onLost(error)
    } finally {
      store.forgetAll()
    }
  }
}
