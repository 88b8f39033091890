import { appendEvents, changesBetween, type Context } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkAudience, checkDerivation, checkTerms } from './check-price-list.ts'
import { PRICE_REFUSALS } from './errors.ts'
import { priceListEvent } from './events.ts'
import { insertPriceLists, listColumns } from './insert-prices.ts'
import { ALWAYS, type Period, toRange } from './period.ts'
import {
  type ListAudience,
  type ListDerivation,
  MAX_LISTS,
  mayWriteList,
  type PriceList,
  type PriceListKind,
} from './price-list.ts'
import { priceListsByIds } from './price-list-queries.ts'

/** A price list to make. */
export interface NewPriceList {
  readonly code: string
  readonly name: Localized
  readonly kind: PriceListKind
  /** Stays for ever. */
  readonly currency: string
  readonly audience: ListAudience
  readonly valid?: Period
  readonly active?: boolean
  readonly derivation?: ListDerivation | null | undefined
}

/** What to change of a price list; what is left out stays. */
export interface PriceListChange {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
  readonly name?: Localized | undefined
  readonly kind?: PriceListKind | undefined
  /** The whole audience. */
  readonly audience?: ListAudience | undefined
  readonly validFrom?: Date | null | undefined
  readonly validUntil?: Date | null | undefined
  readonly active?: boolean | undefined
  /** Null: it has only its own prices from now on. */
  readonly derivation?: ListDerivation | null | undefined
}

/** Whoever derives a list holds this until the end, so that no two close a circle together; readers do not notice. */
const lockDerivations = async ({ db }: Context): Promise<void> => {
  await sql`lock table price_list in share row exclusive mode`.execute(db)
}

/** Whoever changes a list otherwise shares it before holding the list: who has it whole waits for lists. */
const shareLists = async ({ db }: Context): Promise<void> => {
  await sql`lock table price_list in row exclusive mode`.execute(db)
}

const refuseFullOrTaken = async ({ db }: Context, code: string): Promise<Result<null>> => {
  const { count, taken } = await db
    .selectFrom('price_list')
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<boolean | null>`bool_or(code = ${code})`.as('taken'),
    ])
    .executeTakeFirstOrThrow()
  if (taken) return PRICE_REFUSALS.refuse('PRICE_LIST_CODE_TAKEN', { listCode: code }, ['code'])
  return count >= MAX_LISTS ? PRICE_REFUSALS.refuse('TOO_MANY_PRICE_LISTS', { max: MAX_LISTS }) : ok(null)
}

/** Makes a price list, with its rank. */
export const createPriceList = async (
  ctx: Context,
  { code, name, kind, currency, audience, valid = ALWAYS, active = true, derivation }: NewPriceList,
): Promise<Result<{ priceListId: Uuid }>> => {
  const terms = checkTerms({ code, name, valid })
  if (!terms.ok) return terms
  const fits = await checkAudience(ctx, audience)
  if (!fits.ok) return fits
  // Two who make a list of one code at once take turns too.
  await lockDerivations(ctx)
  const free = await refuseFullOrTaken(ctx, code)
  if (!free.ok) return free
  if (derivation) {
    const derives = await checkDerivation(ctx, { currency, derivation })
    if (!derives.ok) return derives
  }
  const id = newId()
  const status = active ? 'ACTIVE' : 'INACTIVE'
  await insertPriceLists(ctx, [
    { id, code, name, kind, currency, valid, status, derivation: derivation ?? null, ...audience },
  ])
  return ok({ priceListId: id })
}

/** Holds a list that the actor may change. Refuses one that is unknown, out of reach, changed meanwhile or archived. */
const lockList = async (
  ctx: Context,
  { id, ifVersion }: Pick<PriceListChange, 'id' | 'ifVersion'>,
): Promise<Result<PriceList>> => {
  await ctx.db.selectFrom('price_list').select('id').where('id', '=', id).forNoKeyUpdate().execute()
  const [list] = await priceListsByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), [id])
  if (!list) return COMMON.refuse('NOT_FOUND', { kind: 'priceList', id: encodeId('priceList', id) }, ['id'])
  if (!mayWriteList(ctx.actor, list.channelIds)) {
    return COMMON.refuse('FORBIDDEN', { permission: 'prices:write' }, ['id'])
  }
  if (ifVersion != null && ifVersion !== list.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: list.version }, ['ifVersion'])
  }
  return list.status === 'ARCHIVED'
    ? PRICE_REFUSALS.refuse('PRICE_LIST_ARCHIVED', { listCode: list.code }, ['id'])
    : ok(list)
}

