import { nextPublicationBoundary } from '@hilo/catalog'
import { type DB, readTogether } from '@hilo/db'
import { nextPriceBoundary } from '@hilo/prices'
import { type Kysely, type RawBuilder, sql } from 'kysely'

const nextPromotionBoundary = (after: Date): RawBuilder<{ readonly at: number | null }> => sql`
  select (extract(epoch from min(at)) * 1000)::float8 as at
  from promotion
  join promotion_version as published
    on published.promotion_id = promotion.id and published.version = promotion.published_version
  cross join lateral unnest(array[published.definition->>'startsAt', published.definition->>'endsAt']::timestamptz[])
    as boundary(at)
  where promotion.status = 'PUBLISHED' and at > ${after}::timestamptz`

/** When a price, a price list, a promotion or a publication starts or ends next after a moment; milliseconds since 1970. */
export const nextShelfBoundary = async (db: Kysely<DB>, after: Date): Promise<number | undefined> => {
  const { prices, promotions, publications } = await readTogether(db, {
    prices: nextPriceBoundary(after),
    promotions: nextPromotionBoundary(after),
    publications: nextPublicationBoundary(after),
  })
  const times = [...prices, ...promotions, ...publications].flatMap(({ at }) => at ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}
