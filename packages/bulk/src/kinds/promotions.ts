import { command, type Context } from '@hilo/db'
import { decodeId, err, ok, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { createPromotion, updatePromotion, waitToPublish } from '@hilo/promotions'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { checkShape } from '../check-shape.ts'
import { BULK } from '../errors.ts'
import { idsByKeys, saveKeys } from '../external-keys.ts'
import { type FlatFields, flatRow, planFlat } from '../flat.ts'
import type { ImportSettings } from '../job.ts'
import { type Entry, type Kind, type Outcome, refusedBecause } from '../kind.ts'
import { type PromotionItem, promotionItem, readPromotions, type Said, saidBy } from './promotion-items.ts'
import { followStatus } from './promotion-status.ts'

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

const PAGE = 200

const termsOf = ({ budgets, ...terms }: Said) => ({
  ...terms,
  ...(budgets && {
    budgets: budgets.map((each) => ({ ...each, amountMinor: BigInt(each.amountMinor) })),
  }),
})

const create = async (ctx: Context, item: PromotionItem, system: string): Promise<Result<Uuid>> => {
  const { definition } = item
  const made = await createPromotion(ctx, { name: {}, ...termsOf(saidBy(item)), definition })
  if (!made.ok) return made
  const { promotionId: id } = made.value
  const wanted = item.status ?? 'DRAFT'
  const followed = await followStatus(ctx, id, { is: 'DRAFT', wanted, isNewRule: true })
  if (!followed.ok) return followed
  await saveKeys(ctx.db, { kind: 'PROMOTION', system }, [{ key: item.key, id }])
  return ok(id)
}

/** Changes only what a row says otherwise than it is: one that repeats the published rule leaves a draft of staff alone. */
const change = async (
  ctx: Context,
  id: Uuid,
  { item, system }: { readonly item: PromotionItem; readonly system: string },
): Promise<Result<Outcome>> => {
  const [there] = await readPromotions(ctx, { system, ids: [id], limit: 1 })
  const { newest, item: now } = there!
  const wanted = item.status ?? now.status
  // None becomes a draft again: the word is about the rule, which waits behind the published one then.
  const isOnlyDraft = wanted === 'DRAFT' && now.status !== 'ARCHIVED'
  // The row that archived it may have brought a rule that was never published.
  const isNewest = isOnlyDraft || now.status === 'ARCHIVED'
  const isAsSaid = ([field, value]: readonly [string, unknown]) =>
    isDeepStrictEqual(value, now[field as keyof typeof now]) ||
    (field === 'definition' && isNewest && isDeepStrictEqual(value, newest))
  const others = Object.entries(saidBy(item, now.name)).filter((each) => !isAsSaid(each))
  if (others.length === 0 && (wanted === now.status || isOnlyDraft)) return ok({ is: 'UNCHANGED' })
  const said = Object.fromEntries(others) as Said
  const changed = await updatePromotion(ctx, { id, ...termsOf(said) })
  if (!changed.ok) return changed
  const followed = await followStatus(ctx, id, {
    is: now.status,
    wanted,
    isNewRule: said.definition !== undefined,
  })
  return followed.ok ? ok({ is: 'UPDATED' }) : followed
}

const decide = (
  item: PromotionItem,
  id: Uuid | undefined,
  mode: ImportSettings['mode'],
): Refusal | undefined => {
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

/**
 * The ids by the keys of items, of promotions that are there. They are held until the end of the transaction, by id as
 * orders hold them, whatever the order of the file, and as strongly as the limits of any row need.
 */
const holdNamed = async (
  { db }: Context,
  items: readonly PromotionItem[],
  system: string,
): Promise<Map<string, Uuid>> => {
  const keys = items.map(({ key }) => key)
  const known = await idsByKeys(db, { kind: 'PROMOTION', system }, keys)
  const named = keys.map((key) => [key, known.get(key) ?? decodeId('promotion', key)] as const)
  const setsLimits = items.some(({ usageLimit, budgets }) => usageLimit != null || budgets !== undefined)
  const { rows } = await sql<{ id: Uuid }>`
    select id from promotion where id = any(${named.flatMap(([, id]) => id ?? [])}::uuid[])
    order by id ${setsLimits ? sql`for update` : sql`for no key update`}`.execute(db)
  const held = new Set(rows.map(({ id }) => id))
  return new Map(named.flatMap(([key, id]) => (id !== undefined && held.has(id) ? [[key, id]] : [])))
}

const apply = async (
  ctx: Context,
  entries: readonly Entry[],
  { mode, system }: ImportSettings,
): Promise<Outcome[]> => {
  await waitToPublish(ctx)
  const shapes = entries.map(({ item }) => checkShape(promotionItem, item))
  const ids = await holdNamed(
    ctx,
    shapes.flatMap((shape) => (shape.ok ? [shape.value] : [])),
    system,
  )
  const outcomes: Outcome[] = []
  for (const shape of shapes) {
    if (!shape.ok) {
      outcomes.push(refusedBecause([shape.error]))
      continue
    }
    const item = shape.value
    const id = ids.get(item.key)
    const refused = decide(item, id, mode)
    const saved = refused
      ? err(refused)
      : await command(ctx, { operation: 'bulkPromotion', input: null }, async (inner) => {
          if (id !== undefined) return change(inner, id, { item, system })
          const made = await create(inner, item, system)
          if (!made.ok) return made
          ids.set(item.key, made.value)
          return ok<Outcome>({ is: 'CREATED' })
        })
    outcomes.push(saved.ok ? saved.value : refusedBecause([saved.error], item.key))
  }
  return outcomes
}

const page: Kind['page'] = async (ctx, { after, system }) => {
  const rows = await readPromotions(ctx, { after: after?.[0], system, limit: PAGE })
  return { items: rows.map(({ item }) => item), next: rows.length === PAGE ? [rows.at(-1)!.id] : undefined }
}

/** Promotions with the rule that is or was published, their limits, and the codes that are in no batch. */
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
