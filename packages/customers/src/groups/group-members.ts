import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { customerEvent } from '../segments/events.ts'
import { holdCustomers } from '../segments/segment-members.ts'

/** Customers to take into a group or out of it; as the answer those who were not so before. */
export interface GroupMembers {
  readonly groupId: Uuid
  readonly customerIds: readonly Uuid[]
}

/** Keeps a group from being deleted meanwhile, and gives its code. */
const shareGroup = async ({ db }: Context, id: Uuid): Promise<Result<string>> => {
  const group = await db
    .selectFrom('customer_group')
    .select('code')
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst()
  if (group) return ok(group.code)
  const shown = { kind: 'customerGroup' as const, id: encodeId('customerGroup', id) }
  return COMMON.refuse('NOT_FOUND', shown, ['groupId'])
}

const change = async (
  ctx: Context,
  { groupId, customerIds }: GroupMembers,
  isIn: boolean,
): Promise<Result<GroupMembers>> => {
  const held = await holdCustomers(ctx, customerIds)
  if (!held.ok) return held
  const code = await shareGroup(ctx, groupId)
  if (!code.ok) return code
  const ids = held.value.map(({ id }) => id)
  const { rows } = await (
    isIn
      ? sql<{ customer_id: Uuid }>`
          insert into customer_group_member (customer_group_id, customer_id)
          select ${groupId}::uuid, id from unnest(${ids}::uuid[]) as held(id)
          on conflict do nothing returning customer_id`
      : sql<{ customer_id: Uuid }>`
          delete from customer_group_member
          where customer_group_id = ${groupId} and customer_id = any(${ids}::uuid[]) returning customer_id`
  ).execute(ctx.db)
  const changed = rows.map(({ customer_id }) => customer_id)
  const payload = { customerGroupId: groupId, groupCode: code.value }
  await appendEvents(
    ctx,
    changed.map((id) =>
      customerEvent(isIn ? 'CustomerGroupJoined.v1' : 'CustomerGroupLeft.v1', id, { payload }),
    ),
  )
  return ok({ groupId, customerIds: changed })
}

/** Takes customers into a group; those who are in stay so. All or none, in a constant number of statements. */
export const addGroupMembers = (ctx: Context, members: GroupMembers): Promise<Result<GroupMembers>> =>
  change(ctx, members, true)

/** Takes customers out of a group; those who are not in stay so. All or none. */
export const removeGroupMembers = (ctx: Context, members: GroupMembers): Promise<Result<GroupMembers>> =>
  change(ctx, members, false)
