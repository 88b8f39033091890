import { isDeepStrictEqual } from 'node:util'
import { appendEvents, changesBetween, type Context, type Json } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import { sql } from 'kysely'
import { checkAutomaticRoom, waitToPublish } from './automatic-limit.ts'
import { type BudgetAmount, saveBudgets } from './budget.ts'
import {
  changesShelf,
  checkDefinition,
  checkStarts,
  checkTerms,
  type PromotionTerms,
} from './check-promotion.ts'
import { checkReferences } from './check-references.ts'
import { insertVersion } from './create-promotion.ts'
import { PROMOTION_REFUSALS } from './errors.ts'
import { promotionEvent } from './events.ts'
import { lockPromotion } from './lock-promotion.ts'
import { checkReach } from './promotion-scope.ts'
import { saveCoupons } from './save-coupons.ts'

/** What to change of a promotion: what is left out stays; a limit of null takes the limit away. */
export interface PromotionChange extends PromotionTerms {
  readonly id: Uuid
  readonly ifVersion?: number | null
  readonly definition?: unknown
}

/** Names a promotion and the version that the caller has seen. */
export interface PromotionKey {
  readonly id: Uuid
  readonly ifVersion?: number | null
}

/** Holds the row so that the orders under way, which share it, are over, and later ones wait. */
const waitForOrders = (ctx: Context, id: Uuid): Promise<unknown> =>
  ctx.db.selectFrom('promotion').select('id').where('id', '=', id).forUpdate().execute()

/**
 * Counts anew in the row what the ledger says, for a limit that counts from now on. Orders share the row of a promotion
 * without a limit: this waits for those under way, and later ones see the limit.
 */
const countUses = async (ctx: Context, id: Uuid): Promise<void> => {
  const held = waitForOrders(ctx, id)
  const counted = sql`
    update promotion set used = (
      select count(*) from promotion_claim where promotion_id = ${id} and state in ('USED', 'HELD')
    )
    where id = ${id}`.execute(ctx.db)
  await Promise.all([held, counted])
}

const asJson = (budgets: readonly BudgetAmount[]): Json =>
  Object.fromEntries(budgets.map(({ currency, amountMinor }) => [currency, Number(amountMinor)]))

/**
 * Changes a promotion and counts its version up. Another definition is a draft until it is published; the name, the
 * limits and the codes hold at once, and leave a published promotion published.
 */
export const updatePromotion = async (
  ctx: Context,
  change: PromotionChange,
): Promise<Result<{ promotionId: Uuid }>> => {
  const refused = checkTerms(change)
  if (refused) return refused
  const compiled = change.definition === undefined ? ok(null) : checkDefinition(change.definition)
  if (!compiled.ok) return compiled
  const promotion = await lockPromotion(ctx, change)
  if (!promotion.ok) return promotion
  const { id, status, onShelf, definition: before, publishedVersion } = promotion.value
  const version = promotion.value.version + 1
  const definition = change.definition ?? before
  const reach = await checkReach(ctx, [definition], ['definition', 'channels'])
  if (!reach.ok) return reach
  const starts = checkStarts(change.couponCodes, definition as PromotionDefinition)
  if (!starts.ok) return starts
  const isSame = isDeepStrictEqual(definition, before)
  const references =
    compiled.value && !isSame ? await checkReferences(ctx.db, compiled.value.definition) : ok(null)
  if (!references.ok) return references
  await insertVersion(ctx, { id, version, definition })
  if (change.usageLimit != null) await countUses(ctx, id)
  if (change.budgets !== undefined) {
    await waitForOrders(ctx, id)
    await saveBudgets(ctx, id, change.budgets ?? [])
  }
  const staysPublished = publishedVersion === promotion.value.version && isSame
  await ctx.db
    .updateTable('promotion')
    .set({
      version,
      updated_at: ctx.now(),
      ...(staysPublished && { published_version: version }),
      ...(change.name && { name: JSON.stringify(change.name) }),
      ...(change.usageLimit !== undefined && { usage_limit: change.usageLimit }),
      ...(change.perCustomerLimit !== undefined && { per_customer_limit: change.perCustomerLimit }),
    })
    .where('id', '=', id)
    .execute()
  const coupons = change.couponCodes ? await saveCoupons(ctx, id, change.couponCodes) : ok(null)
  if (!coupons.ok) return coupons
  const { name, usageLimit, perCustomerLimit, budgets } = promotion.value
  const changed = changesBetween(
    { name, usageLimit, perCustomerLimit, budgets: asJson(budgets), definition: before as Json },
    {
      name: change.name ?? undefined,
      usageLimit: change.usageLimit,
      perCustomerLimit: change.perCustomerLimit,
      budgets: change.budgets === undefined ? undefined : asJson(change.budgets ?? []),
      definition: definition as Json,
    },
  )
  const event = promotionEvent('PromotionUpdated.v1', { promotionId: id, version, status, shelf: onShelf })
  await appendEvents(ctx, [{ ...event, changed }])
  return ok({ promotionId: id })
}

/**
 * Makes the newest version hold, at once and in every channel, also of a paused promotion. Refuses one that starts with a
 * coupon but has no code, and an automatic one beyond `MAX_AUTOMATIC`.
 */
export const publishPromotion = async (
  ctx: Context,
  key: PromotionKey,
): Promise<Result<{ promotionId: Uuid }>> => {
  await waitToPublish(ctx)
  const promotion = await lockPromotion(ctx, key)
  if (!promotion.ok) return promotion
  const { id, version, publishedVersion, definition, onShelf, status } = promotion.value
  const compiled = checkDefinition(definition)
  if (!compiled.ok) return compiled
  const holds = status === 'PUBLISHED' && publishedVersion === version
  const references = holds ? ok(null) : await checkReferences(ctx.db, compiled.value.definition)
  if (!references.ok) return references
  if (compiled.value.definition.trigger === 'COUPON') {
    const code = await ctx.db
      .selectFrom('coupon')
      .select('id')
      .where('promotion_id', '=', id)
      .executeTakeFirst()
    if (!code) return PROMOTION_REFUSALS.refuse('COUPON_CODES_MISSING', {}, ['id'])
  }
  const room = await checkAutomaticRoom(ctx, { id, definition: compiled.value.definition })
  if (!room.ok) return room
  await ctx.db
    .updateTable('promotion')
    .set({ status: 'PUBLISHED', published_version: version, updated_at: ctx.now() })
    .where('id', '=', id)
    .execute()
  const shelf = onShelf || changesShelf(compiled.value)
  const event = promotionEvent('PromotionPublished.v1', {
    promotionId: id,
    version,
    status: 'PUBLISHED',
    shelf,
  })
  await appendEvents(ctx, [{ ...event, changed: changesBetween({ status }, { status: 'PUBLISHED' }) }])
  return ok({ promotionId: id })
}
