import { builder, connectionType, keysetConnection, loadOne, LocalizedText, pageArgs } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { attributePage, attributesByCodes, countAttributes } from '../attributes/attribute-queries.ts'
import { ATTRIBUTE_KINDS, type AttributeChoice } from '../attributes/attribute.ts'
import { countProductsWith } from '../attributes/value-uses.ts'
import { viewpoint } from '../visibility.ts'
import { attribute } from './nodes.ts'
import { notFound } from './not-found.ts'

export const AttributeKindEnum = builder.enumType('AttributeKind', {
  description:
    'What an attribute can be. RICH_TEXT is HTML with structure only: no scripts, styles or pictures.',
  values: ATTRIBUTE_KINDS,
})

export const AttributeChoiceType = builder.objectRef<AttributeChoice>('AttributeChoice').implement({
  description: 'One of the values that an attribute can have.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'What filters, rules and imports call it; never changes.' }),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    color: t.string({
      nullable: true,
      description: 'A swatch: #rrggbb.',
      resolve: ({ color }) => color,
    }),
  }),
})

const countWith = loadOne(
  (ctx, attributeIds) => countProductsWith(ctx.db, attributeIds),
  ({ attributeId }) => attributeId,
)

builder.node(attribute.ref, {
  ...attribute.options,
  description:
    'What a product or variant can say of itself. Product types list attributes, and may share them.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    kind: t.field({ type: AttributeKindEnum, resolve: ({ kind }) => kind }),
    unit: t.exposeString('unit', { nullable: true, description: 'What a NUMBER counts, such as cm.' }),
    localized: t.exposeBoolean('localized', {
      description: 'A TEXT or RICH_TEXT that is another one in each language.',
    }),
    filterable: t.exposeBoolean('filterable', {
      description: 'Lists may be filtered by it, and promotions and collections may look at it.',
    }),
    internal: t.exposeBoolean('internal', {
      description: 'Seen by those who read the whole catalogue, and by nobody else.',
    }),
    minimum: t.exposeFloat('minimum', { nullable: true }),
    maximum: t.exposeFloat('maximum', { nullable: true }),
    maxLength: t.exposeInt('maxLength', { nullable: true, description: 'In characters.' }),
    choices: t.field({
      type: [AttributeChoiceType],
      description: 'In their order; of a CHOICE or MULTI_CHOICE.',
      resolve: ({ choices }) => choices,
    }),
    productCount: t.int({
      nullable: true,
      description:
        'How many products have a value of it, themselves or in a variant. Null, with an error of its own, without catalog:read.',
      authScopes: { permission: 'catalog:read' },
      resolve: async ({ id }, _args, ctx) => (await countWith(ctx, id))?.products ?? 0,
    }),
    version: t.exposeInt('version'),
  }),
})

builder.queryField('attributes', (t) =>
  t.field({
    type: connectionType(attribute.ref, 'Attribute'),
    description: 'The attributes of all product types, by code.',
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
        rows: (page) => attributePage(ctx.db, { ...page, search, view: viewpoint(ctx) }),
        keyOf: ({ code, id }) => [code, id],
        count: () => countAttributes(ctx.db, viewpoint(ctx), search),
      }),
  }),
)

builder.queryField('attribute', (t) =>
  t.field({
    type: attribute.ref,
    nullable: true,
    description: 'An attribute by id or by code; NOT_FOUND when it is not there.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { id: t.arg.id(), code: t.arg.string() },
    resolve: async (_root, { id, code }, ctx) => {
      if (id != null) return attribute.require(ctx, id)
      const [found] = code == null ? [] : await attributesByCodes(ctx.db, viewpoint(ctx), [code])
      if (!found) throw notFound(ctx, 'attribute', code)
      return found
    },
  }),
)
