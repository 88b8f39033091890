import type { Context } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { SECRET } from './secret.ts'

/** What staff did with a promotion, and what its owner was offered. */
export const createPromotionThings = async (
  { db, now }: Context,
  { promotion, ownerId, channelId }: { promotion: Uuid; ownerId: Uuid; channelId: Uuid },
) => {
  const [batch, offer, simulation] = [newId(), newId(), newId()]
  const at = now()
  const later = new Date(at.getTime() + 86_400_000)
  await db
    .insertInto('coupon_batch')
    .values({
      id: batch,
      promotion_id: promotion,
      name: SECRET,
      pattern: '####-####-####',
      alphabet: 'MIXED',
      count: 1,
      created_at: at,
      actor: 'system',
    })
    .execute()
  await db
    .insertInto('promotion_offer')
    .values({
      id: offer,
      promotion_id: promotion,
      customer_id: ownerId,
      note: SECRET,
      starts_at: at,
      expires_at: later,
      created_at: at,
      actor: 'system',
    })
    .execute()
  await db
    .insertInto('promotion_simulation')
    .values({
      id: simulation,
      definition: JSON.stringify({ v: 1, trigger: 'AUTOMATIC', effect: { kind: 'FREE_DELIVERY' } }),
      days: 1,
      channel_ids: [channelId],
      max_orders: 1,
      since: at,
      until: later,
      created_at: at,
      actor: 'system',
    })
    .execute()
  const watch = newId()
  const asked = { target: {}, channelIds: [channelId], segmentIds: [], deviceKinds: [], hours: [0] }
  await db
    .insertInto('parity_watch')
    .values({
      id: watch,
      name: SECRET,
      asked: JSON.stringify({ ...asked, within: 'MARKET', tolerancePpm: 0 }),
      channel_ids: [channelId],
      due_at: later,
      created_at: at,
      updated_at: at,
    })
    .execute()
  return { batch, offer, simulation, watch }
}
