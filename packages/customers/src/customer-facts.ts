import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'

/** A customer group or segment by its id and its code. */
export interface Membership {
  readonly id: Uuid
  readonly code: string
}

/** What pricing asks about a customer. */
export interface CustomerFacts {
  readonly groups: readonly Membership[]
  /** Those that they are in at this moment. */
  readonly segments: readonly Membership[]
  readonly loyaltyTier: string | null
}

type Tables = 'customer' | 'customer_group' | 'customer_group_member' | 'segment' | 'segment_member'

/** A row of `factsOfCustomers`. */
export interface CustomerFactsRow extends CustomerFacts {
  readonly id: Uuid
}

/** SQL, for `readTogether`: the groups and segments of these customers, by code, and their loyalty tiers. */
export const factsOfCustomers = (
  customerIds: readonly Uuid[],
  now: Date,
): RawBuilder<CustomerFactsRow> => sql`
  select customer.id, loyalty_tier as "loyaltyTier", (
    select coalesce(json_agg(json_build_object('id', id, 'code', code) order by code), '[]')
    from customer_group_member join customer_group on id = customer_group_id
    where customer_id = customer.id
  ) as groups, (
    select coalesce(json_agg(json_build_object('id', id, 'code', code) order by code), '[]')
    from segment_member join segment on id = segment_id
    where customer_id = customer.id and archived_at is null and (until is null or until > ${now}::timestamptz)
  ) as segments
  from customer where customer.id = any(${customerIds}::uuid[])`

/** The groups and segments of a customer, by code, and their loyalty tier, in one statement. */
export const customerFacts = async (
  db: Executor<Tables>,
  customerId: Uuid,
  now: Date,
): Promise<CustomerFacts> => {
  const { rows } = await factsOfCustomers([customerId], now).execute(db)
  const { groups, segments, loyaltyTier } = rows[0] ?? { groups: [], segments: [], loyaltyTier: null }
  return { groups, segments, loyaltyTier }
}
