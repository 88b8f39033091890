import { z } from 'zod'
import { currencyCode, rid, text, time, version } from './fields.ts'

const base = {
  v: version,
  rid: rid.optional().meta({ description: 'The same as in the topic, when given.' }),
  ts: time.optional(),
  traceparent: z
    .string()
    .max(55)
    .optional()
    .meta({ description: 'The trace of the device (W3C Trace Context), which its order then belongs to.' }),
  seq: z.int().nonnegative().optional().meta({ description: 'Grows with each message of the device.' }),
}

const quantity = z.int().min(1).max(1_000_000).optional()

const target = {
  slot: text(64).optional().meta({ description: 'What the owner bound to this slot of the device.' }),
  sku: text(64).optional(),
  quantity,
}

const oneTarget = (request: { slot?: string | undefined; sku?: string | undefined }): boolean =>
  (request.slot === undefined) !== (request.sku === undefined)

const EITHER = { params: { reason: { en: 'give either slot or sku', es: 'indica slot o sku, solo uno' } } }

/** `price`: what a slot or SKU costs this device's owner now. */
export const priceRequest = z
  .object({ ...base, ...target })
  .refine(oneTarget, EITHER)
  .meta({ description: 'Asks what a slot or SKU costs now: give either.' })

/** `purchase`: buy what is bound to a slot, or a SKU. */
export const purchaseRequest = z
  .object({
    ...base,
    ...target,
    trigger: text(64).optional().meta({ description: 'What made the device ask: button.single, level.low.' }),
    expect: z
      .object({ max: z.int().nonnegative(), currency: currencyCode })
      .optional()
      .meta({ description: 'The most the order may cost, in minor units.' }),
    priceToken: text(256)
      .optional()
      .meta({ description: 'The token of a price reply: its unit price is asked until it expires.' }),
    test: z.boolean().optional().meta({ description: 'Goes through everything and ships nothing.' }),
  })
  .refine(oneTarget, EITHER)
  .meta({ description: 'Buys what is bound to a slot, or a SKU: give either.' })

/** `confirm`: answer a question the shop asked before buying. */
export const confirmRequest = z
  .object({ ...base, order: text(64), answer: z.enum(['YES', 'NO']) })
  .meta({ description: 'Answers CONFIRMATION_NEEDED.' })

/** `cancel`: take an order of this device back within its cancel window. */
export const cancelRequest = z
  .object({ ...base, order: text(64).meta({ description: 'order.id of the reply to purchase.' }) })
  .meta({ description: 'Cancels an order of this device until its cancelBy.' })

/** `time`: what time it is, for devices without a clock. */
export const timeRequest = z.object(base).meta({ description: 'Asks for the time.' })

export type PriceRequest = z.infer<typeof priceRequest>
export type PurchaseRequest = z.infer<typeof purchaseRequest>
export type CancelRequest = z.infer<typeof cancelRequest>
