import { builder, connectionType, keysetConnection, pageArgs } from '@hilo/graphql'
import { assetPage, countAssets } from '../asset-queries.ts'
import { AssetKindEnum, VisibilityEnum } from './asset.ts'
import { asset } from './nodes.ts'

const AssetWhere = builder.inputType('AssetWhere', {
  description: 'All that is said must hold.',
  fields: (t) => ({
    kind: t.field({ type: AssetKindEnum }),
    visibility: t.field({ type: VisibilityEnum }),
    search: t.string({ description: 'In the name of the file and the alternative texts.' }),
  }),
})

builder.queryField('assets', (t) =>
  t.field({
    type: connectionType(asset.ref, 'Asset'),
    description: 'The pictures, films and files of the shop, the newest first.',
    authScopes: { permission: 'catalog:read' },
    args: { where: t.arg({ type: AssetWhere }), ...pageArgs(t.arg) },
    resolve: (_root, { where, ...args }, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => assetPage(ctx.db, where ?? {}, page),
        keyOf: ({ id }) => [id],
        count: () => countAssets(ctx.db, where ?? {}),
      }),
  }),
)

builder.queryField('asset', (t) =>
  t.field({
    type: asset.ref,
    nullable: true,
    description: 'An asset by id; NOT_FOUND when it is not there, or private and not yours to see.',
    authScopes: { anyone: true },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => asset.require(ctx, id),
  }),
)
