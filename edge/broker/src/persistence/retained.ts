import { Readable } from 'node:stream'
import type { Store } from '@hilo/store'
import { fromRow, toRow, type PacketRow, type StoredPacket } from './packet.ts'

/** True when a topic filter covers a topic. MQTT 3.1.1, 4.7.1. */
export const matches = (filter: string, topic: string): boolean => {
  const wanted = filter.split('/')
  const levels = topic.split('/')
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false
  }
  return wanted.length === levels.length
}

const isExact = (filter: string): boolean => !/[+#]/.test(filter)

/** The levels before the first wildcard: every topic the filter covers starts with them. */
const fixedPart = (filter: string): string => /^[^+#]*?(?=\/?(?:[+#]|$))/.exec(filter)?.[0] ?? ''

const rowsOf = (store: Store, filter: string): (PacketRow & { topic: string })[] =>
  isExact(filter)
    ? store.sql.all('SELECT topic, head, payload FROM retained WHERE topic = ?', filter)
    : store.sql
        .all<PacketRow & { topic: string }>(
          'SELECT topic, head, payload FROM retained WHERE topic >= ?1 AND topic < ?1 || char(1114111) ORDER BY topic',
          fixedPart(filter),
        )
        .filter(({ topic }) => matches(filter, topic))

function* retainedBy(store: Store, filters: readonly string[]): Generator<StoredPacket> {
  for (const filter of filters) for (const row of rowsOf(store, filter)) yield fromRow(row)
}

/** Retained messages: the last one of each topic, kept until an empty one replaces it. */
export const retainedMessages = (store: Store) => ({
  async storeRetained(packet: StoredPacket): Promise<void> {
    const { topic, payload } = packet
    if (!topic) return
    if (!payload?.length) {
      if (store.sql.get('SELECT 1 FROM retained WHERE topic = ?', topic))
        await store.write((sql) => sql.run('DELETE FROM retained WHERE topic = ?', topic))
      return
    }
    const row = toRow(packet)
    await store.write((sql) =>
      sql.run(
        'INSERT OR REPLACE INTO retained (topic, head, payload) VALUES (?, ?, ?)',
        topic,
        row.head,
        row.payload,
      ),
    )
  },
  createRetainedStream: (filter: string): Readable => Readable.from(retainedBy(store, [filter])),
  createRetainedStreamCombi: (filters: string[]): Readable => Readable.from(retainedBy(store, filters)),
})
