import { containing, type Executor, keyset } from '@hilo/db'
import { type CursorKey, type Localized, type Reach, storable, type Uuid } from '@hilo/kernel'
import type { PromotionDefinition } from '@hilo/pricing'
import { sql } from 'kysely'
import { budgetsOf, toBudgets } from './budget.ts'
import type { Promotion, PromotionStatus } from './promotion.ts'
import { readablePromotion } from './promotion-scope.ts'

type Tables = 'promotion' | 'promotion_version' | 'promotion_claim' | 'coupon'

/** How often: counted in the row where a limit counts, else the entries of the ledger. */
const promotionUses = sql<number>`case when promotion.usage_limit is not null then promotion.used else (
  select count(*)::int from promotion_claim
  where promotion_claim.promotion_id = promotion.id and promotion_claim.state = 'USED'
) end`

const promotionRows = (db: Executor<Tables>, reach: Reach) =>
  db
    .selectFrom('promotion')
    .where(readablePromotion(reach))
    .innerJoin('promotion_version as newest', (join) =>
      join
        .onRef('newest.promotion_id', '=', 'promotion.id')
        .onRef('newest.version', '=', 'promotion.version'),
    )
    .select([
      'promotion.id',
      'promotion.name',
      'promotion.status',
      'promotion.version',
      'promotion.published_version',
      'promotion.usage_limit',
      'promotion.per_customer_limit',
      promotionUses.as('used'),
      budgetsOf,
      'promotion.created_at',
      'promotion.updated_at',
      'newest.definition',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof promotionRows>['execute']>>[number]

const toPromotion = (row: Row): Promotion => ({
  id: row.id,
  name: row.name as Localized,
  status: row.status as PromotionStatus,
  version: row.version,
  publishedVersion: row.published_version,
  definition: row.definition as PromotionDefinition,
  usageLimit: row.usage_limit,
  perCustomerLimit: row.per_customer_limit,
  budgets: toBudgets(row.budgets),
  used: row.used,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** The promotions with these ids that the reach may read, in their newest version. */
export const promotionsByIds = async (
  db: Executor<Tables>,
  reach: Reach,
  ids: readonly Uuid[],
): Promise<Promotion[]> =>
  (await promotionRows(db, reach).where('promotion.id', 'in', ids).execute()).map(toPromotion)

/** Which promotions staff look for. */
export interface PromotionFilter {
  readonly reach: Reach
  readonly status?: PromotionStatus | null
  /** A part of the name in any language, or a whole coupon code. */
  readonly search?: string | null
}

const MAX_SEARCH = 200

const found = (db: Executor<Tables>, { reach, status, search: asked }: PromotionFilter) => {
  const search = storable(asked ?? '').slice(0, MAX_SEARCH)
  const pattern = containing(search)
  return promotionRows(db, reach)
    .$if(status != null, (query) => query.where('promotion.status', '=', status!))
    .$if(search !== '', (query) =>
      query.where(
        sql<boolean>`(promotion.name->>'en' ilike ${pattern} or promotion.name->>'es' ilike ${pattern}
          or exists (select from coupon where coupon.promotion_id = promotion.id and coupon.code = ${search}))`,
      ),
    )
}

/** A page of promotions, the newest first. */
export const promotionPage = async (
  db: Executor<Tables>,
  filter: PromotionFilter,
  page: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<Promotion[]> => {
  const rows = await keyset(found(db, filter), {
    ...page,
    columns: [
      ['promotion.created_at', 'desc'],
      ['promotion.id', 'desc'],
    ],
  }).execute()
  return rows.map(toPromotion)
}

/** How many promotions fit. */
export const countPromotions = async (db: Executor<Tables>, filter: PromotionFilter): Promise<number> => {
  const { count } = await found(db, filter)
    .clearSelect()
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
