import type { Executor } from '@hilo/db'
import { type CompiledPromotion, nextChange } from '@hilo/pricing'
import { activePromotions, type PromotionTables } from './active-promotions.ts'

/**
 * When an automatic promotion starts or stops by the clock next after a moment, its weekly hours in the time zone of any
 * market included; milliseconds since 1970, `undefined` when none does.
 */
export const nextPromotionChange = async (
  db: Executor<PromotionTables | 'market'>,
  after: Date,
  concerns: (promotion: CompiledPromotion) => boolean = () => true,
): Promise<number | undefined> => {
  const promotions = (await activePromotions(db)).filter(({ compiled }) => concerns(compiled))
  if (promotions.length === 0) return undefined
  const markets = await db.selectFrom('market').select('time_zone as timeZone').distinct().execute()
  const times = promotions.flatMap(({ compiled }) =>
    markets.flatMap((market) => nextChange(compiled, after.toISOString(), market) ?? []),
  )
  return times.length === 0 ? undefined : Math.min(...times.map((text) => Date.parse(text)))
}
