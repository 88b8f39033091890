import { appendEvents, type Context } from '@hilo/db'
import { actorKey, type Localized, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { saveBudgets } from './budget.ts'
import { checkDefinition, checkStarts, checkTerms, type PromotionTerms } from './check-promotion.ts'
import { checkReferences } from './check-references.ts'
import { promotionEvent } from './events.ts'
import { checkReach } from './promotion-scope.ts'
import { saveCoupons } from './save-coupons.ts'

/** A promotion to create, as a draft. */
export interface NewPromotion extends PromotionTerms {
  readonly name: Localized
  /** See `PromotionDefinition` of `@hilo/pricing`; checked here. */
  readonly definition: unknown
}

/** Keeps a version of a definition for ever. */
export const insertVersion = async (
  ctx: Context,
  { id, version, definition }: { readonly id: Uuid; readonly version: number; readonly definition: unknown },
): Promise<void> => {
  await ctx.db
    .insertInto('promotion_version')
    .values({
      promotion_id: id,
      version,
      definition: JSON.stringify(definition),
      created_at: ctx.now(),
      actor: actorKey(ctx.actor),
    })
    .execute()
}

/** Creates a draft. Refuses a definition that can never work or names what is not there, and codes of other promotions. */
export const createPromotion = async (
  ctx: Context,
  input: NewPromotion,
): Promise<Result<{ promotionId: Uuid }>> => {
  const refused = checkTerms(input)
  if (refused) return refused
  const compiled = checkDefinition(input.definition)
  if (!compiled.ok) return compiled
  const reach = await checkReach(ctx, [input.definition], ['definition', 'channels'])
  if (!reach.ok) return reach
  const starts = checkStarts(input.couponCodes, compiled.value.definition)
  if (!starts.ok) return starts
  const references = await checkReferences(ctx.db, compiled.value.definition)
  if (!references.ok) return references
  const id = newId()
  await ctx.db
    .insertInto('promotion')
    .values({
      id,
      name: JSON.stringify(input.name),
      usage_limit: input.usageLimit ?? null,
      per_customer_limit: input.perCustomerLimit ?? null,
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .execute()
  await insertVersion(ctx, { id, version: 1, definition: input.definition })
  await saveBudgets(ctx, id, input.budgets ?? [])
  const coupons = await saveCoupons(ctx, id, input.couponCodes ?? [])
  if (!coupons.ok) return coupons
  await appendEvents(ctx, [
    promotionEvent('PromotionCreated.v1', { promotionId: id, version: 1, status: 'DRAFT', shelf: false }),
  ])
  return ok({ promotionId: id })
}
