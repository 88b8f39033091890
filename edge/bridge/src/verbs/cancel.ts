import type { CancelReply, CancelRequest } from '@hilo/protocol'
import { CANCEL, type CancelData } from '../api/documents.ts'
import { valueOr, type VerbHandler } from './verb.ts'

type Body = Pick<Extract<CancelReply, { ok: true }>, 'status' | 'order'>

/** Takes an order of this device back. */
export const cancel: VerbHandler<CancelRequest, Body> = {
  memory: 'lasting',
  answer: async ({ order: orderId }, { ask, rid }) => {
    const { deviceOrderCancel } = await ask<CancelData>(CANCEL, { input: { idempotencyKey: rid, orderId } })
    const cancelled = valueOr(deviceOrderCancel.order, deviceOrderCancel.userErrors)
    if (!cancelled.ok) return cancelled
    const { id, number } = cancelled.value
    return { ok: true, value: { status: 'CANCELLED', order: { id, number } } }
  },
}
