import { defineNode, type Payload, type RequestContext } from '@hilo/graphql'
import { may, type Uuid } from '@hilo/kernel'
import { assetsByIds } from '../asset-queries.ts'

/** Public assets are everybody's who knows them; private ones are seen by who reads the catalogue. */
export const asset = defineNode('Asset', (ctx, ids) =>
  assetsByIds(ctx.db, ids, { seesAll: may(ctx.actor, 'catalog:read') }),
)

/** The field `asset` of a mutation's payload. */
export const assetField = {
  type: asset.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly assetId: Uuid }>, _args: object, ctx: RequestContext) =>
    value && asset.byId(ctx, value.assetId),
} as const
