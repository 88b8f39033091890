import { z } from 'zod'
import { money, text, time, version } from './fields.ts'

const head = {
  v: version,
  version: z
    .string()
    .nullable()
    .meta({ description: 'The event that made it so; null when read at the start of the edge.' }),
  ts: time,
}

/** `price/{sku}`: what one unit costs in this channel. An empty payload says that it is no longer sold there. */
export const catalogPrice = z
  .object({
    ...head,
    sku: text(64),
    price: money,
    list: money.nullable().meta({ description: 'The price without promotions.' }),
    lowestPrice30d: money.optional().meta({
      description:
        'The lowest price of the 30 days before the reduction: who shows `list` as the former price shows it too ' +
        '(Directive 98/6/EC, art. 6a). Absent when the price is not reduced, and when it was not sold before.',
    }),
  })
  .meta({ description: 'What one unit costs in this channel. Retained; an empty payload deletes it.' })

/** `promotion/{id}`: a promotion to show in this channel. */
export const catalogPromotion = z
  .object({ ...head, id: text(64), name: z.string(), from: time.nullable(), until: time.nullable() })
  .meta({ description: 'A promotion to show. Retained; an empty payload deletes it.' })

/** `stock/{sku}/{location}`: what can be had there. */
export const catalogStock = z
  .object({ ...head, sku: text(64), location: text(64), available: z.int().nonnegative() })
  .meta({ description: 'What can be had at a location. Retained; an empty payload deletes it.' })

export type CatalogPrice = z.infer<typeof catalogPrice>
