import { z } from 'zod'
import { text, time } from './fields.ts'

/** `notification/{nid}`: something the owner should know, with what they may answer. */
export const notification = z
  .object({
    nid: text(64),
    kind: text(64),
    title: z.string(),
    body: z.string(),
    ts: time,
    expires: time,
    actions: z.array(z.object({ id: text(64), label: z.string() })),
    data: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'Facts for programs: order, total.' }),
  })
  .meta({ description: 'Something the owner should know, and what they may answer until it expires.' })

/** `notification/{nid}/ack`: seen, or answered with one of its actions. */
export const acknowledgement = z
  .object({ action: text(64).optional() })
  .meta({ description: 'Seen, or answered with the id of one of its actions.' })

export type NotificationPayload = z.infer<typeof notification>
export type Acknowledgement = z.infer<typeof acknowledgement>
