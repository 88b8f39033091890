import {
  builder,
  connectionType,
  keysetConnection,
  loadAll,
  loadMany,
  loadOne,
  loadPages,
  LocalizedText,
  pageArgs,
  refusalError,
  type RequestContext,
  UserError,
} from '@hilo/graphql'
import { COMMON, localize } from '@hilo/kernel'
import { type Difference, differenceOf, leadingTo, type ProductContent } from '../versions/content.ts'
import { type Draft, draftsOfProducts, previewDrafts } from '../versions/draft.ts'
import { publicActor, publicDifference, withPublicIds } from '../versions/public-ids.ts'
import {
  countVersions,
  newestVersions,
  type ProductVersion,
  versionPages,
  versionsByKeys,
} from '../versions/version-queries.ts'
import { product } from './nodes.ts'
import { ProductStatusEnum, TaxClassEnum } from './product.ts'
import { type SeoOf, SeoType } from './seo.ts'

const staffOnly = { permission: 'catalog:read' } as const

export const FieldDifference = builder.objectRef<Difference>('FieldDifference').implement({
  description: 'A field that is another value, such as name.es or attributes.roast.',
  fields: (t) => ({
    field: t.exposeString('field'),
    before: t.field({
      type: 'JSON',
      nullable: true,
      resolve: (difference) => publicDifference(difference).before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      resolve: (difference) => publicDifference(difference).after,
    }),
  }),
})

const ProductContentType = builder.objectRef<ProductContent>('ProductContent').implement({
  description:
    'What a product says, or would say: in the language of the request as shoppers see it, and in all.',
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    description: t.string({ resolve: ({ description }, _args, ctx) => localize(description, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    descriptionTexts: t.field({ type: LocalizedText, resolve: ({ description }) => description }),
    seo: t.field({ type: SeoType, resolve: (content): SeoOf => content }),
    taxClass: t.field({ type: TaxClassEnum, resolve: ({ taxClass }) => taxClass }),
    status: t.field({ type: ProductStatusEnum, resolve: ({ status }) => status }),
    all: t.field({
      type: 'JSON',
      description: 'Everything that versions keep; what it refers to by id.',
      resolve: (content) => withPublicIds(content),
    }),
  }),
})

const Version = builder.objectRef<ProductVersion>('ProductVersion').implement({
  description: 'What a product said after a change. The newest 200 are kept.',
  fields: (t) => ({
    number: t.exposeInt('number'),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    actor: t.string({
      description: 'Who made the change: the id of a member of staff, an API key or another, or system.',
      resolve: ({ actor }) => publicActor(actor),
    }),
    content: t.field({ type: ProductContentType, resolve: ({ content }) => content }),
  }),
})

const VersionConnection = connectionType(Version, 'ProductVersion')

const versionsOf = loadPages(
  (ctx, { ownerIds, ...page }) => versionPages(ctx.db, { ownerIds, ...page }),
  ({ productId }) => productId,
)

const versionCountOf = loadOne(
  (ctx, ids) => countVersions(ctx.db, ids),
  ({ productId }) => productId,
)

const newestOf = loadOne(
  (ctx, ids) => newestVersions(ctx.db, ids),
  ({ id }) => id,
)

const draftOf = loadMany(
  (ctx, ids) => draftsOfProducts(ctx.db, ids),
  ({ productId }) => productId,
)

const previewsOf = loadOne(
  async (ctx, ids) => previewDrafts(ctx.db, (await loadAll(draftOf, ctx, ids)).flat()),
  ({ productId }) => productId,
)

const previewOf = async (ctx: RequestContext, { productId }: Draft) => (await previewsOf(ctx, productId))!

const versionOf = loadOne(
  async (ctx, keys) => {
    const wanted = keys
      .map((key) => key.split(' '))
      .map(([id, number]) => ({ productId: id!, number: Number(number) }))
    return [...(await versionsByKeys(ctx.db, wanted)).values()]
  },
  ({ productId, number }) => `${productId} ${number}`,
)

const DraftType = builder.objectRef<Draft>('ProductDraft').implement({
  description: 'A change of a product that nobody but staff sees until it is published.',
  fields: (t) => ({
    base: t.exposeInt('base', { description: 'The version of the content that it was made from.' }),
    version: t.exposeInt('version', { description: 'Counts how often it was saved; see ifVersion.' }),
    publishAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ publishAt }) => publishAt }),
    failed: t.exposeString('failed', {
      nullable: true,
      description: 'The code of the refusal that kept it from publishing itself.',
    }),
    refusal: t.field({
      type: UserError,
      nullable: true,
      description: 'What kept it from publishing itself, in the language of the request.',
      resolve: ({ refusal }) => refusal,
    }),
    actor: t.string({ description: 'Who saved it last.', resolve: ({ actor }) => publicActor(actor) }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ updatedAt }) => updatedAt }),
    preview: t.field({
      type: ProductContentType,
      description: 'The product as it will be.',
      resolve: async (draft, _args, ctx) => (await previewOf(ctx, draft)).content,
    }),
    difference: t.field({
      type: [FieldDifference],
      description: 'What publishing it changes.',
      resolve: async (draft, _args, ctx) => [...(await previewOf(ctx, draft)).difference],
    }),
    conflicts: t.stringList({
      description:
        'Fields that others changed since its base and that it changes too: then it is not published.',
      resolve: async (draft, _args, ctx) => [...(await previewOf(ctx, draft)).conflicts],
    }),
  }),
})

builder.objectFields(product.ref, (t) => ({
  contentVersion: t.int({
    nullable: true,
    description: 'The number of its newest version; what a draft is made from.',
    authScopes: staffOnly,
    resolve: async ({ id }, _args, ctx) => (await newestOf(ctx, id))?.number ?? 0,
  }),
  versions: t.field({
    type: VersionConnection,
    nullable: true,
    description: 'What it said after each change, the newest first.',
    authScopes: staffOnly,
    args: pageArgs(t.arg),
    resolve: ({ id }, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => versionsOf(ctx, id, page),
        keyOf: ({ number }) => [String(number)],
        count: async () => (await versionCountOf(ctx, id))?.count ?? 0,
      }),
  }),
  difference: t.field({
    type: [FieldDifference],
    nullable: true,
    description: 'What is another value in the version `to` than in the version `from`.',
    authScopes: staffOnly,
    args: { from: t.arg.int({ required: true }), to: t.arg.int({ required: true }) },
    resolve: async ({ id }, { from, to }, ctx) => {
      const [before, after] = await Promise.all(
        [from, to].map(async (number) => versionOf(ctx, `${id} ${number}`)),
      )
      if (before && after) return [...differenceOf(before.content, leadingTo(before.content, after.content))]
      const missing = { kind: 'productVersion' as const, id: String(before ? to : from) }
      throw refusalError(COMMON.refuse('NOT_FOUND', missing, [before ? 'to' : 'from']).error, ctx)
    },
  }),
  draft: t.field({
    type: DraftType,
    nullable: true,
    authScopes: staffOnly,
    resolve: async ({ id }, _args, ctx) => (await draftOf(ctx, id))[0] ?? null,
  }),
}))
