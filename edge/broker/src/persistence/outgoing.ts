import { Readable } from 'node:stream'
import type { Sql, Store } from '@hilo/store'
import { fromRow, messageOf, toRow, type PacketRow, type StoredPacket } from './packet.ts'

interface Client {
  readonly id: string
  readonly clean?: boolean
}

/** How much is kept for a device that is away. */
export interface QueueLimits {
  /** Messages for one device, give or take a tenth; the oldest go first. */
  readonly messages: number
  /** Age at which a message is dropped, in milliseconds. */
  readonly ageMs: number
}

type OutgoingRow = PacketRow & { seq: number; message_id: number | null }

const PAGE = 64

const packetOf = (row: OutgoingRow): StoredPacket => ({
  ...fromRow(row),
  messageId: row.message_id ?? undefined,
})

/** Messages of QoS 1 and 2 on their way to sessions that outlive their connection. */
export const outgoingMessages = (store: Store, limits: QueueLimits, now: () => number) => {
  // A queue is cut after a tenth of its length, and not with each message: most are taken before the next one comes.
  const cutAfter = Math.max(1, Math.floor(limits.messages / 10))
  const sinceCut = new Map<string, number>()
  const cutQueue = (sql: Sql, clientId: string) => {
    const added = (sinceCut.get(clientId) ?? 0) + 1
    sinceCut.set(clientId, added % cutAfter)
    if (added < cutAfter) return
    sql.run(
      `DELETE FROM outgoing WHERE seq IN
         (SELECT seq FROM outgoing WHERE client = ? ORDER BY seq DESC LIMIT -1 OFFSET ?)`,
      clientId,
      limits.messages,
    )
  }
  const enqueue = (sql: Sql, clientId: string, packet: StoredPacket, { head, payload }: PacketRow) => {
    sql.run(
      'INSERT INTO outgoing (client, broker, counter, at, head, payload) VALUES (?, ?, ?, ?, ?, ?)',
      clientId,
      packet.brokerId ?? null,
      packet.brokerCounter ?? 0,
      now(),
      head,
      payload,
    )
    cutQueue(sql, clientId)
  }

  function* inOrder({ id }: Client): Generator<StoredPacket> {
    const newest = store.sql.get<{ seq: number | null }>(
      'SELECT max(seq) AS seq FROM outgoing WHERE client = ?',
      id,
    )
    for (let seen = 0; ;) {
      const page = store.sql.all<OutgoingRow>(
        'SELECT * FROM outgoing WHERE client = ? AND seq > ? AND seq <= ? AND at > ? ORDER BY seq LIMIT ?',
        id,
        seen,
        newest?.seq ?? 0,
        now() - limits.ageMs,
        PAGE,
      )
      for (const row of page) yield packetOf(row)
      if (page.length < PAGE) return
      seen = page.at(-1)!.seq
    }
  }

  return {
    dropExpired: () =>
      void store.writeSoon((sql) => sql.run('DELETE FROM outgoing WHERE at <= ?', now() - limits.ageMs)),

    outgoingEnqueue: (sub: { clientId: string }, packet: StoredPacket): Promise<void> =>
      store.write((sql) => enqueue(sql, sub.clientId, packet, toRow(messageOf(packet)))),

    async outgoingEnqueueCombi(subs: readonly { clientId: string }[], packet: StoredPacket): Promise<void> {
      if (subs.length === 0) return
      const row = toRow(messageOf(packet))
      await store.write((sql) => {
        for (const { clientId } of subs) enqueue(sql, clientId, packet, row)
      })
    },

    /** Gives a queued message its id on this connection, or replaces it by the release of its QoS 2 handshake. */
    async outgoingUpdate(client: Client, packet: StoredPacket): Promise<void> {
      const { brokerId, brokerCounter, messageId } = packet
      const numbered = store.writeSoon((sql) =>
        sql.run(
          'UPDATE outgoing SET message_id = ? WHERE client = ? AND broker = ? AND counter = ?',
          messageId ?? null,
          client.id,
          brokerId ?? null,
          brokerCounter ?? null,
        ),
      )
      if (numbered > 0) return
      const { head, payload } = toRow(packet)
      // On disk before the release is sent: otherwise a crash would send the message itself once more.
      const replaced = await store.write((sql) =>
        sql.run(
          `UPDATE outgoing SET broker = ?, counter = ?, head = ?, payload = ?
           WHERE client = ? AND message_id = ? AND broker IS NOT ?`,
          brokerId ?? null,
          brokerCounter ?? null,
          head,
          payload,
          client.id,
          messageId ?? null,
          brokerId ?? null,
        ),
      )
      if (replaced === 0) throw new Error('no such packet')
    },

    /** Takes an acknowledged message away. A crash before the flush sends it again, which QoS 1 allows. */
    async outgoingClearMessageId(client: Client, packet: StoredPacket): Promise<StoredPacket | undefined> {
      if (client.clean || packet.messageId === undefined) return undefined
      const row = store.sql.get<OutgoingRow>(
        'SELECT * FROM outgoing WHERE client = ? AND message_id = ? ORDER BY seq LIMIT 1',
        client.id,
        packet.messageId,
      )
      if (!row) return undefined
      store.writeSoon((sql) => sql.run('DELETE FROM outgoing WHERE seq = ?', row.seq))
      return packetOf(row)
    },

    outgoingStream: (client: Client): Readable => Readable.from(inOrder(client)),
  }
}
