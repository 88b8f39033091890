import { z } from 'zod'
import { text, time } from './fields.ts'

/** `status`, and the will: whether the device is there. Retained by the broker. */
export const status = z
  .object({
    state: z.enum(['online', 'offline', 'sleep']),
    ts: time.optional(),
    firmware: text(64).optional(),
  })
  .meta({ description: 'Whether the device is there. Send offline as the will.' })

/** `reading/{name}`: what the device measures. A bare number is taken as the value. */
export const reading = z
  .union([
    z.object({ value: z.number(), unit: text(16).optional(), ts: time.optional() }),
    z.number().transform((value): { value: number; unit?: string; ts?: number } => ({ value })),
  ])
  .meta({ description: 'What the device measures: an object, or a bare number.' })

export type Status = z.infer<typeof status>
export type Reading = z.infer<typeof reading>
