import { countProducts, productPage } from '@hilo/catalog'
import { product } from '@hilo/catalog/graphql'
import {
  builder,
  connectionType,
  keysetConnection,
  pageArgs,
  readId,
  readIds,
  refusalError,
  type RequestContext,
} from '@hilo/graphql'
import { newId, type Result, type Uuid } from '@hilo/kernel'
import { MAX_DRAFTS, MAX_VIEWED, VIEWS } from '../view-as/errors.ts'
import { readDrafts, type View, viewCart, viewShelves } from '../view-as/view.ts'
import { contextOf, readViewer } from '../view-as/viewer.ts'
import { ViewedCartType, type ViewedPrice, ViewedPriceType, type ViewedProduct } from './viewed-price.ts'
import { readViewerInput, ViewerInput } from './viewer-input.ts'

const valueOf = <Value>(ctx: RequestContext, result: Result<Value>): Value => {
  if (!result.ok) throw refusalError(result.error, ctx)
  return result.value
}

const atMost = (ctx: RequestContext, count: number, max: number, path: string): void => {
  if (count > max) throw refusalError(VIEWS.refuse('TOO_MANY_TO_VIEW', { count, max }, [path]).error, ctx)
}

const priced = async (ctx: RequestContext, view: View, ids: readonly Uuid[]): Promise<ViewedPrice[]> => {
  const shelves = await viewShelves(ctx, view, ids)
  return ids.map((variantId, index) => ({ variantId, shelf: shelves[index], viewer: view.viewer }))
}

const ViewedProductType = builder.objectRef<ViewedProduct>('ViewedProduct').implement({
  description: 'A product as somebody would find it.',
  fields: (t) => ({
    product: t.field({ type: product.ref, resolve: (viewed) => viewed.product }),
    prices: t.field({ type: [ViewedPriceType], resolve: ({ prices }) => [...prices] }),
  }),
})

const ViewedProductConnection = connectionType(ViewedProductType, 'ViewedProduct')

/** The products that the viewer finds. */
const listOf = (ctx: RequestContext, view: View) => {
  const there = contextOf(ctx, view.viewer)
  const seen = { channelId: there.channel.id, seesAll: false, now: there.now() }
  return { view: seen, reader: ctx, filter: {} }
}

/** Products that the viewer finds, by name, each with its prices: their rows, and what prices need. */
const productsOf = async (
  ctx: RequestContext,
  view: View,
  page: { readonly after: Parameters<typeof productPage>[1]['after']; readonly limit: number },
) => {
  const rows = await productPage(ctx.db, {
    ...page,
    ...listOf(ctx, view),
    sort: { field: 'NAME', direction: 'asc' },
    withVariants: true,
  })
  const prices = await priced(
    ctx,
    view,
    rows.flatMap(({ variants = [] }) => variants.map(({ id }) => id)),
  )
  const byVariant = new Map(prices.map((one) => [one.variantId, one]))
  return rows.map((row) => ({
    product: row,
    sortKey: row.sortKey,
    prices: (row.variants ?? []).map(({ id }) => byVariant.get(id)!),
  }))
}

const ViewedLineInput = builder.inputType('ViewedLineInput', {
  fields: (t) => ({
    id: t.string({ description: 'Your own name for it.' }),
    variantId: t.id({ required: true }),
    quantity: t.int({ required: true }),
  }),
})

const ViewType = builder.objectRef<View>('View').implement({
  description:
    'The shop as somebody else would see it. Nothing is written, and no limit of a promotion is used.',
  fields: (t) => ({
    channel: t.string({ resolve: ({ viewer }) => viewer.channel.code }),
    at: t.field({ type: 'DateTime', resolve: ({ viewer }) => viewer.at }),
    shelfPrices: t.field({
      type: [ViewedPriceType],
      description: 'Refuses TOO_MANY_TO_VIEW for more than 200.',
      args: { variantIds: t.arg.idList({ required: true }) },
      resolve: (view, { variantIds }, ctx) => {
        const ids = valueOf(ctx, readIds('variant', variantIds, ['variantIds']))
        atMost(ctx, ids.length, MAX_VIEWED, 'variantIds')
        return priced(ctx, view, ids)
      },
    }),
    products: t.field({
      type: ViewedProductConnection,
      description: 'What they would find, by name; at most 200 at once.',
      args: pageArgs(t.arg),
      resolve: (view, args, ctx) => {
        atMost(ctx, args.first ?? 0, MAX_VIEWED, 'first')
        return keysetConnection<Awaited<ReturnType<typeof productsOf>>[number]>(ctx, {
          args,
          width: 2,
          rows: (page) => productsOf(ctx, view, page),
          count: () => countProducts(ctx.db, listOf(ctx, view)),
          keyOf: ({ sortKey }) => sortKey,
        })
      },
    }),
    cart: t.field({
      type: ViewedCartType,
      description: 'What a cart would come to. Refuses TOO_MANY_TO_VIEW for more than 200 lines.',
      args: {
        lines: t.arg({ type: [ViewedLineInput], required: true }),
        couponCodes: t.arg.stringList(),
      },
      resolve: (view, { lines, couponCodes }, ctx) => {
        atMost(ctx, lines.length, MAX_VIEWED, 'lines')
        atMost(ctx, couponCodes?.length ?? 0, MAX_DRAFTS, 'couponCodes')
        const read = lines.map(({ id, variantId, quantity }) => ({
          id: id ?? newId(),
          variantId: valueOf(ctx, readId('variant', variantId, ['lines'])),
          quantity,
        }))
        return viewCart(ctx, view, { lines: read, couponCodes: couponCodes ?? [] })
      },
    }),
  }),
})

builder.queryField('viewAs', (t) =>
  t.field({
    type: ViewType,
    description:
      'Looks at the shop as somebody else, for staff with prices:read and promotions:read in the channel named; drafts of promotions count as published. Refuses NOT_FOUND, FORBIDDEN, TOO_MANY_TO_VIEW.',
    authScopes: { permission: 'promotions:read' },
    args: {
      viewer: t.arg({ type: ViewerInput, required: true }),
      draftPromotionIds: t.arg.idList({ description: 'At most 20.' }),
    },
    resolve: async (_root, { viewer: input, draftPromotionIds }, ctx): Promise<View> => {
      const viewer = valueOf(ctx, await readViewer(ctx, valueOf(ctx, readViewerInput(input))))
      const path = ['draftPromotionIds']
      const ids = valueOf(ctx, readIds('promotion', draftPromotionIds ?? [], path))
      atMost(ctx, ids.length, MAX_DRAFTS, 'draftPromotionIds')
      return { viewer, drafts: valueOf(ctx, await readDrafts(ctx, ids, path)) }
    },
  }),
)
