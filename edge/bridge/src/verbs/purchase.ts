import type { PurchaseReply, PurchaseRequest } from '@hilo/protocol'
import { PURCHASE, type PurchaseData } from '../api/documents.ts'
import { valueOr, type VerbHandler } from './verb.ts'

type Body = Pick<Extract<PurchaseReply, { ok: true }>, 'status' | 'order' | 'total' | 'cancelBy'>

/** Clocks of devices that were never set count from 1970 or from the day they were built. */
const EARLIEST = Date.UTC(2024, 0, 1)

/** When it was sent: by the device's clock if that can be right, never later than it came. */
export const sentAt = (ts: number | undefined, at: number): string =>
  new Date(ts !== undefined && ts >= EARLIEST ? Math.min(ts, at) : at).toISOString()

/** Buys; the rid is the idempotency key, so that however often it is asked there is one order. */
export const purchase: VerbHandler<PurchaseRequest, Body> = {
  memory: 'lasting',
  answer: async ({ slot, sku, quantity, expect, priceToken, test, ts }, asking) => {
    const { ask, rid, at, topic, signed, provesSender } = asking
    const wish = {
      idempotencyKey: rid,
      slot,
      sku,
      quantity,
      expect,
      priceToken,
      test,
      sentAt: sentAt(ts, at),
    }
    const input = {
      ...wish,
      signed: signed && { topic, ...signed },
      needsSignature: provesSender ? undefined : true,
    }
    const { devicePurchase } = await ask<PurchaseData>(PURCHASE, { input })
    const { status, cancelBy, order, userErrors } = devicePurchase
    const placed = valueOr(status, userErrors)
    if (!placed.ok) return placed
    return {
      ok: true,
      value: {
        status: placed.value,
        order: order ? { id: order.id, number: order.number } : undefined,
        total: order?.total,
        cancelBy: cancelBy === null ? undefined : Date.parse(cancelBy),
      },
    }
  },
}
