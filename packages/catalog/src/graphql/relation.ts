import { builder, defineMutation, loadMany, readId, readIds } from '@hilo/graphql'
import { RELATION_KINDS, relatedProducts, setRelations } from '../relations/relation.ts'
import { viewpoint } from '../visibility.ts'
import { product } from './nodes.ts'

const RelationKindEnum = builder.enumType('RelationKind', {
  description: 'How one product stands to another.',
  values: RELATION_KINDS,
})

const relatedOf = loadMany(
  (ctx, keys) => {
    const owners = keys.map((key) => key.split(' ')).map(([id, kind]) => ({ id: id!, kind: kind! }))
    return relatedProducts(ctx.db, viewpoint(ctx), owners)
  },
  ({ ownerId, kind }) => `${ownerId} ${kind}`,
)

builder.objectField(product.ref, 'related', (t) =>
  t.field({
    type: [product.ref],
    description: 'Products related in this way, in their order: those that are seen from here. At most 50.',
    args: { kind: t.arg({ type: RelationKindEnum, required: true }) },
    resolve: async ({ id }, { kind }, ctx) => [...(await relatedOf(ctx, `${id} ${kind}`))],
  }),
)

defineMutation('productRelationsSet', {
  description: 'Relates a product to exactly these, in this order, in one way of relation. At most 50.',
  access: { permission: 'catalog:write' },
  input: (t) => ({
    productId: t.id({ required: true }),
    kind: t.field({ type: RelationKindEnum, required: true }),
    relatedIds: t.idList({ required: true }),
    bothWays: t.boolean({
      description: 'Relate each of them to this product too, and no longer those that are taken out.',
    }),
  }),
  run: async (ctx, { kind, bothWays, ...input }) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const relatedIds = readIds('product', input.relatedIds, ['relatedIds'])
    if (!relatedIds.ok) return relatedIds
    return setRelations(ctx, { productId: productId.value, kind, relatedIds: relatedIds.value, bothWays })
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})
