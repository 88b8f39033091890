import { viewpoint } from '@hilo/catalog'
import { COMMON, type Sentence } from '@hilo/kernel'
import { builder, refusalError } from '@hilo/graphql'
import { SHOWN_AT_MOST } from '../stock.ts'
import { type NearbyStock, stockNearby } from '../stock-nearby.ts'
import { mayCount } from './availability.ts'
import { location } from './location.ts'

const NearbyStockType = builder.objectRef<NearbyStock>('NearbyStock').implement({
  description: 'A store that has a variant on the shelf.',
  fields: (t) => ({
    location: t.field({ type: location.ref, resolve: ({ location }) => location }),
    distanceMeters: t.exposeInt('distanceMeters', { description: 'As the crow flies.' }),
    available: t.int({
      description: `Pieces, or units of 10^-scale of Variant.measure; exact with stock:read there, and at most ${SHOWN_AT_MOST} whole ones for everybody else.`,
      resolve: ({ available, location, scale }, _args, { actor }) =>
        mayCount(actor, location.id) ? available : Math.min(available, SHOWN_AT_MOST * 10 ** scale),
    }),
  }),
})

/** Stores in an answer. */
const MAX_STORES = 100

const invalid = (reason: Sentence, field: string) => COMMON.refuse('INVALID_INPUT', { reason }, [field]).error

const LATITUDE = {
  en: 'A latitude is from -90 to 90 degrees.',
  es: 'Una latitud va de -90 a 90 grados.',
}

const LONGITUDE = {
  en: 'A longitude is from -180 to 180 degrees.',
  es: 'Una longitud va de -180 a 180 grados.',
}

const STORES = { en: `first is from 1 to ${MAX_STORES}.`, es: `first va de 1 a ${MAX_STORES}.` }

const checked = (args: { latitude: number; longitude: number; first?: number | null }) => {
  if (!(Math.abs(args.latitude) <= 90)) return invalid(LATITUDE, 'latitude')
  if (!(Math.abs(args.longitude) <= 180)) return invalid(LONGITUDE, 'longitude')
  const first = args.first ?? 1
  if (first < 1 || first > MAX_STORES) return invalid(STORES, 'first')
  return undefined
}

builder.queryField('stockNearby', (t) =>
  t.field({
    type: [NearbyStockType],
    description: 'The open stores that have a variant on the shelf, the nearest first.',
    authScopes: { anyone: true },
    args: {
      sku: t.arg.string({ required: true }),
      latitude: t.arg.float({ required: true, description: 'Degrees north, -90 to 90 (WGS 84).' }),
      longitude: t.arg.float({ required: true, description: 'Degrees east, -180 to 180 (WGS 84).' }),
      first: t.arg.int({ description: `How many stores, 1 to ${MAX_STORES}; 10 when not said.` }),
    },
    resolve: async (_root, args, ctx) => {
      const refusal = checked(args)
      if (refusal) throw refusalError(refusal, ctx)
      const found = await stockNearby(ctx.db, viewpoint(ctx), { ...args, first: args.first ?? 10 })
      if (!found.ok) throw refusalError(found.error, ctx)
      return found.value
    },
  }),
)
