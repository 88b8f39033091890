import { z } from 'zod'
import { money, rid, text, time, version } from './fields.ts'

const head = {
  v: version,
  rid: text(256).meta({ description: 'The rid of the request, as it stood in the topic.' }),
}
const done = {
  ...head,
  ok: z.literal(true),
  replayed: z.boolean().meta({ description: 'True when this answer was given before for the same request.' }),
}
const order = z.object({ id: text(64), number: text(64) })

/** Why a request was not done. */
export const failure = z.object({
  ...head,
  ok: z.literal(false),
  error: z.object({
    code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
    message: z.string().meta({ description: 'For people.' }),
    retryable: z
      .boolean()
      .meta({ description: 'True when the same request with the same rid may succeed later.' }),
    retryAfter: z.int().positive().optional().meta({ description: 'Seconds to wait first.' }),
  }),
})

const priceDone = z.object({
  ...done,
  price: z.object({
    slot: text(64).optional(),
    sku: text(64),
    quantity: z.int().positive(),
    unit: money,
    total: money,
    token: text(256).optional().meta({
      description: 'Fixes unit for a short time: send it as priceToken to purchase.',
    }),
  }),
})

const purchaseDone = z.object({
  ...done,
  status: z.enum(['PLACED', 'CONFIRMATION_NEEDED', 'IN_PROGRESS', 'QUEUED', 'TEST_PLACED']),
  order: order.optional(),
  total: money.optional(),
  cancelBy: time.optional().meta({ description: 'Until when cancel works, in milliseconds since 1970.' }),
})

const cancelDone = z.object({ ...done, status: z.literal('CANCELLED'), order })

const timeDone = z.object({ ...done, time })

/** What may come back for each verb: its own answer, or a failure. */
export const replies = {
  price: z.discriminatedUnion('ok', [priceDone, failure]),
  purchase: z.discriminatedUnion('ok', [purchaseDone, failure]),
  cancel: z.discriminatedUnion('ok', [cancelDone, failure]),
  time: z.discriminatedUnion('ok', [timeDone, failure]),
  confirm: failure,
} as const

export type Failure = z.infer<typeof failure>
export type PriceReply = z.infer<typeof replies.price>
export type PurchaseReply = z.infer<typeof replies.purchase>
export type CancelReply = z.infer<typeof replies.cancel>
export type TimeReply = z.infer<typeof replies.time>

/** Any reply of the protocol. */
export type Reply = PriceReply | PurchaseReply | CancelReply | TimeReply | Failure

/** True for a rid the API takes as an idempotency key. */
export const isRid = (value: string): boolean => rid.safeParse(value).success
