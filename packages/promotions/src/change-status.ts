import { appendEvents, changesBetween, type Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { PROMOTION_REFUSALS } from './errors.ts'
import { promotionEvent } from './events.ts'
import { lockPromotion, type LockedPromotion } from './lock-promotion.ts'
import type { PromotionKey } from './update-promotion.ts'

const EVENTS = {
  PAUSED: 'PromotionPaused.v1',
  PUBLISHED: 'PromotionResumed.v1',
  ARCHIVED: 'PromotionArchived.v1',
} as const

/** Gives a promotion another status and leaves its versions as they are. */
const enter = async (
  ctx: Context,
  { id, version, status: before, onShelf, forShelf }: LockedPromotion,
  status: keyof typeof EVENTS,
): Promise<Result<{ promotionId: Uuid }>> => {
  await ctx.db.updateTable('promotion').set({ status, updated_at: ctx.now() }).where('id', '=', id).execute()
  const shelf = status === 'PUBLISHED' ? forShelf : onShelf
  const event = promotionEvent(EVENTS[status], { promotionId: id, version, status, shelf })
  await appendEvents(ctx, [{ ...event, changed: changesBetween({ status: before }, { status }) }])
  return ok({ promotionId: id })
}

/**
 * Withholds a published promotion, at once and in every channel, until it is resumed. What carts hold of its codes stays
 * held until it expires. Refuses `PROMOTION_NOT_PUBLISHED`.
 */
export const pausePromotion = async (
  ctx: Context,
  key: PromotionKey,
): Promise<Result<{ promotionId: Uuid }>> => {
  const promotion = await lockPromotion(ctx, key)
  if (!promotion.ok) return promotion
  return promotion.value.status === 'PUBLISHED'
    ? enter(ctx, promotion.value, 'PAUSED')
    : PROMOTION_REFUSALS.refuse('PROMOTION_NOT_PUBLISHED', {}, ['id'])
}

/** Lets the version hold again that held before the pause; a later draft stays one. Refuses `PROMOTION_NOT_PAUSED`. */
export const resumePromotion = async (
  ctx: Context,
  key: PromotionKey,
): Promise<Result<{ promotionId: Uuid }>> => {
  const promotion = await lockPromotion(ctx, key)
  if (!promotion.ok) return promotion
  return promotion.value.status === 'PAUSED'
    ? enter(ctx, promotion.value, 'PUBLISHED')
    : PROMOTION_REFUSALS.refuse('PROMOTION_NOT_PAUSED', {}, ['id'])
}

/** Ends a promotion for good, at once and in every channel. */
export const archivePromotion = async (
  ctx: Context,
  key: PromotionKey,
): Promise<Result<{ promotionId: Uuid }>> => {
  const promotion = await lockPromotion(ctx, key)
  return promotion.ok ? enter(ctx, promotion.value, 'ARCHIVED') : promotion
}
