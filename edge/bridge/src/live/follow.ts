import { ClientError, delayAfter, pause, type Backoff, type SubscribeOptions } from '@hilo/client'
import type { Logger } from '@hilo/protocol'
import type { Positions } from './positions.ts'

/** A subscription whose every event must have its effect, over cuts and restarts. */
export interface Stream<Change extends { readonly eventId: string }> {
  /** The name its position is kept under. */
  readonly name: string
  readonly open: (options: SubscribeOptions) => AsyncIterableIterator<{ readonly change: Change }>
  /** Brings the world up to date where there is no position to go on from. Events of that time come after it. */
  readonly fill?: () => Promise<void>
  /** Does what the event asks for; more than once after a crash. Later ones may begin before it has ended. */
  readonly apply: (change: Change) => Promise<void>
}

/** What following needs beside the stream. */
export interface FollowOptions {
  readonly positions: Positions
  readonly backoff: Backoff
  readonly log: Logger
  readonly signal: AbortSignal
}

/** Effects that may be under way at once. */
const AT_ONCE = 256

/** Runs effects side by side, and saves the position of each only when all before it have ended. */
const effects = (save: (eventId: string) => void) => {
  const running: Promise<void>[] = []
  let failure: { readonly error: unknown } | undefined
  let last = Promise.resolve()
  const settle = async (before: Promise<void>, eventId: string, effect: Promise<void>): Promise<void> => {
    try {
      await Promise.all([before, effect])
      if (!failure) save(eventId)
    } catch (error) {
      failure ??= { error }
    }
  }
  return async (eventId: string, effect: Promise<void>): Promise<void> => {
    last = settle(last, eventId, effect)
    running.push(last)
    if (running.length >= AT_ONCE) await running.shift()
    if (failure) throw failure.error
  }
}

const followOnce = async <Change extends { readonly eventId: string }>(
  stream: Stream<Change>,
  { positions, log, signal }: FollowOptions,
  onReady: () => void,
): Promise<void> => {
  const after = positions.get(stream.name)
  const opened = Promise.withResolvers<void>()
  const changes = stream.open({
    after,
    signal,
    onOpen: () => opened.resolve(),
    onLost: (error) => log.debug({ stream: stream.name, code: error.code }, 'subscription lost'),
  })
  try {
    const first = changes.next()
    // The API listens from here on: what happens during the fill comes after it.
    await Promise.race([opened.promise, first])
    if (after === undefined) await stream.fill?.()
    onReady()
    // Who ended it may have forgotten the position since, and an effect that is under way ends later.
    const run = effects((eventId) => void (signal.aborted || positions.save(stream.name, eventId)))
    for (let step = await first; !step.done; step = await changes.next())
      await run(step.value.change.eventId, stream.apply(step.value.change))
  } catch (error) {
    // A position the API does not know, or no longer: begin anew.
    if (after !== undefined && error instanceof ClientError && !error.retryable) positions.forget(stream.name)
    throw error
  } finally {
    await changes.return?.()
  }
}

/** Follows a stream until the signal; `onReady` is called each time it is up to date and listening. */
export const follow = async <Change extends { readonly eventId: string }>(
  stream: Stream<Change>,
  options: FollowOptions,
  onReady: () => void = () => {},
): Promise<void> => {
  for (let failures = 1; !options.signal.aborted; failures += 1) {
    const ready = () => {
      failures = 0
      onReady()
    }
    await followOnce(stream, options, ready).catch((error: unknown) => {
      if (!options.signal.aborted)
        options.log.warn({ stream: stream.name, err: error }, 'subscription begins anew')
    })
    await pause(delayAfter(failures, options.backoff), options.signal)
  }
}
