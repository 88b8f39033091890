import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** What an order takes out of the budgets of promotions: minor units by promotion, in one currency. */
export interface Spending {
  readonly currency: string
  readonly amounts: ReadonlyMap<Uuid, bigint>
}

/** What became of one promotion's part of a spending. */
export interface Spent {
  readonly id: Uuid
  /** False when less was left than asked for, or when there is no budget in this currency. */
  readonly paid: boolean
  /** True when nothing is left now. */
  readonly spent: boolean
}

/**
 * Takes amounts out of budgets, each whole or not at all, by conditional update in the order of ids: never more than
 * there is, however many orders come at once. For promotions that have a budget only.
 */
export const spendBudgets = async (ctx: Context, { currency, amounts }: Spending): Promise<Spent[]> => {
  const ids = [...amounts.keys()].sort()
  const { rows } = await sql<Spent>`
    with asked as (
      select * from unnest(${ids}::uuid[], ${ids.map((id) => amounts.get(id)!.toString())}::bigint[])
        as asked (promotion_id, amount)
    ), held as (
      select promotion_id from promotion_budget
      where promotion_id = any(${ids}::uuid[]) and currency = ${currency}
      order by promotion_id for no key update
    ), paid as (
      update promotion_budget as budget set spent_minor = spent_minor + asked.amount
      from held join asked using (promotion_id)
      where budget.promotion_id = held.promotion_id and budget.currency = ${currency}
        and budget.spent_minor + asked.amount <= budget.amount_minor
      returning budget.promotion_id, budget.spent_minor = budget.amount_minor as spent
    )
    select asked.promotion_id as id, paid.promotion_id is not null as paid, coalesce(paid.spent, false) as spent
    from asked left join paid using (promotion_id) order by asked.promotion_id`.execute(ctx.db)
  return rows
}

/** Gives back what released uses had taken out of budgets; returns the promotions that had nothing left before. */
export const refillBudgets = async (
  ctx: Context,
  released: readonly {
    readonly promotion_id: Uuid
    readonly amount_minor: bigint | null
    readonly currency: string | null
  }[],
): Promise<ReadonlySet<Uuid>> => {
  const parts = released.filter(({ amount_minor }) => amount_minor !== null)
  if (parts.length === 0) return new Set()
  const { rows } = await sql<{ id: Uuid; was_spent: boolean }>`
    with back as (
      select promotion_id, currency, sum(amount) as amount
      from unnest(
        ${parts.map(({ promotion_id }) => promotion_id)}::uuid[], ${parts.map(({ currency }) => currency)}::text[],
        ${parts.map(({ amount_minor }) => amount_minor!.toString())}::bigint[]
      ) as back (promotion_id, currency, amount)
      group by promotion_id, currency
    ), held as (
      select budget.promotion_id, budget.currency, back.amount
      from promotion_budget as budget join back using (promotion_id, currency)
      order by promotion_id, currency for no key update of budget
    )
    update promotion_budget as budget set spent_minor = budget.spent_minor - held.amount
    from held
    where budget.promotion_id = held.promotion_id and budget.currency = held.currency
    returning budget.promotion_id as id, budget.spent_minor + held.amount >= budget.amount_minor as was_spent
  `.execute(ctx.db)
  return new Set(rows.flatMap(({ id, was_spent }) => (was_spent ? [id] : [])))
}

/** A budget as staff set it. */
export interface BudgetAmount {
  readonly currency: string
  readonly amountMinor: bigint
}

/**
 * Gives a promotion exactly these budgets; an empty list takes them away. What orders took off before counts, as the
 * ledger says. The caller holds the promotion `FOR UPDATE`, so that it waits for the orders under way.
 */
export const saveBudgets = async (
  ctx: Context,
  promotionId: Uuid,
  budgets: readonly BudgetAmount[],
): Promise<void> => {
  const currencies = budgets.map(({ currency }) => currency)
  await sql`
    delete from promotion_budget
    where promotion_id = ${promotionId} and currency <> all(${currencies}::text[])`.execute(ctx.db)
  if (budgets.length === 0) return
  await sql`
    insert into promotion_budget (promotion_id, currency, amount_minor, spent_minor)
    select ${promotionId}, budget.currency, budget.amount, coalesce((
      select sum(amount_minor) from promotion_claim
      where promotion_id = ${promotionId} and state = 'USED' and promotion_claim.currency = budget.currency
    ), 0)
    from unnest(${currencies}::text[], ${budgets.map(({ amountMinor }) => amountMinor.toString())}::bigint[])
      as budget (currency, amount)
    on conflict (promotion_id, currency)
      do update set amount_minor = excluded.amount_minor, spent_minor = excluded.spent_minor`.execute(ctx.db)
}

/** A budget, and what orders took out of it. */
export interface Budget extends BudgetAmount {
  readonly spentMinor: bigint
}

/** SQL: the budgets of `promotion` as JSON, by currency; read them with `toBudgets`. */
export const budgetsOf = sql<{ currency: string; amount: string; spent: string }[]>`(
  select coalesce(json_agg(json_build_object(
    'currency', currency, 'amount', amount_minor::text, 'spent', spent_minor::text) order by currency), '[]')
  from promotion_budget where promotion_budget.promotion_id = promotion.id
)`.as('budgets')

/** The budgets out of `budgetsOf`. */
export const toBudgets = (
  rows: readonly { readonly currency: string; readonly amount: string; readonly spent: string }[],
): Budget[] =>
  rows.map(({ currency, amount, spent }) => ({
    currency,
    amountMinor: BigInt(amount),
    spentMinor: BigInt(spent),
  }))
