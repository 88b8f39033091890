import { variant, variantHeld } from '@hilo/catalog/graphql'
import { builder, defineMutation, loadMany, type Payload, readId, type RequestContext } from '@hilo/graphql'
import { reachOf } from '@hilo/kernel'
import { adjustStock, setStock, type StockKey } from '../set-stock.ts'
import { availableOf } from '../stock.ts'
import { type StockRow, stockOfVariants } from '../stock-queries.ts'
import { location } from './location.ts'

const StockType = builder.objectRef<StockRow>('Stock').implement({
  description: 'What of a variant stands at a location.',
  fields: (t) => ({
    location: t.field({
      type: location.ref,
      resolve: async ({ locationId }, _args, ctx) => (await location.byId(ctx, locationId))!,
    }),
    variant: t.field({
      type: variant.ref,
      resolve: async ({ variantId }, _args, ctx) => (await variantHeld(ctx, variantId))!,
    }),
    onHand: t.exposeInt('onHand', { description: 'Pieces on the shelf.' }),
    reserved: t.exposeInt('reserved', { description: 'Pieces of them promised to orders.' }),
    safety: t.exposeInt('safety', { description: 'Pieces kept back from sale.' }),
    available: t.int({ description: 'on hand − reserved − safety, at least 0.', resolve: availableOf }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ updatedAt }) => updatedAt }),
  }),
})

const stockOf = loadMany(
  (ctx, variantIds) => stockOfVariants(ctx.db, reachOf(ctx.actor, 'stock:read'), variantIds),
  ({ variantId }) => variantId,
)

builder.objectField(variant.ref, 'stock', (t) =>
  t.field({
    type: [StockType],
    nullable: true,
    description: 'Its stock at your locations. Null, with an error of its own, without stock:read.',
    authScopes: { permission: 'stock:read' },
    resolve: async ({ id }, _args, ctx) => [...(await stockOf(ctx, id))],
  }),
)

const stockAt = async (ctx: RequestContext, { locationId, variantId }: StockKey) =>
  (await stockOf(ctx, variantId)).find((row) => row.locationId === locationId)

const readKey = (input: { readonly locationId: string; readonly variantId: string }) => {
  const locationId = readId('location', input.locationId, ['locationId'])
  if (!locationId.ok) return locationId
  const variantId = readId('variant', input.variantId, ['variantId'])
  if (!variantId.ok) return variantId
  return { ok: true as const, value: { locationId: locationId.value, variantId: variantId.value } }
}

const stockField = {
  type: StockType,
  nullable: true,
  resolve: ({ value }: Payload<StockKey>, _args: object, ctx: RequestContext) => value && stockAt(ctx, value),
} as const

defineMutation('stockSet', {
  description:
    'Counts a variant at one of your locations. Refuses STOCK_NEGATIVE, STOCK_BELOW_RESERVED, STOCK_TOO_LARGE, NOT_FOUND, FORBIDDEN.',
  access: { permission: 'stock:write' },
  idempotency: 'required',
  input: (t) => ({
    locationId: t.id({ required: true }),
    variantId: t.id({ required: true }),
    onHand: t.int({ required: true, description: 'Pieces on the shelf, those promised to orders included.' }),
  }),
  run: async (ctx, input) => {
    const key = readKey(input)
    return key.ok ? setStock(ctx, { ...key.value, onHand: input.onHand }) : key
  },
  payload: (t) => ({ stock: t.field(stockField) }),
})

defineMutation('stockAdjust', {
  description:
    'Adds what came or takes away what went. Refuses STOCK_DELTA_ZERO, STOCK_NEGATIVE, STOCK_BELOW_RESERVED, STOCK_TOO_LARGE, NOT_FOUND, FORBIDDEN.',
  access: { permission: 'stock:write' },
  idempotency: 'required',
  input: (t) => ({
    locationId: t.id({ required: true }),
    variantId: t.id({ required: true }),
    delta: t.int({ required: true, description: 'Pieces that came (positive) or went (negative).' }),
  }),
  run: async (ctx, input) => {
    const key = readKey(input)
    return key.ok ? adjustStock(ctx, { ...key.value, delta: input.delta }) : key
  },
  payload: (t) => ({ stock: t.field(stockField) }),
})
