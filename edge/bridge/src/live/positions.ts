import type { Store } from '@hilo/store'

/** How far each subscription was followed, so that after a restart it goes on there. */
export const createPositions = (store: Store) => ({
  get: (stream: string): string | undefined =>
    store.sql.get<{ event: string }>('SELECT event FROM position WHERE stream = ?', stream)?.event,
  /** A crash may take the last steps back; then their events come again, and change nothing. */
  save: (stream: string, event: string) =>
    void store.writeSoon((sql) =>
      sql.run('INSERT OR REPLACE INTO position (stream, event) VALUES (?, ?)', stream, event),
    ),
  forget: (stream: string) =>
    void store.writeSoon((sql) => sql.run('DELETE FROM position WHERE stream = ?', stream)),
})

/** What `createPositions` makes. */
export type Positions = ReturnType<typeof createPositions>
