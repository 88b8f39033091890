import { AttributeWhere, collection, product } from '@hilo/catalog/graphql'
import {
  builder,
  type Connection,
  connectionType,
  keysetConnection,
  loadAll,
  lookAhead,
  pageArgs,
  type RequestContext,
  refusalError,
} from '@hilo/graphql'
import { contentLocale, decodeId, type Result, storable } from '@hilo/kernel'
import { type FacetResult, SEARCH_SORTS, type SearchAnswer } from '../engine.ts'
import { findProducts } from '../find-products.ts'
import { checkAttributes } from '../known-attributes.ts'
import { Facet } from './facet.ts'
import { readFacets, readFilter, readText, type WhereEntered } from './read-search.ts'

type Product = NonNullable<Awaited<ReturnType<typeof product.byId>>>

/** What a page says beside its rows. */
interface Found extends Connection<Product> {
  readonly answer: Pick<SearchAnswer, 'facets' | 'complete' | 'suggestion'>
}

const ProductSearchConnection = connectionType(product.ref, 'ProductSearch')

const answerOf = (page: Connection<Product>): Found['answer'] => (page as Found).answer

builder.objectFields(ProductSearchConnection, (t) => ({
  facets: t.field({
    type: [Facet],
    description:
      'The facets asked for, in that order, each counted in what fits the search: an attribute, option, product type, price or availability as if it were not filtered by itself, so that others of its values can be chosen too.',
    resolve: (page) => answerOf(page).facets as FacetResult[],
  }),
  complete: t.boolean({
    description:
      'False: more than 2,000 products fit. By relevance some of them are sorted and listed then, those named so first, and facets count 2,000 of them.',
    resolve: (page) => answerOf(page).complete,
  }),
  suggestion: t.string({
    nullable: true,
    description: 'What was probably meant, when a word was not known: the results are of it.',
    resolve: (page) => answerOf(page).suggestion,
  }),
}))

const OptionWhere = builder.inputType('ProductSearchOptionWhere', {
  description: 'Products with a variant on sale of one of these values of an option.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'Of the option.' }),
    in: t.stringList({ required: true, description: 'Codes of values, at most 50.' }),
  }),
})

const ProductSearchWhere = builder.inputRef<WhereEntered>('ProductSearchWhere').implement({
  description: 'Which products: everything stated must hold. At most 50 attributes and options.',
  fields: (t) => ({
    category: t.id({ description: 'In this category or below it.' }),
    collection: t.id({ description: 'In this collection, when it is published here.' }),
    productType: t.string({ description: 'Of the type with this code.' }),
    attributes: t.field({
      type: [AttributeWhere],
      description: 'All must hold, each of the product or of a variant of it; at most 50 values in each.',
    }),
    options: t.field({ type: [OptionWhere] }),
    priceAtLeast: t.field({
      type: 'SafeInt',
      description: 'Of the cheapest variant on the shelf, in minor units of the currency of the channel.',
    }),
    priceAtMost: t.field({ type: 'SafeInt', description: 'Likewise.' }),
    available: t.boolean({ description: 'True: a variant can be had; false: none can.' }),
  }),
})

const SearchSortEnum = builder.enumType('ProductSearchSortField', {
  description:
    'RELEVANCE is NEWEST without a text. ATTRIBUTE needs the code of a filterable number or date, and is refused without; what has none comes last, and so does what has no price for guests.',
  values: SEARCH_SORTS,
})

const ProductSearchSort = builder.inputType('ProductSearchSort', {
  fields: (t) => ({
    by: t.field({ type: SearchSortEnum, required: true }),
    descending: t.boolean({
      description:
        'Relevance, newness and availability begin with the most when not said, the others with the least.',
    }),
    attribute: t.string({ description: 'Of ATTRIBUTE.' }),
  }),
})

/** Throws a refusal as the error of the query. */
const orThrow = <Value>(result: Result<Value>, ctx: RequestContext): Value => {
  if (!result.ok) throw refusalError(result.error, ctx)
  return result.value
}

const NOTHING: SearchAnswer = { hits: [], facets: [], complete: true, total: 0 }

/** A collection that is not published here is no place to look in. */
const mayLookIn = async (ctx: RequestContext, collectionId: string | null | undefined): Promise<boolean> => {
  const id = collectionId && decodeId('collection', collectionId)
  return !id || Boolean(await collection.byId(ctx, id))
}

builder.queryField('productSearch', (t) =>
  t.field({
    type: ProductSearchConnection,
    description:
      'Looks for products that are sold here now, with a variant that has a price, be it for some customers only: by words with accents left out, begun, or with mistakes, by SKU and barcode, and by synonyms of the shop. Changes are found within seconds.',
    authScopes: { anyone: true },
    args: {
      ...pageArgs(t.arg),
      query: t.arg.string({
        description: 'What people type, at most 200 characters; the first eight words must all be found.',
      }),
      where: t.arg({ type: ProductSearchWhere }),
      facets: t.arg.stringList({
        description:
          'At most 30 of category, collection, productType, price, available, attribute:<code> (filterable, else refused) and option:<code>.',
      }),
      sort: t.arg({ type: ProductSearchSort }),
    },
    resolve: async (_root, { query, where, facets, sort, ...args }, ctx, info) => {
      const asked = {
        text: orThrow(readText(query, 'query'), ctx),
        filter: orThrow(readFilter(where ?? {}), ctx),
        facets: orThrow(readFacets(facets), ctx),
        channelId: ctx.channel.id,
        now: ctx.now(),
        locale: contentLocale(ctx),
        sort: {
          by: sort?.by ?? ('RELEVANCE' as const),
          descending: sort?.descending ?? undefined,
          attribute: sort?.attribute ? storable(sort.attribute) : undefined,
        },
      }
      orThrow(await checkAttributes(ctx.db, asked), ctx)
      const open = await mayLookIn(ctx, where?.collection)
      let answer = NOTHING
      const page = await keysetConnection(ctx, {
        args,
        width: 2,
        rows: async (place) => {
          if (open) answer = await findProducts(ctx.db, { ...asked, ...place, wantsTotal: false })
          return answer.hits
        },
        keyOf: ({ key }) => key,
        count: async () => {
          if (!open) return 0
          const counted = { ...asked, facets: [], after: undefined, limit: 1, wantsTotal: true }
          return (await findProducts(ctx.db, counted)).total ?? 0
        },
      })
      const ids = page.edges.map(({ node }) => node.productId)
      const rows = await loadAll(product.byId, ctx, ids)
      // What has been taken out of the channel a moment ago is still in the index.
      const edges = page.edges.flatMap(({ cursor }, index) => {
        const node = rows[index]
        return node && !(node instanceof Error) ? [{ cursor, node: node as Product }] : []
      })
      await lookAhead(ctx, info, { type: 'Product', rows: edges.map(({ node }) => node) })
      return { ...page, edges, answer } as Found
    },
  }),
)