const audienceOf = ({ marketIds, channelIds, countries, customerGroupIds, segmentIds }: PriceList) => ({
  marketIds: [...marketIds],
  channelIds: [...channelIds],
  countries: [...countries],
  customerGroupIds: [...customerGroupIds],
  segmentIds: [...segmentIds],
})

/** What the audit compares. */
const facts = (list: PriceList) => ({
  name: list.name,
  kind: list.kind,
  status: list.status,
  ...audienceOf(list),
  validFrom: list.valid.from?.toISOString() ?? null,
  validUntil: list.valid.until?.toISOString() ?? null,
  derivation: list.derivation && { ...list.derivation },
})

/** Writes a list as it shall be; another audience changes its rank, and with it that of all its prices. */
const save = async (
  ctx: Context,
  before: PriceList,
  {
    after,
    type,
  }: { readonly after: PriceList; readonly type: 'PriceListUpdated.v1' | 'PriceListArchived.v1' },
): Promise<void> => {
  await ctx.db
    .updateTable('price_list')
    .set({
      name: JSON.stringify(after.name),
      status: after.status,
      valid: toRange(after.valid),
      version: before.version + 1,
      ...listColumns(after),
    })
    .where('id', '=', before.id)
    .execute()
  const { id: priceListId, code, status, channelIds } = after
  const changed = changesBetween(facts(before), facts(after))
  const formerBaseId = before.derivation?.baseId
  const payload = {
    priceListId,
    code,
    status,
    channelIds,
    ...(formerBaseId && formerBaseId !== after.derivation?.baseId && { formerBaseId }),
  }
  await appendEvents(ctx, [priceListEvent(type, payload, changed)])
}

/** Changes a price list. */
export const updatePriceList = async (
  ctx: Context,
  change: PriceListChange,
): Promise<Result<{ priceListId: Uuid }>> => {
  await (change.derivation ? lockDerivations(ctx) : shareLists(ctx))
  const locked = await lockList(ctx, change)
  if (!locked.ok) return locked
  const before = locked.value
  const { audience, validFrom = before.valid.from, validUntil = before.valid.until } = change
  const valid = { from: validFrom, until: validUntil }
  const terms = checkTerms({ ...(change.name && { name: change.name }), valid })
  if (!terms.ok) return terms
  if (audience) {
    const fits = await checkAudience(ctx, audience)
    if (!fits.ok) return fits
  }
  if (change.derivation) {
    const { id, currency } = before
    const derives = await checkDerivation(ctx, { id, currency, derivation: change.derivation })
    if (!derives.ok) return derives
  }
  const active = change.active ?? before.status === 'ACTIVE'
  const after: PriceList = {
    ...before,
    name: change.name ?? before.name,
    kind: change.kind ?? before.kind,
    status: active ? 'ACTIVE' : 'INACTIVE',
    ...(audience && {
      marketIds: audience.marketIds ?? [],
      channelIds: audience.channelIds ?? [],
      countries: audience.countries ?? [],
      customerGroupIds: audience.customerGroupIds ?? [],
      segmentIds: audience.segmentIds ?? [],
    }),
    valid,
    derivation: change.derivation === undefined ? before.derivation : change.derivation,
  }
  await save(ctx, before, { after, type: 'PriceListUpdated.v1' })
  return ok({ priceListId: before.id })
}

/** Ends a price list for good; its rows stay, for what was bought by them. Refuses while others derive from it. */
export const archivePriceList = async (
  ctx: Context,
  key: Pick<PriceListChange, 'id' | 'ifVersion'>,
): Promise<Result<{ priceListId: Uuid }>> => {
  await lockDerivations(ctx)
  const locked = await lockList(ctx, key)
  if (!locked.ok) return locked
  const derived = await ctx.db
    .selectFrom('price_list')
    .select('code')
    .where('base_id', '=', key.id)
    .where('status', '!=', 'ARCHIVED')
    .orderBy('code')
    .limit(10)
    .execute()
  if (derived.length > 0) {
    return PRICE_REFUSALS.refuse('PRICE_LIST_IN_USE', { lists: derived.map(({ code }) => code) }, ['id'])
  }
  const after = { ...locked.value, status: 'ARCHIVED' } as const
  await save(ctx, locked.value, { after, type: 'PriceListArchived.v1' })
  return ok({ priceListId: key.id })
}
