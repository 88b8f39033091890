import { nextPublicationBoundary } from '@hilo/catalog'
import { readTogether, type FullExecutor } from '@hilo/db'
import { nextPriceBoundary } from '@hilo/prices'
import { nextPromotionChange } from './next-promotion-change.ts'

/** When a price, a price list, a promotion or a publication starts or ends next after a moment; milliseconds since 1970. */
export const nextShelfBoundary = async (db: FullExecutor, after: Date): Promise<number | undefined> => {
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
