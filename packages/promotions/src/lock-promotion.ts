import type { Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import { type BudgetAmount, budgetsOf, toBudgets } from './budget.ts'
import { changesShelf } from './check-promotion.ts'
import { compiledVersion, versionKey } from './compiled-promotions.ts'
import { PROMOTION_REFUSALS } from './errors.ts'
import type { PromotionStatus } from './promotion.ts'
import { checkReach, readablePromotion } from './promotion-scope.ts'

/** A promotion whose row this transaction holds. */
export interface LockedPromotion {
  readonly id: Uuid
  readonly status: PromotionStatus
  readonly version: number
  readonly publishedVersion: number | null
  /** Of the newest version. */
  readonly definition: unknown
  readonly name: Localized
  readonly usageLimit: number | null
  readonly perCustomerLimit: number | null
  readonly budgets: readonly BudgetAmount[]
  /** True when its published version changes prices on the shelf whenever it holds. */
  readonly forShelf: boolean
  /** True when it does so now: it is not paused. */
  readonly onShelf: boolean
}

/**
 * Holds a promotion until the end of the transaction. Refuses an archived one, another version than `ifVersion`, and with
 * `FORBIDDEN` one that holds in channels beyond the actor's.
 */
export const lockPromotion = async (
  ctx: Context,
  { id, ifVersion }: { readonly id: Uuid; readonly ifVersion?: number | null },
): Promise<Result<LockedPromotion>> => {
  const row = await ctx.db
    .selectFrom('promotion')
    .select([
      'id',
      'status',
      'version',
      'published_version',
      'name',
      'usage_limit',
      'per_customer_limit',
      budgetsOf,
    ])
    .where('id', '=', id)
    .where(readablePromotion(reachOf(ctx.actor, 'promotions:read')))
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return COMMON.refuse('NOT_FOUND', { kind: 'promotion', id: encodeId('promotion', id) }, ['id'])
  if (ifVersion != null && ifVersion !== row.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
  }
  if (row.status === 'ARCHIVED') return PROMOTION_REFUSALS.refuse('PROMOTION_ARCHIVED', {}, ['id'])
  const versions = await ctx.db
    .selectFrom('promotion_version')
    .select(['version', 'definition'])
    .where('promotion_id', '=', id)
    .where('version', 'in', [row.version, row.published_version ?? row.version])
    .execute()
  const reach = await checkReach(
    ctx,
    versions.map(({ definition }) => definition),
    ['id'],
  )
  if (!reach.ok) return reach
  const definitionOf = (version: number) => versions.find((each) => each.version === version)!.definition
  const published = row.published_version
  const forShelf =
    published !== null &&
    changesShelf(compiledVersion(versionKey({ id, version: published }), definitionOf(published)))
  return ok({
    id,
    status: row.status as PromotionStatus,
    version: row.version,
    publishedVersion: row.published_version,
    definition: definitionOf(row.version),
    name: row.name as Localized,
    usageLimit: row.usage_limit,
    perCustomerLimit: row.per_customer_limit,
    budgets: toBudgets(row.budgets),
    forShelf,
    onShelf: forShelf && row.status === 'PUBLISHED',
  })
}
