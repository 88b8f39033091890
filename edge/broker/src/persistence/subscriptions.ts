import type { Readable } from 'node:stream'
import type { Store } from '@hilo/store'
import memoryPersistence from 'aedes-persistence'

/** A subscription of a session that outlives its connection. */
export interface Subscription {
  readonly topic: string
  readonly qos: 0 | 1 | 2
  readonly rh?: number
  readonly rap?: boolean
  readonly nl?: boolean
}

interface Client {
  readonly id: string
}

/** What the memory persistence does when it gets no callback; its own types only know callbacks. */
interface SubscriptionIndex {
  addSubscriptions(client: Client, subscriptions: readonly Subscription[]): Promise<void>
  removeSubscriptions(client: Client, topics: readonly string[]): Promise<void>
  subscriptionsByClient(client: Client): Promise<Subscription[]>
  subscriptionsByTopic(topic: string): Promise<{ clientId: string; topic: string; qos: 0 | 1 | 2 }[]>
  cleanSubscriptions(client: Client): Promise<void>
  countOffline(): Promise<{ subsCount: number; clientsCount: number }>
  getClientList(topic: string): Readable
}

const loadInto = async (index: SubscriptionIndex, store: Store): Promise<void> => {
  const rows = store.sql.all<{ client: string; topic: string; options: string }>('SELECT * FROM subscription')
  for (const { client, topic, options } of rows)
    await index.addSubscriptions({ id: client }, [{ topic, ...JSON.parse(options) }])
}

/** Subscriptions of sessions: on disk, and in memory as the tree that finds who wants a topic. */
export const subscriptions = (store: Store) => {
  const index = (memoryPersistence as unknown as () => SubscriptionIndex)()
  return {
    load: () => loadInto(index, store),
    async addSubscriptions(client: Client, added: readonly Subscription[]): Promise<void> {
      await index.addSubscriptions(client, added)
      await store.write((sql) => {
        for (const { topic, ...options } of added)
          sql.run(
            'INSERT OR REPLACE INTO subscription (client, topic, options) VALUES (?, ?, ?)',
            client.id,
            topic,
            JSON.stringify(options),
          )
      })
    },
    async removeSubscriptions(client: Client, topics: readonly string[]): Promise<void> {
      await index.removeSubscriptions(client, topics)
      await store.write((sql) => {
        for (const topic of topics)
          sql.run('DELETE FROM subscription WHERE client = ? AND topic = ?', client.id, topic)
      })
    },
    /** Ends a session: its subscriptions and, as MQTT-3.1.2-6 asks, everything queued for it. */
    async cleanSubscriptions(client: Client): Promise<void> {
      await index.cleanSubscriptions(client)
      const { id } = client
      const hasSession = store.sql.get(
        'SELECT 1 FROM subscription WHERE client = ?1 UNION ALL SELECT 1 FROM outgoing WHERE client = ?1 LIMIT 1',
        id,
      )
      if (!hasSession) return
      await store.write((sql) => {
        sql.run('DELETE FROM subscription WHERE client = ?', id)
        sql.run('DELETE FROM outgoing WHERE client = ?', id)
      })
    },
    subscriptionsByClient: (client: Client) => index.subscriptionsByClient(client),
    subscriptionsByTopic: (topic: string) => index.subscriptionsByTopic(topic),
    countOffline: () => index.countOffline(),
    getClientList: (topic: string): Readable => index.getClientList(topic),
  }
}
