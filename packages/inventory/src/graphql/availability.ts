import { variant } from '@hilo/catalog/graphql'
import { type Actor, mayIn, type Uuid } from '@hilo/kernel'
import { builder, defineSubscription, loadOne, loadsAhead, whenLoaded } from '@hilo/graphql'
import { type Availability, AVAILABILITY_STATUSES, SHOWN_AT_MOST, statusOf } from '../stock.ts'
import { availabilityIn } from '../stock-queries.ts'

const AvailabilityStatusEnum = builder.enumType('AvailabilityStatus', {
  description: 'LOW_STOCK: five pieces, or whole measures, or fewer.',
  values: AVAILABILITY_STATUSES,
})

/** True when the actor may know exactly what stands at a location, or with null at all of them. */
export const mayCount = (actor: Actor, locationId: Uuid | null): boolean =>
  mayIn(actor, 'stock:read', { locationId })

const AvailabilityType = builder.objectRef<Omit<Availability, 'variantId'>>('Availability').implement({
  description: "What the request's channel can sell now: of a bundle as many as its components allow.",
  fields: (t) => ({
    status: t.field({ type: AvailabilityStatusEnum, resolve: statusOf }),
    quantity: t.int({
      description: `Pieces, or units of 10^-scale of Variant.measure; exact with stock:read everywhere, and at most ${SHOWN_AT_MOST} whole ones for everybody else.`,
      resolve: ({ quantity, scale }, _args, { actor }) =>
        mayCount(actor, null) ? quantity : Math.min(quantity, SHOWN_AT_MOST * 10 ** scale),
    }),
    counted: t.exposeBoolean('counted', { description: 'False: there is always enough of it.' }),
  }),
})

const availabilityOf = loadOne(
  (ctx, variantIds) => availabilityIn(ctx.db, { channelId: ctx.channel.id, variantIds }),
  ({ variantId }) => variantId,
)

const NONE = { quantity: 0, scale: 0, counted: true }

builder.objectField(variant.ref, 'availability', (t) =>
  t.field({
    type: AvailabilityType,
    description: "What the request's channel can sell of it now.",
    resolve: ({ id }, _args, ctx) => whenLoaded(availabilityOf(ctx, id), (found) => found ?? NONE),
  }),
)

loadsAhead('Variant', 'availability', (ctx, variants: readonly { readonly id: Uuid }[]) =>
  availabilityOf.ahead(
    ctx,
    variants.map(({ id }) => id),
  ),
)

interface StockChange {
  readonly eventId: string
  readonly at: Date
  readonly sku: string
  readonly variantId: string
}

const StockChangeType = builder.objectRef<StockChange>('StockChange').implement({
  description: 'Stock of a variant changed somewhere; the availability is that of the moment it is sent.',
  fields: (t) => ({
    eventId: t.exposeID('eventId'),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    sku: t.exposeString('sku'),
    variantId: t.globalID({ resolve: ({ variantId }) => ({ type: variant.ref, id: variantId }) }),
    availability: t.field({
      type: AvailabilityType,
      resolve: async ({ variantId }, _args, ctx) => (await availabilityOf(ctx, variantId)) ?? NONE,
    }),
  }),
})

defineSubscription('stockChanged', {
  description: "Stock as it changes, as availability in the request's channel.",
  type: StockChangeType,
  access: { anyone: true },
  publicAnswer: true,
  events: ['StockChanged.v1'],
  args: (arg) => ({ skus: arg.stringList({ description: 'Only these; all when not said.' }) }),
  wants: (event, { skus }) => !skus || skus.includes((event.payload as { sku: string }).sku),
  resolve: ({ position, at, payload }) => {
    const { sku, variantId } = payload as { sku: string; variantId: string }
    return { eventId: position, at, sku, variantId }
  },
})
