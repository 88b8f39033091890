import { appendEvents, type Changed, changesBetween, type Context, type NewEvent, waitTurn } from '@hilo/db'
import { COMMON, encodeId, type Localized, newId, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { refuseNarrowed } from '../refuse-narrowed.ts'
import { GROUP_REFUSALS } from './errors.ts'
import { type CustomerGroup, customerGroupsByIds, MAX_GROUPS } from './group-queries.ts'

const MAX_NAME = 500
const CODE = /^[a-z0-9][a-z0-9_-]{0,59}$/

/** A customer group to change or to delete. */
interface Aimed {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
}

const groupEvent = (
  type: 'CustomerGroupCreated.v1' | 'CustomerGroupUpdated.v1' | 'CustomerGroupDeleted.v1',
  { id, code }: Pick<CustomerGroup, 'id' | 'code'>,
  changed?: Changed,
): NewEvent => ({
  aggregate: 'customerGroup',
  aggregateId: id,
  type,
  payload: { customerGroupId: id, code },
  changed,
  permission: 'customers:read',
})

const checkName = (name: Localized): Result<null> => {
  const texts = Object.values(name)
  const isBad = (text: string) => text.length > MAX_NAME || text !== storable(text)
  return texts.some((text) => text.trim()) && !texts.some(isBad)
    ? ok(null)
    : GROUP_REFUSALS.refuse('CUSTOMER_GROUP_NAME_INVALID', { max: MAX_NAME }, ['name'])
}

/** Makes a customer group without members. */
export const createCustomerGroup = async (
  ctx: Context,
  { code, name }: { readonly code: string; readonly name: Localized },
): Promise<Result<{ groupId: Uuid }>> => {
  const allowed = refuseNarrowed(ctx)
  if (!allowed.ok) return allowed
  if (!CODE.test(code)) return GROUP_REFUSALS.refuse('CUSTOMER_GROUP_CODE_INVALID', {}, ['code'])
  const named = checkName(name)
  if (!named.ok) return named
  await waitTurn(ctx.db, 'customer_group')
  const { count } = await ctx.db
    .selectFrom('customer_group')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  if (count >= MAX_GROUPS) return GROUP_REFUSALS.refuse('TOO_MANY_CUSTOMER_GROUPS', { max: MAX_GROUPS })
  const id = newId()
  const made = await ctx.db
    .insertInto('customer_group')
    .values({ id, code, name: JSON.stringify(name) })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return GROUP_REFUSALS.refuse('CUSTOMER_GROUP_CODE_TAKEN', { groupCode: code }, ['code'])
  await appendEvents(ctx, [groupEvent('CustomerGroupCreated.v1', { id, code })])
  return ok({ groupId: id })
}

/** Holds a group alone, also against whoever is about to name it. Refuses one that is not there, or not as it was seen. */
const lockGroup = async (ctx: Context, { id, ifVersion }: Aimed): Promise<Result<CustomerGroup>> => {
  const allowed = refuseNarrowed(ctx)
  if (!allowed.ok) return allowed
  await ctx.db.selectFrom('customer_group').select('id').where('id', '=', id).forUpdate().execute()
  const [group] = await customerGroupsByIds(ctx.db, ctx.actor, [id])
  if (!group) {
    return COMMON.refuse('NOT_FOUND', { kind: 'customerGroup', id: encodeId('customerGroup', id) }, ['id'])
  }
  return ifVersion != null && ifVersion !== group.version
    ? COMMON.refuse('VERSION_CONFLICT', { current: group.version }, ['ifVersion'])
    : ok(group)
}

/** Names a customer group anew. */
export const updateCustomerGroup = async (
  ctx: Context,
  { name, ...aimed }: Aimed & { readonly name: Localized },
): Promise<Result<{ groupId: Uuid }>> => {
  const named = checkName(name)
  if (!named.ok) return named
  const locked = await lockGroup(ctx, aimed)
  if (!locked.ok) return locked
  const before = locked.value
  await ctx.db
    .updateTable('customer_group')
    .set({ name: JSON.stringify(name), version: before.version + 1 })
    .where('id', '=', before.id)
    .execute()
  const changed = changesBetween({ name: before.name }, { name })
  await appendEvents(ctx, [groupEvent('CustomerGroupUpdated.v1', before, changed)])
  return ok({ groupId: before.id })
}

/**
 * How many price lists and promotions that are not archived name a group. Their slices stand to the right and cannot be
 * asked; a foreign key cannot either, since lists hold ids in an array and promotions codes in their definition.
 */
const usesOf = async ({ db }: Context, { id, code }: CustomerGroup) => {
  const audience = JSON.stringify({ audience: { customerGroups: [code] } })
  const { rows } = await sql<{ priceLists: number; promotions: number }>`
    select (
      select count(*)::int from price_list
      where status <> 'ARCHIVED' and customer_group_ids @> array[${id}]::uuid[]
    ) as "priceLists", (
      select count(*)::int from promotion
      where status <> 'ARCHIVED' and exists (
        select from promotion_version
        where promotion_id = promotion.id and definition @> ${audience}::jsonb
          and promotion_version.version in (promotion.version, promotion.published_version)
      )
    ) as promotions`.execute(db)
  return rows[0]!
}

/** Deletes a customer group that nothing names any more; its members are in it no longer. */
export const deleteCustomerGroup = async (ctx: Context, aimed: Aimed): Promise<Result<{ groupId: Uuid }>> => {
  const locked = await lockGroup(ctx, aimed)
  if (!locked.ok) return locked
  const { id, code } = locked.value
  const uses = await usesOf(ctx, locked.value)
  if (uses.priceLists + uses.promotions > 0) {
    return GROUP_REFUSALS.refuse('CUSTOMER_GROUP_IN_USE', { groupCode: code, ...uses }, ['id'])
  }
  await ctx.db.deleteFrom('customer_group_member').where('customer_group_id', '=', id).execute()
  // Archived lists refer to it in the column of the version before; their audience goes on saying what it was.
  await ctx.db
    .updateTable('price_list')
    .set({ customer_group_id: null })
    .where('customer_group_id', '=', id)
    .execute()
  await ctx.db.deleteFrom('customer_group').where('id', '=', id).execute()
  await appendEvents(ctx, [groupEvent('CustomerGroupDeleted.v1', locked.value)])
  return ok({ groupId: id })
}
