import { Readable } from 'node:stream'
import type { Store } from '@hilo/store'
import { fromRow, toRow, type PacketRow, type StoredPacket } from './packet.ts'

interface Client {
  readonly id: string
}

type WillRow = PacketRow & { broker: string }

/** The last words of devices, kept so that those connected at a crash are told offline at the next start. */
export const wills = (store: Store, brokerId: () => string) => {
  const willOf = (client: Client): StoredPacket | undefined => {
    const row = store.sql.get<WillRow>('SELECT * FROM will WHERE client = ?', client.id)
    return row && fromRow(row)
  }
  return {
    async putWill(client: Client, will: StoredPacket): Promise<void> {
      const packet = Object.assign(will, { brokerId: brokerId(), clientId: client.id })
      const { head, payload } = toRow(packet)
      await store.write((sql) =>
        sql.run(
          'INSERT OR REPLACE INTO will (client, broker, head, payload) VALUES (?, ?, ?, ?)',
          client.id,
          packet.brokerId,
          head,
          payload,
        ),
      )
    },
    getWill: async (client: Client) => willOf(client),
    async delWill(client: Client): Promise<StoredPacket | undefined> {
      const will = willOf(client)
      if (will) await store.write((sql) => sql.run('DELETE FROM will WHERE client = ?', client.id))
      return will
    },
    /** The wills left by brokers that are not in the list of living ones. */
    streamWill: (living: Readonly<Record<string, unknown>> = {}): Readable =>
      Readable.from(
        store.sql
          .all<WillRow>('SELECT * FROM will')
          .filter(({ broker }) => !living[broker])
          .map(fromRow),
      ),
  }
}
