import type { Store } from '@hilo/store'
import { fromRow, messageOf, toRow, type PacketRow, type StoredPacket } from './packet.ts'

interface Client {
  readonly id: string
}

/** Messages of QoS 2 that came and wait for their release, so that a repeat is not taken twice. */
export const incomingMessages = (store: Store) => ({
  async incomingStorePacket(client: Client, packet: StoredPacket): Promise<void> {
    const { head, payload } = toRow(messageOf(packet))
    await store.write((sql) =>
      sql.run(
        'INSERT OR REPLACE INTO incoming (client, message_id, head, payload) VALUES (?, ?, ?, ?)',
        client.id,
        packet.messageId ?? 0,
        head,
        payload,
      ),
    )
  },
  async incomingGetPacket(client: Client, { messageId = 0 }: StoredPacket): Promise<StoredPacket> {
    const row = store.sql.get<PacketRow>(
      'SELECT head, payload FROM incoming WHERE client = ? AND message_id = ?',
      client.id,
      messageId,
    )
    if (!row) throw new Error('no such packet')
    return { ...fromRow(row), messageId }
  },
  async incomingDelPacket(client: Client, { messageId = 0 }: StoredPacket): Promise<void> {
    const deleted = await store.write((sql) =>
      sql.run('DELETE FROM incoming WHERE client = ? AND message_id = ?', client.id, messageId),
    )
    if (deleted === 0) throw new Error('no such packet')
  },
  async cleanIncoming(client: Client): Promise<void> {
    if (store.sql.get('SELECT 1 FROM incoming WHERE client = ? LIMIT 1', client.id))
      await store.write((sql) => sql.run('DELETE FROM incoming WHERE client = ?', client.id))
  },
})
