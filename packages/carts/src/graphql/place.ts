import { builder, type SchemaTypes } from '@hilo/graphql'
import type { Place } from '@hilo/pricing'
import { PlaceInput } from '@hilo/promotions/graphql'

export const PlaceType = builder.objectRef<Place>('Place').implement({
  description: 'A point on Earth, WGS 84 degrees.',
  fields: (t) => ({ latitude: t.exposeFloat('latitude'), longitude: t.exposeFloat('longitude') }),
})

/** What promotions look at in a cart beside its lines: input fields of whatever begins or changes one. */
export const circumstances = (t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) => ({
  paymentMethod: t.string({ description: 'The code of the method chosen, which promotions may ask for.' }),
  deliveryMethod: t.string({ description: 'The code of the method chosen, which promotions may ask for.' }),
  place: t.field({ type: PlaceInput, description: 'Where the customer is, for promotions near a place.' }),
})
