import type { Executor } from '@hilo/db'
import {
  type Actor,
  type CursorKey,
  type Localized,
  may,
  type Permission,
  reachOf,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { metIn } from '../met-in.ts'

/** Customers who are told apart by what they are, such as the trade. */
export interface CustomerGroup {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
  readonly version: number
}

/** Whoever sets prices and promotions for groups and segments needs their names too. */
export const AUDIENCE_READERS: readonly Permission[] = ['customers:read', 'prices:read', 'promotions:read']

const groupRows = (db: Executor<'customer_group'>) =>
  db.selectFrom('customer_group').select(['id', 'code', 'name', 'version'])

/** True for staff and programs whom the names of groups and segments concern. */
export const mayReadAudiences = (actor: Actor): boolean =>
  AUDIENCE_READERS.some((permission) => may(actor, permission))

type Row = Awaited<ReturnType<ReturnType<typeof groupRows>['execute']>>[number]

const toGroup = (row: Row): CustomerGroup => ({ ...row, name: row.name as Localized })

/** The customer groups with these ids; nothing for whom they are no concern of. */
export const customerGroupsByIds = async (
  db: Executor<'customer_group'>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<CustomerGroup[]> =>
  mayReadAudiences(actor) ? (await groupRows(db).where('id', 'in', ids).execute()).map(toGroup) : []

/** Customer groups of a shop at most; it has a handful. */
export const MAX_GROUPS = 1_000

/** Every customer group, by code. */
export const allCustomerGroups = async (db: Executor<'customer_group'>): Promise<CustomerGroup[]> =>
  (await groupRows(db).orderBy('code').limit(MAX_GROUPS).execute()).map(toGroup)

/** A customer's place in a group. */
export interface GroupMember {
  readonly groupId: Uuid
  readonly customerId: Uuid
}

const memberColumns = sql.raw('member.customer_group_id as "groupId", member.customer_id as "customerId"')

type MemberTables = 'customer_group_member' | 'customer_channel'

/** The same page of the members of several groups that the actor may see, by customer; the key is `[customer id]`. */
export const groupMemberPages = async (
  db: Executor<MemberTables>,
  actor: Actor,
  {
    groupIds,
    after,
    limit,
  }: { readonly groupIds: readonly Uuid[]; readonly after: CursorKey | undefined; readonly limit: number },
): Promise<GroupMember[]> => {
  const start = after ? sql`member.customer_id > ${after[0]}::uuid` : sql`true`
  const { rows } = await sql<GroupMember>`
    select page.* from unnest(${groupIds}::uuid[]) as asked(id)
    cross join lateral (
      select ${memberColumns} from customer_group_member as member
      where member.customer_group_id = asked.id and ${start}
        and ${metIn(reachOf(actor, 'customers:read'), 'member.customer_id')}
      order by member.customer_id limit ${limit}
    ) as page
    order by asked.id, page."customerId"`.execute(db)
  return rows
}

/** How many members of these groups the actor may see. */
export const countGroupMembers = async (
  db: Executor<MemberTables>,
  actor: Actor,
  groupIds: readonly Uuid[],
): Promise<{ readonly groupId: Uuid; readonly count: number }[]> => {
  const { rows } = await sql<{ groupId: Uuid; count: number }>`
    select member.customer_group_id as "groupId", count(*)::int as count from customer_group_member as member
    where member.customer_group_id = any(${groupIds}::uuid[])
      and ${metIn(reachOf(actor, 'customers:read'), 'member.customer_id')}
    group by member.customer_group_id`.execute(db)
  return rows
}

/** The groups of these customers, by code; only staff are told, not even the customer. */
export const groupsOfCustomers = async (
  db: Executor<'customer_group_member' | 'customer_group'>,
  actor: Actor,
  customerIds: readonly Uuid[],
): Promise<(CustomerGroup & GroupMember)[]> => {
  if (!may(actor, 'customers:read')) return []
  const { rows } = await sql<CustomerGroup & GroupMember>`
    select ${memberColumns}, id, code, name, version
    from customer_group_member as member join customer_group on id = member.customer_group_id
    where member.customer_id = any(${customerIds}::uuid[])
    order by member.customer_id, code`.execute(db)
  return rows
}
