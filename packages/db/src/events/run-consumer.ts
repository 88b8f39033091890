import type { FullExecutor } from '../executor.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { continueTrace, duration, inSpan } from '@hilo/telemetry'
import { sql } from 'kysely'
import type { PlacedEvent, StoredEvent } from './event.ts'
import type { EventFeed } from './event-feed.ts'
import { isBefore, type Position, START } from './position.ts'
import { readBetween, readHead } from './read-events.ts'

interface ConsumerOptions {
  readonly db: FullExecutor
  readonly feed: EventFeed
  /** Its name for ever: the offset is kept under it. */
  readonly name: string
  readonly types: readonly string[]
  readonly signal: AbortSignal
  /** Where a new name begins: at the first event ever (default), or now. */
  readonly from?: 'start' | 'now'
  /** Hears of each failed attempt; the event is tried again, ever more slowly, and never skipped. */
  readonly onError?: (error: unknown, event: StoredEvent | undefined) => void
}

/** What follows from events, done in the transaction that also moves the offset: both happen, or neither. */
export type Consumer = ConsumerOptions &
  (
    | { readonly handle: (tx: FullExecutor, event: StoredEvent) => Promise<void> }
    /** All events of a transaction at once, where one statement can do what many ask for; at least one, at most 100. */
    | { readonly handleAll: (tx: FullExecutor, events: readonly StoredEvent[]) => Promise<void> }
  )

const BATCH = 100
const FIRST_BACKOFF_MS = 100
const LONGEST_BACKOFF_MS = 30_000
const BUSY_MS = 200
/** After so many transactions without an event of its own a consumer notes how far it has looked. */
const NOTE_EVERY = 10_000n

/** Where the consumer stands, its row made when it is new. */
const enrol = async ({ db, name, from }: Consumer): Promise<Position> => {
  const { tx, id } = from === 'now' ? await readHead(db) : START
  await db
    .insertInto('event_consumer')
    .values({ name, tx: tx.toString(), event_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db
    .selectFrom('event_consumer')
    .select(['tx', 'event_id'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return { tx: BigInt(row.tx), id: row.event_id }
}

/** What one transaction did: how far it came, or that another process is at it. */
type Step = { readonly reached: Position } | 'busy'

interface Reach {
  readonly to: Position
  readonly limit: number
  readonly onEvent: (event: StoredEvent) => void
}

const jobTook = duration('hilo_job_seconds', 'Time a consumer of the event log took for its work.')
const jobWaited = duration(
  'hilo_job_delay_seconds',
  'Time from an event to the end of the work that follows from it.',
)

/** Work that follows from an event is a span of the trace in which the event became true. */
const traced = (name: string, event: StoredEvent, work: () => Promise<void>): Promise<void> =>
  continueTrace(event.traceparent, () =>
    inSpan(`job ${name}`, { side: 'consumer', attributes: { 'hilo.event.type': event.type } }, async () => {
      const startedAt = performance.now()
      await work()
      jobTook(performance.now() - startedAt, { consumer: name })
      jobWaited(Date.now() - event.at.getTime(), { consumer: name })
    }),
  )

const handleEach = async (
  consumer: Consumer,
  { tx, events, onEvent }: Pick<Reach, 'onEvent'> & { tx: FullExecutor; events: readonly StoredEvent[] },
): Promise<void> => {
  if (!('handleAll' in consumer)) {
    for (const event of events) {
      onEvent(event)
      await traced(consumer.name, event, () => consumer.handle(tx, event))
    }
  } else if (events[0]) {
    onEvent(events[0])
    await traced(consumer.name, events[0], () => consumer.handleAll(tx, events))
  }
}

const step = (consumer: Consumer, { to, limit, onEvent }: Reach): Promise<Step> => {
  const { db, name, types } = consumer
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('event_consumer')
      .select(['tx', 'event_id'])
      .where('name', '=', name)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!row) return 'busy'
    const from = { tx: BigInt(row.tx), id: row.event_id }
    if (!isBefore(from, to)) return { reached: from }
    const events: readonly PlacedEvent[] = await readBetween(tx, { from, to, types, limit })
    await handleEach(consumer, { tx, onEvent, events: events.map(({ event }) => event) })
    const reached = events.length < limit ? to : events.at(-1)!.place
    await tx
      .updateTable('event_consumer')
      .set({ tx: reached.tx.toString(), event_id: reached.id, updated_at: sql`now()` })
      .where('name', '=', name)
      .execute()
    return { reached }
  })
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)

/**
 * Handles each event of some types once, in order, however many processes run it and whenever they die: its offset and
 * its effects commit together. Runs until the signal; a handler that fails stops it there, to be tried again.
 */
export const runConsumer = async (consumer: Consumer): Promise<void> => {
  const { db, feed, types, signal, onError } = consumer
  let noted = await enrol(consumer)
  let seen = noted
  let limit = BATCH
  let backoff = FIRST_BACKOFF_MS

  const advance = async (to: Position): Promise<void> => {
    let handling: StoredEvent | undefined
    try {
      const found = await readBetween(db, { from: seen, to, types, limit: 1 })
      if (found.length === 0 && to.tx - noted.tx < NOTE_EVERY) {
        seen = to
        return
      }
      const done = await step(consumer, { to, limit, onEvent: (event) => (handling = event) })
      if (done === 'busy') return await pause(BUSY_MS, signal)
      noted = done.reached
      seen = done.reached
      limit = Math.min(limit * 2, BATCH)
      backoff = FIRST_BACKOFF_MS
    } catch (error) {
      onError?.(error, handling)
      if (handling && limit > 1) {
        // What came before the event that fails is done on its own, so that only that one waits.
        limit = 1
        return
      }
      await pause(backoff, signal)
      backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)
    }
  }

  while (!signal.aborted) {
    await feed.beyond(seen, signal)
    if (!signal.aborted) await advance(feed.place())
  }
}
