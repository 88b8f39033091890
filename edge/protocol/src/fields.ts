import { EXPECTED, isCurrency } from '@hilo/kernel'
import { z } from 'zod'

/** The version of every payload in this package. */
export const PROTOCOL_VERSION = 1

export const version = z.literal(PROTOCOL_VERSION).meta({ description: 'Version of the payload.' })

export const time = z
  .int()
  .nonnegative()
  .meta({ description: 'Milliseconds since 1970-01-01T00:00:00Z by the clock of the sender.' })

export const rid = z.uuid().meta({
  description: 'Names the request, and is its idempotency key. UUIDv7 where the device has a clock.',
})

export const text = (max: number) => z.string().min(1).max(max)

export const currencyCode = z
  .string()
  .refine((code): boolean => isCurrency(code), { params: { expected: EXPECTED.currency } })
  .regex(/^[A-Z]{3}$/)

/** An amount as devices read it: `decimal` for the display, minor units for arithmetic. */
export const money = z
  .object({
    amountMinor: z.int().meta({ description: 'Cents for EUR, yen for JPY.' }),
    currency: currencyCode,
    decimal: z.string().regex(/^-?\d+(\.\d+)?$/),
  })
  .meta({ description: 'An amount in minor units and as plain decimal text.' })

/** An amount of money in a payload. */
export type MoneyPayload = z.infer<typeof money>
