import { localize } from '@hilo/kernel'
import { builder, defineNode } from '@hilo/graphql'
import { allLocations, LOCATION_KINDS, locationsByIds } from '../location-queries.ts'

const LocationKindEnum = builder.enumType('LocationKind', {
  description: 'The kinds of place that hold stock.',
  values: LOCATION_KINDS,
})

export const location = defineNode('Location', (ctx, ids) => locationsByIds(ctx.db, ids))

builder.node(location.ref, {
  ...location.options,
  description: 'A place that holds stock: a warehouse, or a store that people can walk into.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    kind: t.field({ type: LocationKindEnum, resolve: ({ kind }) => kind }),
    country: t.field({ type: 'CountryCode', resolve: (row) => row.country }),
    city: t.exposeString('city'),
    latitude: t.exposeFloat('latitude', { nullable: true, description: 'Degrees north (WGS 84).' }),
    longitude: t.exposeFloat('longitude', { nullable: true, description: 'Degrees east (WGS 84).' }),
    openingHours: t.field({
      type: 'JSON',
      description: 'Rows of {days, opens, closes} in the local time of the place.',
      resolve: (row) => row.openingHours,
    }),
    active: t.exposeBoolean('active', { description: 'False: nothing is sold from here.' }),
  }),
})

builder.queryField('locations', (t) =>
  t.field({
    type: [location.ref],
    description: 'Where stock is held, in the order it is taken from. Staff see the closed ones too.',
    authScopes: { anyone: true },
    resolve: (_root, _args, { db, actor }) => allLocations(db, { onlyActive: actor.kind !== 'staff' }),
  }),
)
