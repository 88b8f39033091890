import { setTimeout as delay } from 'node:timers/promises'
import { type EventFeed, parsePosition, runConsumer } from '@hilo/db'
import { enqueue } from './enqueue.ts'
import { EVENT_TYPES } from './event-types.ts'
import { createSender, type SenderOptions } from './sender.ts'

/** What webhooks need to run. */
export interface WebhookWork extends SenderOptions {
  readonly feed: EventFeed
  readonly logger: { readonly error: (facts: object, message: string) => void }
  /** How often retries that became due are looked for, in milliseconds. Default 2,000. */
  readonly tickEvery?: number
}

const TICK_MS = 2_000

/**
 * Follows the log and tells other systems what happens, signed, with retries. Any number of processes may run it; each
 * delivery is sent by one of them, and twice only when one dies after sending. Resolves after the signal.
 */
export const startWebhooks = async (work: WebhookWork): Promise<void> => {
  const { db, feed, clock, logger, signal, tickEvery = TICK_MS } = work
  const sender = createSender(work)
  let bell = Promise.withResolvers<void>()
  const ring = (): void => {
    bell.resolve()
    sender.wake()
  }
  signal.addEventListener('abort', ring, { once: true })

  const send = async (): Promise<void> => {
    while (!signal.aborted) {
      bell = Promise.withResolvers()
      await sender.drain().catch((error: unknown) => {
        logger.error({ err: error }, 'sending webhooks failed and is tried again')
      })
      const tick = new AbortController()
      await Promise.race([bell.promise, delay(tickEvery, undefined, { signal: tick.signal, ref: false })])
      tick.abort()
    }
    await sender.stop()
  }

  await Promise.all([
    runConsumer({
      db,
      feed,
      name: 'webhooks',
      types: EVENT_TYPES.map(({ event }) => event),
      // What happened before webhooks were there is told only when somebody replays it.
      from: 'now',
      // Committed at once, outside of the consumer's transaction, so that sending can begin: noting the same delivery
      // twice after a crash changes nothing.
      handleAll: async (_tx, events) => {
        const placed = events.map((event) => ({ ...event, id: parsePosition(event.position).id }))
        if ((await enqueue(db, placed, clock())) > 0) ring()
      },
      signal,
      onError: (error, event) =>
        logger.error({ err: error, type: event?.type }, 'noting webhook deliveries failed'),
    }),
    send(),
  ])
}
