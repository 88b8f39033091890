import type { FullExecutor } from '@hilo/db'
import type { Clock } from '@hilo/kernel'
import { readDocuments } from '../document/read-documents.ts'
import { readOffers } from '../document/read-offers.ts'
import { engineIn } from '../engine-in-use.ts'
import { takeDue } from './due.ts'

/** Products of one transaction: it holds the readers of the event log back, so it must be short. */
const CHUNK = 200

/**
 * Takes marked products and brings their documents up to date, all in one transaction, so a mark is lost only together
 * with its work being done; for an engine elsewhere a document may come twice. Returns how many it took; several
 * processes may do it at once.
 */
export const projectSearch = (db: FullExecutor, clock: Clock): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const due = await takeDue(tx, CHUNK)
    if (due.length === 0) return 0
    const now = clock()
    const engine = engineIn(tx)
    const whole = due.filter(({ offersOnly }) => !offersOnly).map(({ productId }) => productId)
    const offered = due.filter(({ offersOnly }) => offersOnly).map(({ productId }) => productId)
    if (whole.length > 0) {
      const documents = await readDocuments(tx, whole, now)
      const there = new Set(documents.map(({ productId }) => productId))
      await engine.remove(whole.filter((id) => !there.has(id)))
      await engine.index(documents)
    }
    if (offered.length > 0) await engine.offer(await readOffers(tx, offered, now))
    return due.length
  })
