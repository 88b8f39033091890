import { randomUUID } from 'node:crypto'
import type { Store } from '@hilo/store'
import { STEPS } from '../schema.ts'

/** The name of the bridge with this store, for ever: made once, so that its session at a broker is found again. */
export const bridgeId = (store: Store): string => {
  store.migrate('bridge', STEPS)
  const known = store.sql.get<{ id: string }>('SELECT id FROM self')
  if (known) return known.id
  const id = `hilo-${randomUUID().slice(0, 8)}`
  store.writeSoon((sql) => sql.run('INSERT INTO self (id) VALUES (?)', id))
  return id
}
