import { ACCESS } from '@hilo/access'
import { appendEvents, changesBetween, command, type Context } from '@hilo/db'
import { type Locale, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { customerEvent } from './segments/events.ts'

/** What to change of a customer; what is left out stays. */
export interface CustomerChange {
  readonly id: Uuid
  readonly name?: string | undefined
  /** In the form that `readEmail` gives. */
  readonly email?: string | undefined
  readonly locale?: Locale | undefined
  readonly groupIds?: readonly Uuid[] | undefined
  readonly loyaltyTier?: string | null | undefined
}

interface Before {
  readonly name: string
  readonly locale: string
  readonly email: string | null
  readonly loyaltyTier: string | null
  readonly groupIds: readonly Uuid[]
}

const lockCustomer = async ({ db }: Context, id: Uuid): Promise<Before> => {
  const { rows } = await sql<Before>`
    select name, locale, loyalty_tier as "loyaltyTier",
      (select value::text from identity where customer_id = customer.id and kind = 'EMAIL' limit 1) as email,
      array(select customer_group_id from customer_group_member where customer_id = customer.id order by 1) as "groupIds"
    from customer where id = ${id} for no key update`.execute(db)
  return rows[0]!
}

const saveEmail = async ({ db }: Context, id: Uuid, email: string): Promise<boolean> => {
  await db.deleteFrom('identity').where('customer_id', '=', id).where('kind', '=', 'EMAIL').execute()
  const row = await db
    .insertInto('identity')
    .values({ customer_id: id, kind: 'EMAIL', value: email })
    .onConflict((conflict) => conflict.columns(['kind', 'value']).doNothing())
    .returning('customer_id')
    .executeTakeFirst()
  return row !== undefined
}

const saveGroups = async ({ db }: Context, id: Uuid, groupIds: readonly Uuid[]): Promise<void> => {
  await db.deleteFrom('customer_group_member').where('customer_id', '=', id).execute()
  const rows = groupIds.map((groupId) => ({ customer_id: id, customer_group_id: groupId }))
  if (rows.length > 0) await db.insertInto('customer_group_member').values(rows).execute()
}

/** Changes a customer who is there, with checked texts and groups that exist. Refuses an e-mail that is somebody else's. */
export const changeCustomer = (ctx: Context, change: CustomerChange): Promise<Result<{ changed: boolean }>> =>
  command(
    ctx,
    { operation: 'changeCustomer', input: null },
    async (inner): Promise<Result<{ changed: boolean }>> => {
      const { id, name, locale, email, loyaltyTier } = change
      const before = await lockCustomer(inner, id)
      const groupIds = change.groupIds?.toSorted()
      const was = { ...before, groupIds: [...before.groupIds] }
      const changed = changesBetween(was, { name, locale, email, loyaltyTier, groupIds })
      if (Object.keys(changed).length === 0) return ok({ changed: false })
      if (changed['email'] && !(await saveEmail(inner, id, email!))) {
        return ACCESS.refuse('EMAIL_TAKEN', {}, ['email'])
      }
      await inner.db
        .updateTable('customer')
        .set((eb) => ({
          version: eb('version', '+', 1),
          ...(name !== undefined && { name }),
          ...(locale !== undefined && { locale }),
          ...(loyaltyTier !== undefined && { loyalty_tier: loyaltyTier }),
        }))
        .where('id', '=', id)
        .execute()
      if (changed['groupIds']) await saveGroups(inner, id, groupIds!)
      await appendEvents(inner, [customerEvent('CustomerUpdated.v1', id, { payload: {}, changed })])
      return ok({ changed: true })
    },
  )
