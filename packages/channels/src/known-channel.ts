import type { Database } from '@hilo/db'
import { type Channel, LOCALES } from '@hilo/kernel'
import { allChannels, channelByCode } from './channel-queries.ts'
import { readShop } from './shop-queries.ts'

/** How long a change of a channel may take to be seen here, in milliseconds: they are changed a few times a year. */
const KNOWN_FOR_MS = 5_000

interface Known {
  readonly defaultCode: string | undefined
  readonly locales: readonly string[]
  readonly byCode: ReadonlyMap<string, Channel>
  /** Codes that were not among them when somebody looked again. */
  readonly sought: Map<string, Promise<Channel | undefined>>
}

const read = async ({ kysely }: Database): Promise<Known> => {
  const [shop, channels] = await Promise.all([readShop(kysely), allChannels(kysely)])
  return {
    defaultCode: shop?.defaultChannelCode ?? undefined,
    locales: shop?.locales ?? LOCALES,
    byCode: new Map(channels.flatMap((channel) => (channel.active ? [[channel.code, channel]] : []))),
    sought: new Map(),
  }
}

const kept = new WeakMap<Database, { readonly known: Promise<Known>; readonly until: number }>()

const known = (database: Database): Promise<Known> => {
  const now = performance.now()
  const last = kept.get(database)
  if (last && now < last.until) return last.known
  const fresh = read(database)
  kept.set(database, { known: fresh, until: now + KNOWN_FOR_MS })
  // What could not be read is tried again by the next request.
  fresh.catch(() => kept.delete(database))
  return fresh
}

/**
 * The open channel with this code, or the shop's default for none. Every request asks, so it is remembered for some
 * seconds; a code that is not known is looked up anew, so a new channel is open at once.
 */
export const knownChannel = async (database: Database, code: string | null): Promise<Channel | undefined> => {
  const { byCode, defaultCode } = await known(database)
  const wanted = code ?? defaultCode ?? (await readShop(database.kysely))?.defaultChannelCode
  if (!wanted) return undefined
  return byCode.get(wanted) ?? channelByCode(database.kysely, wanted)
}

/**
 * True while a channel that was open when somebody began to listen is open; thousands who ask at once, because it was
 * closed, are answered by one look.
 */
export const isStillOpen = async (database: Database, code: string): Promise<boolean> => {
  const { byCode, sought } = await known(database)
  if (byCode.has(code)) return true
  const look = sought.get(code) ?? channelByCode(database.kysely, code)
  sought.set(code, look)
  look.catch(() => sought.delete(code))
  return (await look) !== undefined
}

/** The languages that the shop writes its texts in, remembered like the channels. */
export const knownLocales = async (database: Database): Promise<readonly string[]> =>
  (await known(database)).locales

/** Reads channels and languages anew at the next request: this process has just changed them. */
export const forgetKnown = (database: Database): void => void kept.delete(database)
