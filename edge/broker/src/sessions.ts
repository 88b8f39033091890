import type { Client } from 'aedes'
import { maySubscribe, mayReceive, type Grants } from './access.ts'

/** A signed-in connection. */
export interface Session {
  readonly grants: Grants
  readonly filters: Set<string>
  /** Numbers of the last messages delivered, so that two filters that cover one message deliver it once. */
  readonly delivered: number[]
}

const REMEMBERED = 64

/** True the first time this message comes up for this connection. */
const isNews = ({ delivered }: Session, counter: number): boolean => {
  if (delivered.includes(counter)) return false
  delivered.push(counter)
  if (delivered.length > REMEMBERED) delivered.shift()
  return true
}

/** Aedes' own check drops a message that a later one overtook on its way through the store; ours replaces it. */
const NO_DUPLICATES = new Proxy<Record<string, number>>({}, { get: () => 0, set: () => true })

/** What is known of each connection, from its sign-in on. */
export const sessionTable = (limits: { readonly subscriptions: number }) => {
  const sessions = new WeakMap<Client, Session>()
  const connected = new Map<string, Client>()
  return {
    of: (client: Client | null): Session | undefined => (client ? sessions.get(client) : undefined),
    start: (client: Client, grants: Grants) => {
      Object.assign(client, { duplicates: NO_DUPLICATES })
      sessions.set(client, { grants, filters: new Set(), delivered: [] })
    },
    joined: (client: Client) => void connected.set(client.id, client),
    left: (client: Client) => {
      if (connected.get(client.id) === client) connected.delete(client.id)
    },
    connected: (): readonly Client[] => [...connected.values()],
    find: (deviceId: string): Client | undefined => connected.get(deviceId),

    subscribe: (client: Client, filter: string): boolean => {
      const session = sessions.get(client)
      if (!session || !maySubscribe(session.grants, filter)) return false
      if (session.filters.size >= limits.subscriptions && !session.filters.has(filter)) return false
      session.filters.add(filter)
      return true
    },
    unsubscribe: (client: Client, filters: readonly string[]) => {
      for (const filter of filters) sessions.get(client)?.filters.delete(filter)
    },
    holds: (client: Client, filter: string): boolean => sessions.get(client)?.filters.has(filter) ?? false,

    /** The last check before a message goes to a device. Queued ones carry their id, and are sent until acknowledged. */
    delivers: (
      client: Client,
      packet: { topic: string; brokerCounter?: number; messageId?: number },
    ): boolean => {
      const session = sessions.get(client)
      if (!session || !mayReceive(session.grants, packet.topic)) return false
      return packet.messageId !== undefined || !packet.brokerCounter || isNews(session, packet.brokerCounter)
    },
  }
}

/** What `sessionTable` makes. */
export type Sessions = ReturnType<typeof sessionTable>
