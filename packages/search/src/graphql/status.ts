import { builder, defineMutation } from '@hilo/graphql'
import { requestRebuild, searchStatus, type SearchStatus } from '../rebuild.ts'

const SearchStatusType = builder.objectRef<SearchStatus>('SearchStatus').implement({
  description: 'How far the search is behind the catalogue.',
  fields: (t) => ({
    products: t.exposeInt('products', { description: 'Products that can be found.' }),
    due: t.exposeInt('due', { description: 'Products that changed and are not looked at yet.' }),
    lagSeconds: t.exposeFloat('lagSeconds', { description: 'How long the oldest of them waits.' }),
  }),
})

builder.queryField('searchStatus', (t) =>
  t.field({
    type: SearchStatusType,
    description: 'How far the search is behind the catalogue; while it is made anew, how much is left.',
    authScopes: { permission: 'catalog:read' },
    resolve: (_root, _args, ctx) => searchStatus(ctx.db, ctx.now()),
  }),
)

defineMutation('searchRebuild', {
  description:
    'Makes everything that is searched anew, in the background; results stay meanwhile. See `searchStatus`.',
  access: { permission: 'catalog:write' },
  input: () => ({}),
  run: (ctx) => requestRebuild(ctx),
  payload: (t) => ({
    requested: t.boolean({ resolve: ({ value }) => value !== undefined }),
  }),
})
