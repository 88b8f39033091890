import { type RawBuilder, sql } from 'kysely'

/** SQL: the row of `offer` is on sale at this moment: published, and priced, since what has no price nobody can buy. */
export const isOnSale = (now: Date): RawBuilder<unknown> => sql`offer.amount_minor is not null
  and (offer.published_from is null or offer.published_from <= ${now}::timestamptz)
  and (offer.published_until is null or offer.published_until > ${now}::timestamptz)`
