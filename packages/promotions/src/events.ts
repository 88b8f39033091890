import type { NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PromotionStatus } from './promotion.ts'

/** The events that tell of promotions; only who may read promotions in every channel hears of them. */
export const PROMOTION_EVENTS = [
  'PromotionCreated.v1',
  'PromotionUpdated.v1',
  'PromotionPublished.v1',
  'PromotionPaused.v1',
  'PromotionResumed.v1',
  'PromotionArchived.v1',
] as const

/** What every one of these events carries. */
export interface PromotionEventPayload {
  readonly promotionId: Uuid
  readonly version: number
  readonly status: PromotionStatus
  /** True when prices on the shelf may be others from now on. */
  readonly shelf: boolean
}

/** A promotion was created or changed, or its limit was reached or is so no longer. */
export const promotionEvent = (
  type: (typeof PROMOTION_EVENTS)[number],
  payload: PromotionEventPayload,
): NewEvent => ({
  aggregate: 'promotion',
  aggregateId: payload.promotionId,
  type,
  payload: { ...payload },
  permission: 'promotions:read',
})

/** What a channel asks for one unit of a variant has changed; written by the projection, public. */
export const SHELF_PRICE_CHANGED = 'ShelfPriceChanged.v1'

/** What `ShelfPriceChanged.v1` carries: all that a shelf label needs. */
export interface ShelfPriceChangedPayload {
  readonly variantId: Uuid
  readonly sku: string
  readonly channelId: Uuid
  readonly channelCode: string
  readonly currency: string
  /** Minor units of one unit; null when it is no longer sold here. */
  readonly amountMinor: number | null
  /** What it is compared with, the same as `amountMinor` when it is not reduced. */
  readonly listMinor: number | null
  /** The lowest of the 30 days before the reduction; null when it is not reduced, or was not sold before. */
  readonly lowest30dMinor?: number | null
}

/** The event of one shelf. */
export const shelfPriceChanged = (payload: ShelfPriceChangedPayload): NewEvent => ({
  aggregate: 'shelf_price',
  aggregateId: payload.variantId,
  type: SHELF_PRICE_CHANGED,
  payload: { ...payload },
  scope: { public: true },
})

/** What the events of an offer carry. */
export interface OfferEventPayload {
  readonly offerId: Uuid
  readonly promotionId: Uuid
  readonly customerId: Uuid | null
  readonly deviceId: Uuid | null
}

/** An offer was made or taken back: for its customer or device, and for staff. */
export const offerEvent = (
  type: 'PromotionOfferMade.v1' | 'PromotionOfferWithdrawn.v1',
  payload: OfferEventPayload,
): NewEvent => ({
  aggregate: 'promotion_offer',
  aggregateId: payload.offerId,
  type,
  payload: { ...payload },
  scope: {
    ...(payload.customerId && { customer: payload.customerId }),
    ...(payload.deviceId && { device: payload.deviceId }),
  },
  permission: 'promotions:read',
})

/** What the events of a batch of codes carry. */
export interface CouponBatchEventPayload {
  readonly batchId: Uuid
  readonly promotionId: Uuid
}

/** A batch of codes was asked for, is complete, or was switched off or on again. */
export const couponBatchEvent = (
  type: 'CouponBatchRequested.v1' | 'CouponBatchMade.v1' | 'CouponBatchUpdated.v1',
  payload: CouponBatchEventPayload,
): NewEvent => ({
  aggregate: 'coupon_batch',
  aggregateId: payload.batchId,
  type,
  payload: { ...payload },
  permission: 'promotions:read',
})
