import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { metIn } from '../met-in.ts'
import { SEGMENT_REFUSALS } from './errors.ts'
import { customerEvent } from './events.ts'
import { segmentsByIds } from './segment-queries.ts'

/** Customers of one request at most. */
const MAX_CUSTOMERS = 1_000

/** Customers to take into a segment or out of it. */
export interface MembersChange {
  readonly segmentId: Uuid
  readonly customerIds: readonly Uuid[]
}

/** What became of it: who was not in before, or was for another time; who was in. */
export interface MembersChanged {
  readonly segmentId: Uuid
  readonly customerIds: readonly Uuid[]
}

/** Holds customers whom the actor may change, in the order of their ids. Refuses all when one is not there. */
export const holdCustomers = async (
  { db, actor }: Context,
  ids: readonly Uuid[],
): Promise<Result<{ readonly id: Uuid; readonly loyaltyTier: string | null }[]>> => {
  if (ids.length > MAX_CUSTOMERS) {
    const limits = { count: ids.length, max: MAX_CUSTOMERS }
    return SEGMENT_REFUSALS.refuse('TOO_MANY_CUSTOMERS', limits, ['customerIds'])
  }
  const { rows } = await sql<{ id: Uuid; loyaltyTier: string | null }>`
    select id, loyalty_tier as "loyaltyTier" from customer
    where id = any(${ids}::uuid[]) and ${metIn(reachOf(actor, 'customers:write'), 'customer.id')}
    order by id for no key update of customer`.execute(db)
  const found = new Set(rows.map(({ id }) => id))
  const missing = ids.findIndex((id) => !found.has(id))
  if (missing === -1) return ok(rows)
  const shown = { kind: 'customer' as const, id: encodeId('customer', ids[missing]!) }
  return COMMON.refuse('NOT_FOUND', shown, ['customerIds', String(missing)])
}

const segmentOf = async ({ db, actor }: Context, id: Uuid) => {
  const [segment] = await segmentsByIds(db, actor, [id])
  return segment
    ? ok(segment)
    : COMMON.refuse('NOT_FOUND', { kind: 'segment', id: encodeId('segment', id) }, ['segmentId'])
}

/**
 * Takes customers into a segment, until a time or for good; those who are in already get the new end. In a constant
 * number of statements, with an event for each whose membership is another.
 */
export const addSegmentMembers = async (
  ctx: Context,
  { segmentId, customerIds, until = null }: MembersChange & { readonly until?: Date | null | undefined },
): Promise<Result<MembersChanged>> => {
  const now = ctx.now()
  if (until && until <= now) return SEGMENT_REFUSALS.refuse('MEMBERSHIP_OVER', {}, ['until'])
  const segment = await segmentOf(ctx, segmentId)
  if (!segment.ok) return segment
  const { code, archivedAt } = segment.value
  if (archivedAt) return SEGMENT_REFUSALS.refuse('SEGMENT_ARCHIVED', { segmentCode: code }, ['segmentId'])
  const held = await holdCustomers(ctx, customerIds)
  if (!held.ok) return held
  const { rows } = await sql<{ customer_id: Uuid }>`
    insert into segment_member as member (segment_id, customer_id, since, until)
    select ${segmentId}::uuid, id, ${now}::timestamptz, ${until}::timestamptz
    from unnest(${held.value.map(({ id }) => id)}::uuid[]) as held(id)
    on conflict (customer_id, segment_id) do update set until = excluded.until,
      since = case when member.until <= excluded.since then excluded.since else member.since end
    where member.until is distinct from excluded.until
    returning customer_id`.execute(ctx.db)
  const joined = rows.map(({ customer_id }) => customer_id)
  const payload = { segmentId, segmentCode: code, until: until?.toISOString() ?? null }
  await appendEvents(
    ctx,
    joined.map((id) => customerEvent('CustomerSegmentJoined.v1', id, { payload })),
  )
  return ok({ segmentId, customerIds: joined })
}

/** Takes customers out of a segment; those who are not in stay so. */
export const removeSegmentMembers = async (
  ctx: Context,
  { segmentId, customerIds }: MembersChange,
): Promise<Result<MembersChanged>> => {
  const segment = await segmentOf(ctx, segmentId)
  if (!segment.ok) return segment
  const held = await holdCustomers(ctx, customerIds)
  if (!held.ok) return held
  const rows = await ctx.db
    .deleteFrom('segment_member')
    .where('segment_id', '=', segmentId)
    .where(sql<boolean>`customer_id = any(${held.value.map(({ id }) => id)}::uuid[])`)
    .returning('customer_id')
    .execute()
  const left = rows.map(({ customer_id }) => customer_id)
  const payload = { segmentId, segmentCode: segment.value.code }
  await appendEvents(
    ctx,
    left.map((id) => customerEvent('CustomerSegmentLeft.v1', id, { payload })),
  )
  return ok({ segmentId, customerIds: left })
}
