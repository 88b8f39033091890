import { customerFacts } from '@hilo/customers'
import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PricingContext } from '@hilo/pricing'
import { sql } from 'kysely'

type Tables =
  | 'customer'
  | 'customer_group'
  | 'customer_group_member'
  | 'segment'
  | 'segment_member'
  | 'order'
  | 'device'
  | 'device_type'

/** What prices and promotions look at in who asks: nothing for a guest, and no statement. */
export const askerFacts = async (
  db: Executor<Tables>,
  {
    customerId,
    deviceId,
    now,
  }: { readonly customerId?: Uuid | null; readonly deviceId?: Uuid | null; readonly now: Date },
): Promise<Pick<PricingContext, 'customer' | 'device'>> => {
  if (!customerId && !deviceId) return {}
  const known = db
    .selectNoFrom([
      sql<number>`(
        select count(*)::int from "order" where customer_id = ${customerId ?? null}::uuid and status <> 'CANCELLED' and not test
      )`.as('orders'),
      sql<string | null>`(
        select device_type.kind from device join device_type on device_type.id = device.device_type_id
        where device.id = ${deviceId ?? null}::uuid
      )`.as('device'),
    ])
    .executeTakeFirstOrThrow()
  const [facts, { orders, device }] = await Promise.all([
    customerId ? customerFacts(db, customerId, now) : undefined,
    known,
  ])
  return {
    ...(customerId &&
      facts && {
        customer: {
          id: customerId,
          groups: facts.groups,
          segments: facts.segments,
          ...(facts.loyaltyTier !== null && { loyaltyTier: facts.loyaltyTier }),
          orderCount: orders,
        },
      }),
    ...(device && { device: { kind: device } }),
  }
}
