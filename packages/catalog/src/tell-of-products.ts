import { appendEvents, type Context, type NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { refreshMembership } from './collections/membership.ts'

/**
 * Appends events of products and variants, and keeps the collections by rule up with what they tell: every change of
 * something that a rule may look at ends with it, in the place of `appendEvents`.
 */
export const tellOfProducts = async (ctx: Context, events: readonly NewEvent[]): Promise<void> => {
  const productIds = events.map(({ payload }) => (payload as { readonly productId: Uuid }).productId)
  await appendEvents(ctx, [...events, ...(await refreshMembership(ctx, productIds))])
}
