import type { FullExecutor } from '../executor.ts'
import type { StoredEvent } from './event.ts'
import { inbox, type Inbox } from './inbox.ts'
import { isBefore, type Position } from './position.ts'
import { readBetween, refuseFuture } from './read-events.ts'

/** Where the events of a subscriber come from. */
export interface Source {
  readonly db: FullExecutor
  /** Up to where the feed has read; what comes later is offered to the inboxes. */
  readonly place: () => Position
  readonly inboxes: Set<Inbox>
  /** Events that wait for a slow subscriber before it reads from the log instead. */
  readonly buffer: number
}

/** What a subscriber wants. */
export interface Wish {
  readonly from: Position
  readonly types: readonly string[] | undefined
  readonly filter: ((event: StoredEvent) => boolean) | undefined
  readonly signal: AbortSignal
}

const BATCH = 200

/** From the log, as long as the subscriber is behind the feed. Returns the place it reached. */
async function* catchUp({ db, place }: Source, { from, types, filter, signal }: Wish) {
  let reached = from
  while (!signal.aborted && isBefore(reached, place())) {
    const to = place()
    const read = await readBetween(db, { from: reached, to, types, limit: BATCH })
    for (const { event } of read) {
      if (signal.aborted) return reached
      if (!filter || filter(event)) yield event
    }
    reached = read.length < BATCH ? to : read.at(-1)!.place
  }
  return reached
}

/** As the feed offers them, until there were too many at once. Returns the place it reached. */
async function* live({ inboxes, buffer }: Source, { from, types, filter, signal }: Wish) {
  const typeSet = types && new Set(types)
  const own = inbox(buffer, (event) => (!typeSet || typeSet.has(event.type)) && (!filter || filter(event)))
  let reached = from
  inboxes.add(own)
  signal.addEventListener('abort', own.close)
  try {
    for (let taken = await own.take(); taken; taken = await own.take()) {
      for (const { place, event } of taken) {
        if (signal.aborted) return reached
        if (!isBefore(reached, place)) continue
        reached = place
        yield event
      }
    }
    return reached
  } finally {
    inboxes.delete(own)
    signal.removeEventListener('abort', own.close)
  }
}

/**
 * The events of one subscriber, each once and in order: from the log while it is behind, then live, and from the log
 * again when it was too slow. A place in the future is an `InvalidCursorError`. Between the last look at the feed's place and the new inbox nothing is awaited, so
 * nothing falls in between.
 */
export async function* follow(source: Source, wish: Wish): AsyncGenerator<StoredEvent, void> {
  let { from } = wish
  if (isBefore(source.place(), from)) await refuseFuture(source.db, from)
  while (!wish.signal.aborted) {
    from = yield* catchUp(source, { ...wish, from })
    if (!wish.signal.aborted) from = yield* live(source, { ...wish, from })
  }
}
