import { builder } from '@hilo/graphql'

export const PlaceInput = builder.inputType('PlaceInput', {
  description: 'A point on Earth, WGS 84 degrees.',
  fields: (t) => ({ latitude: t.float({ required: true }), longitude: t.float({ required: true }) }),
})
