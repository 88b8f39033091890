import type { Context } from '@hilo/db'
import { encodeId, type Localized, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { mergeTexts } from '../cells.ts'
import { plainText } from '../check-shape.ts'

const budget = z.strictObject({ currency: plainText(3), amountMinor: z.int().min(0) })

/** A promotion as a file says it: what is absent stays as it is, null clears what can be empty. */
export const promotionItem = z.strictObject({
  key: plainText(200).min(1),
  name: z.record(plainText(35), z.string().max(1_000).nullable()).nullish(),
  status: z.enum(['DRAFT', 'PUBLISHED', 'PAUSED', 'ARCHIVED']).nullish(),
  definition: z.record(z.string(), z.unknown()).nullish(),
  couponCodes: z.array(z.string().max(200)).nullish(),
  usageLimit: z.int().nullish(),
  perCustomerLimit: z.int().nullish(),
  budgets: z.array(budget).max(50).nullish(),
})

/** A promotion of a file whose shape is right. */
export type PromotionItem = z.output<typeof promotionItem>

/** What an item says beside its status, as an export says it. */
export const saidBy = (item: PromotionItem, there?: Localized) => ({
  ...(item.name && { name: mergeTexts(item.name, there) }),
  ...(item.definition && { definition: item.definition }),
  ...(item.couponCodes !== undefined && { couponCodes: item.couponCodes ?? [] }),
  ...(item.usageLimit !== undefined && { usageLimit: item.usageLimit }),
  ...(item.perCustomerLimit !== undefined && { perCustomerLimit: item.perCustomerLimit }),
  ...(item.budgets !== undefined && { budgets: item.budgets ?? [] }),
})

/** A part of a promotion that a file says. */
export type Said = ReturnType<typeof saidBy>

interface Exported {
  readonly id: Uuid
  readonly key: string | null
  readonly name: Readonly<Record<string, string>>
  readonly status: string
  readonly rule: unknown
  readonly newest: unknown
  readonly codes: readonly string[]
  readonly usage: number | null
  readonly customer: number | null
  readonly budgets: readonly { readonly currency: string; readonly amountMinor: number }[]
}

const FIRST = '00000000-0000-0000-0000-000000000000'

const sorted = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/**
 * Promotions as files have them, by id, with their newest rule beside. In the item stands the rule that is or was
 * published: a later draft would go live where the file is brought in. Codes stand beside a rule that they start.
 */
export const readPromotions = async (
  { db }: Context,
  {
    after = FIRST,
    system,
    ids,
    limit,
  }: {
    readonly after?: Uuid | undefined
    readonly system: string
    readonly ids?: readonly Uuid[]
    readonly limit: number
  },
) => {
  const { rows } = await sql<Exported>`
    select promotion.id, external_key.key, name, status, held.definition as rule, newest.definition as newest,
      usage_limit as usage, per_customer_limit as customer,
      case when held.definition->>'trigger' = 'COUPON' then
        array(select code from coupon where promotion_id = promotion.id and batch_id is null
          order by code collate "C" limit 1000)
        else '{}' end as codes,
      coalesce((select json_agg(json_build_object('currency', currency, 'amountMinor', amount_minor) order by currency)
        from promotion_budget where promotion_id = promotion.id), '[]') as budgets
    from promotion
    join promotion_version as newest
      on newest.promotion_id = promotion.id and newest.version = promotion.version
    join promotion_version as held
      on held.promotion_id = promotion.id and held.version = coalesce(promotion.published_version, promotion.version)
    left join external_key
      on external_key.kind = 'PROMOTION' and external_key.system = ${system} and external_key.id = promotion.id
    where promotion.id > ${after} and (${ids === undefined} or promotion.id = any(${ids ?? []}::uuid[]))
    order by promotion.id limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    newest: row.newest,
    item: {
      key: row.key ?? encodeId('promotion', row.id),
      name: sorted(row.name),
      status: row.status,
      definition: row.rule,
      couponCodes: row.codes,
      usageLimit: row.usage,
      perCustomerLimit: row.customer,
      budgets: row.budgets,
    },
  }))
}
