import { nextPublicationBoundary } from '@hilo/catalog'
import { type DB, readTogether } from '@hilo/db'
import { nextPriceBoundary } from '@hilo/prices'
import type { Kysely } from 'kysely'
import { nextPromotionChange } from './next-promotion-change.ts'

/** When a price, a price list, a promotion or a publication starts or ends next after a moment; milliseconds since 1970. */
export const nextShelfBoundary = async (db: Kysely<DB>, after: Date): Promise<number | undefined> => {
  const [{ prices, publications }, promotions] = await Promise.all([
    readTogether(db, { prices: nextPriceBoundary(after), publications: nextPublicationBoundary(after) }),
    nextPromotionChange(db, after),
  ])
  const times = [
    ...[...prices, ...publications].flatMap(({ at }) => at ?? []),
    ...(promotions ? [promotions] : []),
  ]
  return times.length === 0 ? undefined : Math.min(...times)
}
