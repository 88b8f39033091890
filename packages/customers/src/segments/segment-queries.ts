import { containing, type Executor, keyset } from '@hilo/db'
import { type Actor, type CursorKey, type Localized, may, reachOf, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { mayReadAudiences } from '../groups/group-queries.ts'
import { metIn } from '../met-in.ts'

/** Customers put together by staff or by other systems, for prices and promotions. */
export interface Segment {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
  readonly description: Localized
  readonly archivedAt: Date | null
  readonly version: number
}

type Tables = 'segment'

const segmentRows = (db: Executor<Tables>) =>
  db
    .selectFrom('segment')
    .select(['segment.id', 'code', 'name', 'description', 'archived_at as archivedAt', 'version'])

type Row = Awaited<ReturnType<ReturnType<typeof segmentRows>['execute']>>[number]

const toSegment = (row: Row): Segment => ({
  ...row,
  name: row.name as Localized,
  description: row.description as Localized,
})

/** The segments with these ids; nothing for whom they are no concern of. */
export const segmentsByIds = async (
  db: Executor<Tables>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<Segment[]> => {
  if (!mayReadAudiences(actor)) return []
  return (await segmentRows(db).where('segment.id', 'in', ids).execute()).map(toSegment)
}

/** Which segments are asked for. */
export interface SegmentFilter {
  /** A part of the code or of a name. */
  readonly search?: string | null | undefined
  readonly archived?: boolean | null | undefined
}

const filtered = ({ search, archived }: SegmentFilter): RawBuilder<SqlBool> => {
  const pattern = search ? containing(search) : undefined
  return sql`${archived ? sql`archived_at is not null` : sql`archived_at is null`}
    and ${pattern ? sql`(code ilike ${pattern} or name::text ilike ${pattern})` : sql`true`}`
}

/** A page of segments by code; the key is `[code]`. */
export const segmentPage = async (
  db: Executor<Tables>,
  {
    after,
    limit,
    ...filter
  }: SegmentFilter & { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<Segment[]> => {
  const found = segmentRows(db).where(filtered(filter))
  return (await keyset(found, { columns: [['code', 'asc']], after, limit }).execute()).map(toSegment)
}

/** How many segments a filter finds. */
export const countSegments = async (db: Executor<Tables>, filter: SegmentFilter): Promise<number> => {
  const { count } = await db
    .selectFrom('segment')
    .where(filtered(filter))
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** A customer's place in a segment. */
export interface SegmentMember {
  readonly segmentId: Uuid
  readonly customerId: Uuid
  readonly since: Date
  /** Until just before; null is until somebody says otherwise. */
  readonly until: Date | null
}

const memberColumns = sql.raw(
  'member.segment_id as "segmentId", member.customer_id as "customerId", member.since, member.until',
)

/** SQL: the membership has not ended, and its segment is not in the archive. */
const stillIn = (now: Date): RawBuilder<SqlBool> => sql`(member.until is null or member.until > ${now})`

/** The same page of the members of several segments that the actor may see, by customer; the key is `[customer id]`. */
export const memberPages = async (
  db: Executor<'segment_member' | 'customer_channel'>,
  actor: Actor,
  {
    segmentIds,
    after,
    limit,
    now,
  }: {
    readonly segmentIds: readonly Uuid[]
    readonly after: CursorKey | undefined
    readonly limit: number
    readonly now: Date
  },
): Promise<SegmentMember[]> => {
  const start = after ? sql`member.customer_id > ${after[0]}::uuid` : sql`true`
  const { rows } = await sql<SegmentMember>`
    select page.* from unnest(${segmentIds}::uuid[]) as asked(id)
    cross join lateral (
      select ${memberColumns} from segment_member as member
      where member.segment_id = asked.id and ${stillIn(now)} and ${start}
        and ${metIn(reachOf(actor, 'customers:read'), 'member.customer_id')}
      order by member.customer_id limit ${limit}
    ) as page
    order by asked.id, page."customerId"`.execute(db)
  return rows
}

/** How many members of these segments the actor may see. */
export const countMembers = async (
  db: Executor<'segment_member' | 'customer_channel'>,
  actor: Actor,
  { segmentIds, now }: { readonly segmentIds: readonly Uuid[]; readonly now: Date },
): Promise<{ readonly segmentId: Uuid; readonly count: number }[]> => {
  const { rows } = await sql<{ segmentId: Uuid; count: number }>`
    select member.segment_id as "segmentId", count(*)::int as count from segment_member as member
    where member.segment_id = any(${segmentIds}::uuid[]) and ${stillIn(now)}
      and ${metIn(reachOf(actor, 'customers:read'), 'member.customer_id')}
    group by member.segment_id`.execute(db)
  return rows
}

/** The memberships of these customers, by segment; only staff are told, not even the customer. */
export const membershipsOf = async (
  db: Executor<'segment_member' | 'segment'>,
  actor: Actor,
  { customerIds, now }: { readonly customerIds: readonly Uuid[]; readonly now: Date },
): Promise<SegmentMember[]> => {
  if (!may(actor, 'customers:read')) return []
  const { rows } = await sql<SegmentMember>`
    select ${memberColumns} from segment_member as member join segment on segment.id = member.segment_id
    where member.customer_id = any(${customerIds}::uuid[]) and ${stillIn(now)} and segment.archived_at is null
    order by member.customer_id, segment.code`.execute(db)
  return rows
}
