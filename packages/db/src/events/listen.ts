import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'

const FIRST_BACKOFF_MS = 50
const LONGEST_BACKOFF_MS = 5_000

interface Listening {
  readonly config: ClientConfig
  readonly channel: string
  /** Called for each notification, and after each reconnection, since something may have been missed. */
  readonly onWake: () => void
  readonly onError: (error: unknown) => void
}

const connect = async ({ config, channel, onWake, onError }: Listening): Promise<Client> => {
  const client = new Client({ ...config, application_name: 'hilo:listen', statement_timeout: 0 })
  // Without a listener a connection that breaks would end the process.
  client.on('error', onError)
  try {
    await client.connect()
    client.on('notification', onWake)
    await client.query(`listen ${channel}`)
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

/** Keeps one connection that listens; a lost one is opened again, at first at once, then ever more slowly. */
export const listen = async (listening: Listening): Promise<{ readonly close: () => Promise<void> }> => {
  const closing = new AbortController()
  const { signal } = closing
  let client: Client | undefined = await connect(listening)

  const stayConnected = async (): Promise<void> => {
    let backoff = FIRST_BACKOFF_MS
    while (!signal.aborted) {
      try {
        client ??= await connect(listening)
        backoff = FIRST_BACKOFF_MS
        listening.onWake()
        await once(client, 'end', { signal })
      } catch (error) {
        if (!signal.aborted) listening.onError(error)
      }
      await client?.end().catch(() => undefined)
      client = undefined
      await delay(backoff, undefined, { signal }).catch(() => undefined)
      backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)
    }
  }

  const connected = stayConnected()
  return {
    close: async () => {
      closing.abort()
      await connected
    },
  }
}
