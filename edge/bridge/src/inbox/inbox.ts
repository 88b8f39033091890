import type { AnswerTo } from '@hilo/protocol'
import type { Store } from '@hilo/store'
import { digestOf } from './digest.ts'

/** A message of a device, as it was kept. */
export interface InboxMessage {
  readonly seq: number
  readonly device: string
  /** Names a request; other messages have none. */
  readonly rid: string | null
  readonly topic: string
  readonly payload: Uint8Array
  /** When it came, in milliseconds since 1970. */
  readonly at: number
  /** Failed attempts so far. */
  readonly attempts: number
  /** Where an MQTT 5 client wants the answer, with its correlation data. */
  readonly answer_topic: string | null
  readonly correlation: Uint8Array | null
  /** `traceparent` of the trace in which it came. */
  readonly trace: string | null
}

/** A message to keep. */
export interface Arrival {
  readonly device: string
  readonly rid: string | null
  readonly topic: string
  readonly payload: Uint8Array
  readonly answerTo?: AnswerTo
  readonly trace?: string | undefined
}

/** What became of an arrival: new, the same request again with the reply it got (if any yet), or another one. */
export type Kept =
  | { readonly kind: 'new' }
  | { readonly kind: 'again'; readonly reply: Uint8Array | undefined }
  | { readonly kind: 'conflict' }

interface Known {
  readonly seq: number
  readonly hash: string
  readonly state: string
  readonly reply: Uint8Array | null
}

/** What devices sent and what they were answered, in the edge store: each request once, for ever the same reply. */
export const createInbox = (store: Store, now: () => number) => ({
  /** Keeps a message; resolves when it is on disk. A parked request that comes again is tried again. */
  keep: ({ device, rid, topic, payload, answerTo, trace }: Arrival): Promise<Kept> =>
    store.write((sql): Kept => {
      const hash = digestOf(topic, payload)
      const known =
        rid === null
          ? undefined
          : sql.get<Known>(
              'SELECT seq, hash, state, reply FROM inbox WHERE device = ? AND rid = ?',
              device,
              rid,
            )
      if (!known) {
        sql.run(
          `INSERT INTO inbox (device, rid, hash, topic, payload, at, answer_topic, correlation, trace)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          device,
          rid,
          hash,
          topic,
          payload,
          now(),
          answerTo?.topic ?? null,
          answerTo?.correlation ?? null,
          trace ?? null,
        )
        return { kind: 'new' }
      }
      if (known.hash !== hash) return { kind: 'conflict' }
      if (known.state === 'parked')
        sql.run("UPDATE inbox SET state = 'pending', attempts = 0 WHERE seq = ?", known.seq)
      return { kind: 'again', reply: known.reply ?? undefined }
    }),

  /** Devices with something to do. */
  waitingDevices: (): string[] =>
    store.sql
      .all<{ device: string }>("SELECT DISTINCT device FROM inbox WHERE state = 'pending'")
      .map(({ device }) => device),

  /** The oldest message of a device that is not done. */
  next: (device: string): InboxMessage | undefined =>
    store.sql.get("SELECT * FROM inbox WHERE device = ? AND state = 'pending' ORDER BY seq LIMIT 1", device),

  failed: (seq: number) =>
    void store.writeSoon((sql) => sql.run('UPDATE inbox SET attempts = attempts + 1 WHERE seq = ?', seq)),

  /** Puts a message aside until the device sends it again. */
  park: (seq: number) =>
    void store.writeSoon((sql) => sql.run("UPDATE inbox SET state = 'parked' WHERE seq = ?", seq)),

  /**
   * Remembers the answer until a time. It may get lost with a crash: then the message is handled again, and the API
   * says the same.
   */
  answer: (seq: number, reply: Uint8Array, until: number) =>
    void store.writeSoon((sql) =>
      sql.run("UPDATE inbox SET state = 'answered', reply = ?, until = ? WHERE seq = ?", reply, until, seq),
    ),

  done: (seq: number) =>
    store.writeSoon((sql) => {
      sql.run("UPDATE inbox SET state = 'done' WHERE seq = ?", seq)
      // Only requests are asked for again.
      sql.run('DELETE FROM inbox WHERE seq = ? AND rid IS NULL', seq)
    }),

  /** Answers that were given but perhaps not sent. */
  unsent: (): (InboxMessage & { readonly reply: Uint8Array })[] =>
    store.sql.all("SELECT * FROM inbox WHERE state = 'answered' ORDER BY seq"),

  /** How many messages wait, and how many were put aside. */
  count: (): { readonly pending: number; readonly parked: number } =>
    store.sql.get(
      `SELECT (SELECT count(*) FROM inbox WHERE state = 'pending') AS pending,
              (SELECT count(*) FROM inbox WHERE state = 'parked') AS parked`,
    )!,

  /** Forgets the answers whose time is over. */
  forget: () =>
    void store.writeSoon((sql) => sql.run("DELETE FROM inbox WHERE state = 'done' AND until <= ?", now())),
})

/** What `createInbox` makes. */
export type Inbox = ReturnType<typeof createInbox>
