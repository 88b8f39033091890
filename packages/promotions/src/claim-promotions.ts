import type { Context, NewEvent } from '@hilo/db'
import { encodeId, type Localized, localize, ok, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { spendBudgets } from './budget.ts'
import { customerKey } from './customer-key.ts'
import { PROMOTION_REFUSALS } from './errors.ts'
import { freeExpiredOf, freeHoldOf } from './holds.ts'
import { limitEvents } from './limit-events.ts'
import { overusedCoupon, useCoupons } from './use-coupons.ts'
import { useOffers } from './use-offers.ts'
import {
  type AppliedPromotion,
  claimAfterOthers,
  type PromotionUse,
  type Used,
  useOnce,
} from './use-promotions.ts'

export type { AppliedPromotion, PromotionUse } from './use-promotions.ts'

const { refuse } = PROMOTION_REFUSALS

const shown = ({ id, name }: { readonly id: Uuid; readonly name: Localized }, ctx: Context) => ({
  promotionId: encodeId('promotion', id),
  name: localize(name, ctx),
})

const spentRefusal = async (ctx: Context, id: Uuid): Promise<Refusal> => {
  const row = await ctx.db.selectFrom('promotion').select('name').where('id', '=', id).executeTakeFirst()
  return refuse('PROMOTION_SPENT', shown({ id, name: (row?.name ?? { en: '' }) as Localized }, ctx)).error
}

/** What the steps of a claim share. */
interface Claim {
  readonly ctx: Context
  readonly use: PromotionUse
  /** Each promotion once. */
  readonly applied: ReadonlyMap<Uuid, AppliedPromotion>
}

const absent = <T>(wanted: Iterable<T>, there: ReadonlySet<T>): T[] =>
  [...wanted].filter((one) => !there.has(one))

/** Counts the promotions; what seems used up is looked at again when a hold on it has expired. */
const usePromotions = async ({ ctx, use, applied }: Claim): Promise<{ used: Used[]; missing: Uuid[] }> => {
  const used = await useOnce(ctx, use, [...applied.values()])
  const missing = absent(applied.keys(), new Set(used.map(({ id }) => id)))
  if (missing.length === 0 || (await freeExpiredOf(ctx, missing)) === 0) return { used, missing }
  const again = await useOnce(
    ctx,
    use,
    missing.map((id) => applied.get(id)!),
  )
  return { used: [...used, ...again], missing: absent(missing, new Set(again.map(({ id }) => id))) }
}

const useCodes = async ({ ctx, use, applied }: Claim): Promise<Refusal | undefined> => {
  const codes = [...applied.values()].flatMap(({ couponCode }) => couponCode ?? [])
  const first = await useCoupons(ctx, codes)
  const short = absent(codes, new Set(first.map(({ code }) => code)))
  const again = short.length > 0 && (await freeExpiredOf(ctx, [...applied.keys()])) > 0
  const coupons = again ? [...first, ...(await useCoupons(ctx, short))] : first
  const [spent] = absent(codes, new Set(coupons.map(({ code }) => code)))
  if (spent !== undefined) return refuse('COUPON_SPENT', { coupon: spent }).error
  if (coupons.every(({ per_customer_limit }) => per_customer_limit === null)) return undefined
  const key = customerKey(use)
  const anonymous = coupons.find(({ per_customer_limit }) => per_customer_limit !== null)!
  if (key === null) return refuse('COUPON_NEEDS_CUSTOMER', { coupon: anonymous.code }).error
  const overused = await overusedCoupon(ctx, coupons, key)
  return (
    overused &&
    refuse('COUPON_CUSTOMER_LIMIT', { coupon: overused.code, limit: overused.per_customer_limit! }).error
  )
}

const useOffersOf = async ({ ctx, applied }: Claim): Promise<Refusal | undefined> => {
  const ids = [...applied.values()].flatMap(({ offerId }) => offerId ?? [])
  const [gone] = absent(ids, await useOffers(ctx, ids))
  return gone === undefined
    ? undefined
    : refuse('OFFER_OVER', { offer: encodeId('promotionOffer', gone) }).error
}

/** Pays what the promotions take off from their budgets; gives the ids of those that have nothing left now. */
const pay = async (
  { ctx, use, applied }: Claim,
  used: readonly Used[],
): Promise<Result<ReadonlySet<Uuid>>> => {
  const amounts = new Map(
    used.flatMap(({ id, has_budget }) => (has_budget ? [[id, applied.get(id)!.amount ?? 0n] as const] : [])),
  )
  if (amounts.size === 0 || use.currency === undefined) return ok(new Set())
  const parts = await spendBudgets(ctx, { currency: use.currency, amounts })
  const short = parts.find(({ paid }) => !paid)
  if (!short) return ok(new Set(parts.flatMap(({ id, spent }) => (spent ? [id] : []))))
  return refuse(
    'PROMOTION_SPENT',
    shown(
      used.find(({ id }) => id === short.id)!,
      ctx,
    ),
  )
}

/** Enters what other orders of the same customer came before, or says why it cannot be. */
const countCustomer = async (claim: Claim, used: readonly Used[]): Promise<Refusal | undefined> => {
  const { ctx, use, applied } = claim
  for (const promotion of used.filter(({ claimed }) => !claimed)) {
    const limit = promotion.per_customer_limit
    if (limit !== null && customerKey(use) === null)
      return refuse('PROMOTION_NEEDS_CUSTOMER', shown(promotion, ctx)).error
    if (!(await claimAfterOthers(ctx, { promotion, use, applied: applied.get(promotion.id)! })))
      return refuse('PROMOTION_CUSTOMER_LIMIT', { ...shown(promotion, ctx), limit: limit ?? 0 }).error
  }
  return undefined
}

/**
 * Uses up promotions, budgets, coupons and offers for an order, exactly, however many orders come at once: the order is
 * refused when one of them was used up since the cart was priced. What the cart holds becomes used. Call it inside
 * `command()`, before stock is reserved; the caller appends the events returned with its own, last.
 */
export const claimPromotions = async (
  ctx: Context,
  use: PromotionUse,
): Promise<Result<readonly NewEvent[]>> => {
  const applied = new Map(use.applications.map((each) => [each.promotionId, each]))
  const claim = { ctx, use, applied }
  if (use.cartId != null && use.applications.some(({ couponCode }) => couponCode !== undefined)) {
    await freeHoldOf(ctx, use.cartId, applied)
  }
  if (applied.size === 0) return ok([])
  const { used, missing } = await usePromotions(claim)
  if (missing.length > 0) return { ok: false, error: await spentRefusal(ctx, missing.sort()[0]!) }
  // A customer's orders wait for each other at the ordinals of the ledger, so nothing else is locked before those.
  const limited = await countCustomer(claim, used)
  if (limited) return { ok: false, error: limited }
  const emptied = await pay(claim, used)
  if (!emptied.ok) return emptied
  const refused = (await useCodes(claim)) ?? (await useOffersOf(claim))
  if (refused) return { ok: false, error: refused }
  return ok(
    await limitEvents(
      ctx,
      used.filter(({ id, spent }) => spent || emptied.value.has(id)).map(({ id }) => id),
    ),
  )
}
