import { command, type Context } from '@hilo/db'
import { decodeId, encodeId, err, ok, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import {
  archivePromotion,
  createPromotion,
  pausePromotion,
  publishPromotion,
  updatePromotion,
  waitToPublish,
} from '@hilo/promotions'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import { mergeTexts } from '../cells.ts'
import { checkShape, plainText } from '../check-shape.ts'
import { BULK } from '../errors.ts'
import { idsByKeys, saveKeys } from '../external-keys.ts'
import { type FlatFields, flatRow, planFlat } from '../flat.ts'
import type { ImportSettings } from '../job.ts'
import { type Entry, type Kind, type Outcome, refusedBecause } from '../kind.ts'

const budget = z.strictObject({ currency: plainText(3), amountMinor: z.int().min(0) })

const promotionItem = z.strictObject({
  key: plainText(200).min(1),
  name: z.record(plainText(35), z.string().max(1_000).nullable()).nullish(),
  status: z.enum(['DRAFT', 'PUBLISHED', 'PAUSED', 'ARCHIVED']).nullish(),
  definition: z.record(z.string(), z.unknown()).nullish(),
  couponCodes: z.array(z.string().max(200)).nullish(),
  usageLimit: z.int().nullish(),
  perCustomerLimit: z.int().nullish(),
  budgets: z.array(budget).max(50).nullish(),
})

type PromotionItem = z.output<typeof promotionItem>

const FIELDS: FlatFields = {
  key: 'text',
  name: 'texts',
  status: 'text',
  definition: 'json',
  couponCodes: 'list',
  usageLimit: 'number',
  perCustomerLimit: 'number',
  budgets: 'json',
}

interface Exported {
  readonly id: Uuid
  readonly key: string | null
  readonly name: Readonly<Record<string, string>>
  readonly status: string
  readonly definition: unknown
  readonly codes: readonly string[]
  readonly usage: number | null
  readonly customer: number | null
  readonly budgets: readonly { readonly currency: string; readonly amountMinor: number }[]
}

const PAGE = 200

const sorted = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const readPromotions = async (
  { db }: Context,
  { after, system, ids }: { readonly after: Uuid; readonly system: string; readonly ids?: readonly Uuid[] },
) => {
  const { rows } = await sql<Exported>`
    select promotion.id, external_key.key, name, status, definition, usage_limit as usage,
      per_customer_limit as customer,
      array(select code from coupon where promotion_id = promotion.id and batch_id is null
        order by code collate "C" limit 1000) as codes,
      coalesce((select json_agg(json_build_object('currency', currency, 'amountMinor', amount_minor) order by currency)
        from promotion_budget where promotion_id = promotion.id), '[]') as budgets
    from promotion join promotion_version as newest
      on newest.promotion_id = promotion.id and newest.version = promotion.version
    left join external_key
      on external_key.kind = 'PROMOTION' and external_key.system = ${system} and external_key.id = promotion.id
    where promotion.id > ${after} and (${ids === undefined} or promotion.id = any(${ids ?? []}::uuid[]))
    order by promotion.id limit ${ids ? ids.length : PAGE}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    item: {
      key: row.key ?? encodeId('promotion', row.id),
      name: sorted(row.name),
      status: row.status,
      definition: row.definition,
      couponCodes: row.codes,
      usageLimit: row.usage,
      perCustomerLimit: row.customer,
      budgets: row.budgets,
    },
  }))
}

const FIRST = '00000000-0000-0000-0000-000000000000'

/** A new definition of a promotion that holds, or will again, is published with its row: only drafts wait. */
const stepsTo = (wanted: string, { is, isNewRule }: { is: string; isNewRule: boolean }) => {
  if (wanted === 'PUBLISHED') return [publishPromotion]
  if (wanted === 'PAUSED') {
    if (is === 'PUBLISHED' && !isNewRule) return [pausePromotion]
    return is === 'PAUSED' && !isNewRule ? [] : [publishPromotion, pausePromotion]
  }
  return wanted === 'ARCHIVED' && is !== 'ARCHIVED' ? [archivePromotion] : []
}

/** Gives a promotion the status of the item. An archived one stays so. */
const follow = async (
  ctx: Context,
  id: Uuid,
  { wanted, ...now }: { is: string; isNewRule: boolean; wanted: string },
): Promise<Result<unknown>> => {
  for (const step of stepsTo(wanted, now)) {
    const followed = await step(ctx, { id })
    if (!followed.ok) return { ok: false, error: { ...followed.error, path: ['status'] } }
  }
  return ok(null)
}

const termsOf = ({ name, couponCodes, usageLimit, perCustomerLimit, budgets }: PromotionItem) => ({
  ...(name && { name: mergeTexts(name) }),
  ...(couponCodes !== undefined && { couponCodes: couponCodes ?? [] }),
  ...(usageLimit !== undefined && { usageLimit }),
  ...(perCustomerLimit !== undefined && { perCustomerLimit }),
  ...(budgets !== undefined && {
    budgets: (budgets ?? []).map((each) => ({ ...each, amountMinor: BigInt(each.amountMinor) })),
  }),
})

const save = async (
  ctx: Context,
  item: PromotionItem,
  id: Uuid | undefined,
  system: string,
): Promise<Result<Outcome>> => {
  if (id === undefined) {
    const made = await createPromotion(ctx, { name: {}, ...termsOf(item), definition: item.definition })
    if (!made.ok) return made
    const { promotionId } = made.value
    const followed = await follow(ctx, promotionId, {
      is: 'DRAFT',
      isNewRule: true,
      wanted: item.status ?? 'DRAFT',
    })
    if (!followed.ok) return followed
    await saveKeys(ctx.db, { kind: 'PROMOTION', system }, [{ key: item.key, id: promotionId }])
    return ok({ is: 'CREATED' })
  }
  const [there] = await readPromotions(ctx, { after: FIRST, system, ids: [id] })
  const before = there!.item as Readonly<Record<string, unknown>>
  const wanted = { ...item, ...(item.name && { name: mergeTexts(item.name, there!.item.name) }) }
  const isSame = Object.entries(wanted).every(
    ([field, value]) => value == null || isDeepStrictEqual(value, before[field]),
  )
  if (isSame) return ok({ is: 'UNCHANGED' })
  const changed = await updatePromotion(ctx, {
    id,
    ...termsOf(wanted),
    ...(item.definition && { definition: item.definition }),
  })
  if (!changed.ok) return changed
  const followed = await follow(ctx, id, {
    is: there!.item.status,
    isNewRule: item.definition != null && !isDeepStrictEqual(item.definition, there!.item.definition),
    wanted: item.status ?? there!.item.status,
  })
  return followed.ok ? ok({ is: 'UPDATED' }) : followed
}

const decide = (item: PromotionItem, id: Uuid | undefined, { mode }: ImportSettings): Refusal | undefined => {
  const name = item.key
  const wrong =
    mode === 'CREATE' && id !== undefined
      ? 'ROW_EXISTS'
      : mode === 'UPDATE' && id === undefined
        ? 'ROW_MISSING'
        : undefined
  if (wrong) return BULK.refuse(wrong, { name }).error
  const field =
    id === undefined && !item.name ? 'name' : id === undefined && !item.definition ? 'definition' : undefined
  return field && BULK.refuse('ROW_FIELD_MISSING', { field }, [field]).error
}

const apply = async (
  ctx: Context,
  entries: readonly Entry[],
  settings: ImportSettings,
): Promise<Outcome[]> => {
  await waitToPublish(ctx)
  const outcomes: Outcome[] = []
  for (const [index, entry] of entries.entries()) {
    const shape = checkShape(promotionItem, entry.item)
    if (!shape.ok) {
      outcomes[index] = refusedBecause([shape.error])
      continue
    }
    const item = shape.value
    const keys = await idsByKeys(ctx.db, { kind: 'PROMOTION', system: settings.system }, [item.key])
    const named = keys.get(item.key) ?? decodeId('promotion', item.key)
    const row =
      named === undefined
        ? undefined
        : await ctx.db.selectFrom('promotion').select('id').where('id', '=', named).executeTakeFirst()
    const refused = decide(item, row?.id, settings)
    const saved = refused
      ? err(refused)
      : await command(ctx, { operation: 'bulkPromotion', input: null }, (inner) =>
          save(inner, item, row?.id, settings.system),
        )
    outcomes[index] = saved.ok ? saved.value : refusedBecause([saved.error], item.key)
  }
  return outcomes
}

const page: Kind['page'] = async (ctx, { after, system }) => {
  const rows = await readPromotions(ctx, { after: after?.[0] ?? FIRST, system })
  return { items: rows.map(({ item }) => item), next: rows.length === PAGE ? [rows.at(-1)!.id] : undefined }
}

/** Promotions with their newest definition, their limits, and the codes that are in no batch. */
export const promotions: Kind = {
  batch: 20,
  plan: (header, settings) => planFlat(header, settings, { fields: FIELDS }),
  apply,
  page,
  columns: async ({ db }) => {
    const shop = await db.selectFrom('shop').select('locales').executeTakeFirst()
    return Object.entries(FIELDS).flatMap(([field, kind]) =>
      kind === 'texts' ? (shop?.locales ?? ['en']).map((locale) => `${field}.${locale}`) : [field],
    )
  },
  toRows: (item, columns) => flatRow(item, columns, FIELDS),
}
