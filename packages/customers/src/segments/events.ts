import type { Changed, NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** A segment was made or changed. */
export const segmentEvent = (
  type: 'SegmentCreated.v1' | 'SegmentUpdated.v1',
  segment: { readonly id: Uuid; readonly code: string; readonly archived: boolean },
  changed?: Changed,
): NewEvent => ({
  aggregate: 'segment',
  aggregateId: segment.id,
  type,
  payload: { segmentId: segment.id, code: segment.code, archived: segment.archived },
  changed,
  permission: 'customers:read',
})

/** A customer came into a group or segment, left it, or changed: other prices may hold for them. */
export const customerEvent = (
  type:
    | 'CustomerGroupJoined.v1'
    | 'CustomerGroupLeft.v1'
    | 'CustomerSegmentJoined.v1'
    | 'CustomerSegmentLeft.v1'
    | 'CustomerLoyaltyTierSet.v1'
    | 'CustomerUpdated.v1',
  customerId: Uuid,
  {
    payload,
    changed,
  }: { readonly payload: Readonly<Record<string, string | null>>; readonly changed?: Changed },
): NewEvent => ({
  aggregate: 'customer',
  aggregateId: customerId,
  type,
  payload,
  changed,
  scope: { customer: customerId },
  permission: 'customers:read',
})
