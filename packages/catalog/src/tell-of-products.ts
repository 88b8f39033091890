import { appendEvents, type Context, type NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { refreshMembership } from './collections/membership.ts'
import { recordVersions } from './versions/record-versions.ts'

/**
 * Appends events of products and variants, keeps what the products say now as their next version, and the collections
 * by rule up with it: every change of a product ends with it, in the place of `appendEvents`.
 */
export const tellOfProducts = async (ctx: Context, events: readonly NewEvent[]): Promise<void> => {
  const productIds = events.map(({ payload }) => (payload as { readonly productId: Uuid }).productId)
  await recordVersions(ctx, productIds)
  await appendEvents(ctx, [...events, ...(await refreshMembership(ctx, productIds))])
}
