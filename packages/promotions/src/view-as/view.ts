import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import {
  compileStored,
  price,
  type PricedCart,
  type PromotionInput,
  type ShelfPrice,
  shelfPrice,
} from '@hilo/pricing'
import { pricingSnapshot } from '../pricing-snapshot.ts'
import { promotionsByIds } from '../promotion-queries.ts'
import { askerOf, contextOf, type Viewer } from './viewer.ts'

/** Somebody's look at the shop, and drafts that are taken for published. */
export interface View {
  readonly viewer: Viewer
  readonly drafts: readonly PromotionInput[]
}

/** The newest versions of promotions, published or not, as the actor may read them; refuses `NOT_FOUND`. */
export const readDrafts = async (
  ctx: Context,
  ids: readonly Uuid[],
  path: readonly string[],
): Promise<Result<readonly PromotionInput[]>> => {
  if (ids.length === 0) return ok([])
  const found = await promotionsByIds(ctx.db, reachOf(ctx.actor, 'promotions:read'), ids)
  const missing = ids.find((id) => found.every((one) => one.id !== id))
  if (missing) {
    return COMMON.refuse('NOT_FOUND', { kind: 'promotion', id: encodeId('promotion', missing) }, path)
  }
  return ok(
    found.map(({ id, version, name, definition }) => ({
      id,
      version,
      name,
      compiled: compileStored(definition),
    })),
  )
}

const factsFor = (
  ctx: Context,
  { viewer, drafts }: View,
  variantIds: readonly Uuid[],
  codes: readonly string[],
) =>
  pricingSnapshot(contextOf(ctx, viewer), {
    variantIds,
    couponCodes: codes,
    country: viewer.country,
    place: viewer.place,
    asker: askerOf(viewer),
    drafts,
  })

/** The shelves as the viewer sees them, in the order asked: the same function, the same reading, nothing written. */
export const viewShelves = async (
  ctx: Context,
  view: View,
  variantIds: readonly Uuid[],
): Promise<(ShelfPrice | undefined)[]> => {
  if (variantIds.length === 0) return []
  const { variants, context, snapshot } = await factsFor(ctx, view, [...new Set(variantIds)], [])
  return variantIds.map((id) => {
    const facts = variants.get(id)
    return facts && shelfPrice(facts, context, snapshot)
  })
}

/** A cart that is nowhere. */
export interface ViewedCart {
  readonly lines: readonly { readonly id: string; readonly variantId: Uuid; readonly quantity: number }[]
  readonly couponCodes: readonly string[]
}

/** What the viewer would pay for a cart; no use of any limit is counted, and stock is left aside. */
export const viewCart = async (
  ctx: Context,
  view: View,
  { lines, couponCodes }: ViewedCart,
): Promise<PricedCart> => {
  const ids = [...new Set(lines.map(({ variantId }) => variantId))]
  const { variants, context, snapshot, delivery } = await factsFor(ctx, view, ids, couponCodes)
  const { paymentMethod, deliveryMethod } = view.viewer
  return price(
    {
      lines: lines.flatMap(({ variantId, ...line }) => {
        const facts = variants.get(variantId)
        return facts ? { ...facts, ...line } : []
      }),
      couponCodes,
      ...(paymentMethod && { paymentMethod }),
      ...(lines.length > 0 && {
        delivery: { ...delivery, ...(deliveryMethod && { method: deliveryMethod }) },
      }),
    },
    context,
    snapshot,
  )
}
