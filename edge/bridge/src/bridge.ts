import { delayAfter, pause } from '@hilo/client'
import type { Attachment, Logger } from '@hilo/protocol'
import type { Store } from '@hilo/store'
import { gauge } from '@hilo/telemetry'
import { CHANNELS, type ChannelsData } from './api/documents.ts'
import type { EdgeApi } from './api/edge-api.ts'
import { createInbox } from './inbox/inbox.ts'
import { catalogueName, catalogueStream, withdrawCatalogue } from './live/catalogue.ts'
import { follow, type FollowOptions } from './live/follow.ts'
import { notificationStream } from './live/notifications.ts'
import { createPositions } from './live/positions.ts'
import { revocationStream } from './live/revocations.ts'
import { createPipeline, PATIENCE, type Patience } from './pipeline.ts'
import { createReplies } from './replies.ts'
import { STEPS } from './schema.ts'

/** What the bridge needs to run. */
export interface BridgeOptions {
  /** Code of the shop: the third level of every topic. */
  readonly shop: string
  /** Keeps the inbox and how far subscriptions were followed. The caller closes it, after the bridge. */
  readonly store: Store
  readonly attachment: Attachment
  readonly api: EdgeApi
  readonly log: Logger
  /** Kinds of channel whose prices devices may hold. */
  readonly channelKinds?: readonly string[]
  readonly patience?: Patience
  /** How often new and closed channels are looked for, in milliseconds. Default a minute. */
  readonly roundMs?: number | undefined
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** A running bridge. */
export interface Bridge {
  /** Resolves when the price topics of every channel stand and all subscriptions are open. */
  readonly ready: Promise<void>
  readonly status: () => BridgeStatus
  /** Stops taking messages, lets those in hand finish and leaves the rest for the next start. */
  readonly close: () => Promise<void>
}

/** What waits in the bridge. */
export interface BridgeStatus {
  /** Messages of devices that are still to be done. */
  readonly pending: number
  /** Messages put aside after many attempts: they are done when their device sends them again. */
  readonly parked: number
}

/** Channels that things are in, rather than people's browsers. */
export const CHANNEL_KINDS = ['DEVICE', 'VEHICLE', 'VOICE', 'STORE'] as const

/** How often channels are looked at, and old answers forgotten, when not said. */
const ROUND_MS = 60_000

/** Joins a broker to the API: messages of devices become requests, what happens in the shop becomes messages. */
export const startBridge = (options: BridgeOptions): Bridge => {
  const { shop, store, attachment, api, log, now = Date.now, patience = PATIENCE } = options
  const { roundMs = ROUND_MS } = options
  const kinds: readonly string[] = options.channelKinds ?? CHANNEL_KINDS
  const stop = new AbortController()
  const { signal } = stop
  store.migrate('bridge', STEPS)
  const inbox = createInbox(store, now)
  const replies = createReplies({ attachment, inbox, log, now })
  const pipeline = createPipeline({
    shop,
    inbox,
    replies,
    api,
    provesSender: attachment.provesSender,
    log,
    patience,
    signal,
    now,
  })
  const stopMeasuring = [
    gauge('hilo_edge_inbox_pending', 'Messages of devices still to be done.', () => inbox.count().pending),
    gauge('hilo_edge_inbox_parked', 'Messages put aside after many attempts.', () => inbox.count().parked),
  ]
  attachment.onMessage(pipeline.receive)
  replies.resume()
  pipeline.resume()

  const positions = createPositions(store)
  const following: FollowOptions = { positions, backoff: patience.backoff, log, signal }
  const running: Promise<void>[] = []
  const started = <Change extends { eventId: string }>(
    stream: Parameters<typeof follow<Change>>[0],
    until = signal,
  ) => {
    const ready = Promise.withResolvers<void>()
    // A bridge that is closed before it was ready keeps nobody waiting.
    const ended = follow(stream, { ...following, signal: until }, ready.resolve).finally(ready.resolve)
    running.push(ended)
    return { ready: ready.promise, ended }
  }

  const known = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>()
  const catalogueOf = (channel: string) => ({ shop, channel, store, attachment, log, now })
  const followChannel = (channel: string): Promise<void> => {
    const closed = new AbortController()
    const until = AbortSignal.any([signal, closed.signal])
    const { ready, ended } = started(catalogueStream({ ...catalogueOf(channel), api, signal: until }), until)
    known.set(channel, { stop: closed, ended })
    return ready
  }
  /** A channel that is closed, perhaps while the edge was down; opened again, it is filled anew. */
  const leaveChannel = async (channel: string): Promise<void> => {
    const followed = known.get(channel)
    known.delete(channel)
    followed?.stop.abort()
    await followed?.ended
    positions.forget(catalogueName(channel))
    await withdrawCatalogue(catalogueOf(channel))
  }
  /** The new ones, each until it is filled, or left again. */
  const followChannels = async (): Promise<readonly Promise<void>[]> => {
    const { channels } = await api.request<ChannelsData>(CHANNELS, {}, { signal })
    const ours = channels.filter(({ kind }) => kinds.includes(kind))
    await Promise.all(ours.filter(({ active }) => !active).map(({ code }) => leaveChannel(code)))
    const fresh = ours.filter(({ code, active }) => active && !known.has(code))
    return fresh.map(({ code }) => followChannel(code))
  }
  const allOf = async (promises: readonly Promise<void>[]): Promise<void> =>
    void (await Promise.all(promises))
  const catalogues = Promise.withResolvers<void>()
  const rounds = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      try {
        inbox.forget()
        // Nobody waits here: one that is closed while it is filled is filled only when the next round has left it.
        catalogues.resolve(allOf(await followChannels()))
        failures = 0
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error }, 'channels cannot be read')
        failures += 1
      }
      await pause(failures === 0 ? roundMs : delayAfter(failures, patience.backoff), signal)
    }
  }
  running.push(rounds())

  const listening = [
    catalogues.promise,
    started(notificationStream({ shop, attachment, api, now })).ready,
    started(revocationStream({ attachment, api, log })).ready,
  ]
  return {
    ready: allOf(listening),
    status: inbox.count,
    close: async () => {
      stop.abort()
      for (const end of stopMeasuring) end()
      await Promise.allSettled(running)
      await pipeline.idle()
    },
  }
}
