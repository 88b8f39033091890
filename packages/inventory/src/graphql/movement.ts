import { variant, variantHeld } from '@hilo/catalog/graphql'
import { encodeId, reachOf } from '@hilo/kernel'
import {
  builder,
  connectionType,
  defineNode,
  keysetConnection,
  pageArgs,
  readId,
  refusalError,
} from '@hilo/graphql'
import { countMovements, movementPage, movementsByIds } from '../movement-queries.ts'
import { MOVEMENT_KINDS } from '../movements.ts'
import { location } from './location.ts'

const MovementKindEnum = builder.enumType('MovementKind', {
  description:
    'SET: counted. ADJUST: came or went. RESERVE, RELEASE, SHIP: promised to an order, given back, gone.',
  values: MOVEMENT_KINDS,
})

const movement = defineNode('Movement', ({ db, actor }, ids) =>
  movementsByIds(db, reachOf(actor, 'stock:read'), ids),
)

builder.node(movement.ref, {
  ...movement.options,
  description: 'A change of stock in the ledger. Its sums are the stock.',
  fields: (t) => ({
    location: t.field({
      type: location.ref,
      resolve: async ({ locationId }, _args, ctx) => (await location.byId(ctx, locationId))!,
    }),
    variant: t.field({
      type: variant.ref,
      resolve: async ({ variantId }, _args, ctx) => (await variantHeld(ctx, variantId))!,
    }),
    kind: t.field({ type: MovementKindEnum, resolve: ({ kind }) => kind }),
    onHandDelta: t.exposeInt('onHandDelta'),
    reservedDelta: t.exposeInt('reservedDelta'),
    cause: t.string({
      description: 'The id of the order, or the words count, adjustment or opening.',
      resolve: ({ cause, causeId }) => (cause === 'order' ? encodeId('order', causeId) : cause),
    }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
  }),
})

const MovementConnection = connectionType(movement.ref, 'Movement')

builder.queryField('movements', (t) =>
  t.field({
    type: MovementConnection,
    description: 'The ledger of stock at your locations, the newest first.',
    authScopes: { permission: 'stock:read' },
    args: { ...pageArgs(t.arg), variant: t.arg.id({ description: 'Only of this variant.' }) },
    resolve: async (_root, args, ctx) => {
      const chosen = args.variant ? readId('variant', args.variant, ['variant']) : undefined
      if (chosen && !chosen.ok) throw refusalError(chosen.error, ctx)
      const filter = { reach: reachOf(ctx.actor, 'stock:read'), variantId: chosen?.value }
      return keysetConnection(ctx, {
        args,
        width: 1,
        rows: ({ after, limit }) => movementPage(ctx.db, { ...filter, after, limit }),
        keyOf: ({ id }) => [id],
        count: () => countMovements(ctx.db, filter),
      })
    },
  }),
)
