import {
  builder,
  connectionType,
  keysetConnection,
  loadAll,
  loadOne,
  loadsAhead,
  LocalizedText,
  pageArgs,
  whenLoaded,
} from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { ATTRIBUTE_LEVELS, type TypeAttribute } from '../types/product-type.ts'
import { countProductsOfTypes, countTypes, typePage, typesByCodes } from '../types/type-queries.ts'
import { attribute, productType, typeAttributesOf } from './nodes.ts'
import { notFound } from './not-found.ts'

export const AttributeLevelEnum = builder.enumType('AttributeLevel', {
  description: 'Whether the product says it once, or each of its variants for itself.',
  values: ATTRIBUTE_LEVELS,
})

const TypeAttributeType = builder.objectRef<TypeAttribute>('ProductTypeAttribute').implement({
  description: 'An attribute in a product type.',
  fields: (t) => ({
    attribute: t.field({
      type: attribute.ref,
      resolve: ({ attributeId }, _args, ctx) =>
        whenLoaded(attribute.byId(ctx, attributeId), (found) => found!),
    }),
    level: t.field({ type: AttributeLevelEnum, resolve: ({ level }) => level }),
    required: t.exposeBoolean('required', { description: 'What is published must have a value.' }),
  }),
})

const countOfType = loadOne(
  (ctx, typeIds) => countProductsOfTypes(ctx.db, typeIds),
  ({ typeId }) => typeId,
)

builder.node(productType.ref, {
  ...productType.options,
  description: 'What products of one kind have to say.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    attributes: t.field({
      type: [TypeAttributeType],
      description: 'In their order.',
      resolve: ({ id }, _args, ctx) => typeAttributesOf(ctx, id),
    }),
    productCount: t.int({
      nullable: true,
      description: 'How many products are of it. Null, with an error of its own, without catalog:read.',
      authScopes: { permission: 'catalog:read' },
      resolve: async ({ id }, _args, ctx) => (await countOfType(ctx, id))?.count ?? 0,
    }),
    version: t.exposeInt('version'),
  }),
})

loadsAhead(
  'Product',
  'productType',
  async (ctx, products: readonly { readonly productTypeId: string | null }[]) => {
    const ids = [...new Set(products.flatMap(({ productTypeId }) => productTypeId ?? []))]
    if (ids.length === 0) return
    const found = await loadAll(productType.byId, ctx, ids)
    return { type: 'ProductType', rows: found.filter((type) => type !== null) }
  },
)

loadsAhead('ProductType', 'attributes', (ctx, types: readonly { readonly id: string }[]) =>
  typeAttributesOf.ahead(
    ctx,
    types.map(({ id }) => id),
  ),
)

builder.queryField('productTypes', (t) =>
  t.field({
    type: connectionType(productType.ref, 'ProductType'),
    description: 'The product types, by code.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: {
      ...pageArgs(t.arg),
      search: t.arg.string({ description: 'A part of the code, or of the name in any language.' }),
    },
    resolve: (_root, { search, ...args }, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => typePage(ctx.db, { ...page, search }),
        keyOf: ({ code, id }) => [code, id],
        count: () => countTypes(ctx.db, search),
      }),
  }),
)

builder.queryField('productType', (t) =>
  t.field({
    type: productType.ref,
    nullable: true,
    description: 'A product type by id or by code; NOT_FOUND when it is not there.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { id: t.arg.id(), code: t.arg.string() },
    resolve: async (_root, { id, code }, ctx) => {
      if (id != null) return productType.require(ctx, id)
      const [found] = code == null ? [] : await typesByCodes(ctx.db, [code])
      if (!found) throw notFound(ctx, 'productType', code)
      return found
    },
  }),
)
