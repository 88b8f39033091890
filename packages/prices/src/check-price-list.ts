import { type Context, readTogether } from '@hilo/db'
import {
  COMMON,
  encodeId,
  type IdKind,
  type Localized,
  ok,
  reachOf,
  type Result,
  storable,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { PRICE_REFUSALS } from './errors.ts'
import { isBackwards, type Period } from './period.ts'
import {
  type ListAudience,
  type ListDerivation,
  MAX_AUDIENCE,
  MAX_DERIVATIONS,
  mayWriteList,
  type PriceList,
} from './price-list.ts'
import { listsOnTheWay, priceListsByIds } from './price-list-queries.ts'

const CODE = /^[a-z0-9][a-z0-9_-]{0,59}$/
const MAX_NAME = 200
const [MIN_ADJUSTMENT, MAX_ADJUSTMENT] = [-1_000_000, 10_000_000]

/** Refuses a code, a name or a time that no list can have. */
export const checkTerms = ({
  code,
  name,
  valid,
}: {
  readonly code?: string
  readonly name?: Localized
  readonly valid?: Period
}): Result<null> => {
  if (code !== undefined && !CODE.test(code))
    return PRICE_REFUSALS.refuse('PRICE_LIST_CODE_INVALID', {}, ['code'])
  const texts = name && Object.values(name)
  const isBad = (text: string) => text.length > MAX_NAME || text !== storable(text)
  if (texts && (!texts.some((text) => text.trim()) || texts.some(isBad))) {
    return PRICE_REFUSALS.refuse('PRICE_LIST_NAME_INVALID', { max: MAX_NAME }, ['name'])
  }
  return valid && isBackwards(valid) ? COMMON.refuse('PERIOD_INVALID', {}, ['validUntil']) : ok(null)
}

/** The nouns of an audience that have ids: their fields, kinds and tables. */
const NOUNS = [
  ['marketIds', 'market', 'market'],
  ['channelIds', 'channel', 'channel'],
  ['customerGroupIds', 'customerGroup', 'customer_group'],
  ['segmentIds', 'segment', 'segment'],
] as const satisfies readonly (readonly [keyof ListAudience, IdKind, string])[]

/** Refuses an audience that is too large, unknown, or beyond the channels that the actor may set prices in. */
export const checkAudience = async (ctx: Context, audience: ListAudience): Promise<Result<null>> => {
  for (const field of ['marketIds', 'channelIds', 'countries', 'customerGroupIds', 'segmentIds'] as const) {
    if ((audience[field]?.length ?? 0) > MAX_AUDIENCE) {
      return PRICE_REFUSALS.refuse('AUDIENCE_TOO_LARGE', { max: MAX_AUDIENCE }, ['audience', field])
    }
  }
  const absent = ([field, , table]: (typeof NOUNS)[number]) => sql<{ id: Uuid }>`
    select id from unnest(${audience[field] ?? []}::uuid[]) as asked(id)
    where not exists (select from ${sql.table(table)} as known where known.id = asked.id) limit 1`
  // Nobody deletes a group between being looked for here and being named.
  const heldGroups = sql<{ id: Uuid }>`
    with held as materialized (
      select id from customer_group where id = any(${audience.customerGroupIds ?? []}::uuid[])
      order by id for key share
    )
    select id from unnest(${audience.customerGroupIds ?? []}::uuid[]) as asked(id)
    where id not in (select id from held) limit 1`
  const missing = await readTogether(ctx.db, {
    marketIds: absent(NOUNS[0]),
    channelIds: absent(NOUNS[1]),
    customerGroupIds: heldGroups,
    segmentIds: absent(NOUNS[3]),
  })
  for (const [field, kind] of NOUNS) {
    const [unknown] = missing[field]
    if (unknown)
      return COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, unknown.id) }, ['audience', field])
  }
  return mayWriteList(ctx.actor, audience.channelIds ?? [])
    ? ok(null)
    : COMMON.refuse('FORBIDDEN', { permission: 'prices:write' }, ['audience', 'channelIds'])
}

/** The lists that one derives from, itself first. */
const wayFrom = (id: Uuid, lists: ReadonlyMap<Uuid, PriceList>): PriceList[] => {
  const way: PriceList[] = []
  for (let next = lists.get(id); next && way.length <= MAX_DERIVATIONS;) {
    way.push(next)
    next = next.derivation ? lists.get(next.derivation.baseId) : undefined
  }
  return way
}

/** How many steps there are below a list, at most. */
const stepsBelow = async ({ db }: Context, id: Uuid): Promise<number> => {
  const { rows } = await sql<{ steps: number }>`
    with recursive below as (
      select ${id}::uuid as id, 0 as steps
      union all
      select list.id, steps + 1 from below join price_list as list on list.base_id = below.id
      where steps <= ${MAX_DERIVATIONS}
    )
    select max(steps)::int as steps from below`.execute(db)
  return rows[0]!.steps
}

/**
 * Refuses a derivation from an unknown or archived list, from one of another currency, in a circle, or over too many
 * steps. Whoever derives a list takes turns with all others who do: two together could close a circle.
 */
export const checkDerivation = async (
  ctx: Context,
  {
    id,
    currency,
    derivation,
  }: { readonly id?: Uuid; readonly currency: string; readonly derivation: ListDerivation },
): Promise<Result<null>> => {
  const { baseId, adjustmentPpm } = derivation
  if (!Number.isInteger(adjustmentPpm) || adjustmentPpm < MIN_ADJUSTMENT || adjustmentPpm > MAX_ADJUSTMENT) {
    const limits = { min: MIN_ADJUSTMENT, max: MAX_ADJUSTMENT }
    return PRICE_REFUSALS.refuse('ADJUSTMENT_INVALID', limits, ['derivation', 'adjustmentPpm'])
  }
  const path = ['derivation', 'baseId']
  const [base] = await priceListsByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), [baseId])
  if (!base) return COMMON.refuse('NOT_FOUND', { kind: 'priceList', id: encodeId('priceList', baseId) }, path)
  if (base.status === 'ARCHIVED') {
    return PRICE_REFUSALS.refuse('PRICE_LIST_ARCHIVED', { listCode: base.code }, path)
  }
  if (base.currency !== currency) {
    return COMMON.refuse('WRONG_CURRENCY', { currency: base.currency, expected: currency }, path)
  }
  const way = wayFrom(baseId, await listsOnTheWay(ctx.db, [baseId]))
  const here = way.findIndex((list) => list.id === id)
  if (here !== -1) {
    const circle = [way[here]!, ...way.slice(0, here + 1)].map(({ code }) => code)
    return PRICE_REFUSALS.refuse('DERIVATION_CYCLE', { lists: circle }, path)
  }
  const steps = way.length + (id ? await stepsBelow(ctx, id) : 0)
  return steps > MAX_DERIVATIONS
    ? PRICE_REFUSALS.refuse('DERIVATION_TOO_LONG', { max: MAX_DERIVATIONS }, path)
    : ok(null)
}
