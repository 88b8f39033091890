import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** What pricing asks about a customer. */
export interface CustomerFacts {
  readonly groupIds: readonly Uuid[]
  readonly groupCodes: readonly string[]
}

/** The groups of a customer, by code, for price lists and promotions. */
export const customerFacts = async (
  db: Executor<'customer_group' | 'customer_group_member'>,
  customerId: Uuid,
): Promise<CustomerFacts> => {
  const groups = await db
    .selectFrom('customer_group_member')
    .innerJoin('customer_group', 'customer_group.id', 'customer_group_member.customer_group_id')
    .select(['customer_group.id', 'customer_group.code'])
    .where('customer_group_member.customer_id', '=', customerId)
    .orderBy('customer_group.code')
    .execute()
  return { groupIds: groups.map(({ id }) => id), groupCodes: groups.map(({ code }) => code) }
}
