import { type RawBuilder, sql } from 'kysely'

/** SQL: the row of `offer` is on sale at this moment. */
export const isOnSale = (now: Date): RawBuilder<unknown> => sql`
  (offer.published_from is null or offer.published_from <= ${now}::timestamptz)
  and (offer.published_until is null or offer.published_until > ${now}::timestamptz)`
