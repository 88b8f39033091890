import { containing, keyset, type Executor, within } from '@hilo/db'
import { ownerOf, reachOf, type Actor, type CursorKey, type Locale, type Uuid } from '@hilo/kernel'
import type { SignInSubject } from '@hilo/access'
import { sql } from 'kysely'

/** A customer as they and the shop see them. */
export interface CustomerRow {
  readonly id: Uuid
  readonly name: string
  readonly email: string | null
  readonly locale: Locale
  readonly createdAt: Date
  /** A code of the shop's own making. */
  readonly loyaltyTier: string | null
}

type Tables = 'customer' | 'identity' | 'customer_channel'

/**
 * Customers the actor may see: those who have met the shop in the channels of its `customers:read`, else the one whose
 * hand it is.
 */
const visible = (db: Executor<Tables>, actor: Actor) => {
  const owner = ownerOf(actor)
  const rows = db.selectFrom('customer')
  if (owner) return rows.where('customer.id', '=', owner)
  const reach = reachOf(actor, 'customers:read')
  if (reach === 'all') return rows
  return rows.where(
    sql<boolean>`exists (select from customer_channel
      where customer_channel.customer_id = customer.id and ${within(reach, 'customer_channel.channel_id')})`,
  )
}

const customerRows = (db: Executor<Tables>, actor: Actor) =>
  visible(db, actor)
    .leftJoin('identity', (join) =>
      join.onRef('identity.customer_id', '=', 'customer.id').on('identity.kind', '=', 'EMAIL'),
    )
    .select(['customer.id', 'customer.name', 'customer.locale', 'customer.created_at', 'identity.value'])
    .select('customer.loyalty_tier')

type Row = Awaited<ReturnType<ReturnType<typeof customerRows>['execute']>>[number]

const toCustomer = (row: Row): CustomerRow => ({
  id: row.id,
  name: row.name,
  email: row.value,
  locale: row.locale as Locale,
  createdAt: row.created_at,
  loyaltyTier: row.loyalty_tier,
})

/** The customers with these ids that the actor may see. */
export const customersByIds = async (
  db: Executor<Tables>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<CustomerRow[]> =>
  (await customerRows(db, actor).where('customer.id', 'in', ids).execute()).map(toCustomer)

/** Matches a part of the name or of any identity, such as an e-mail or a phone number. */
const matches = (search: string) => {
  const pattern = containing(search)
  return sql<boolean>`(customer.name ilike ${pattern} or exists (
    select from identity as found where found.customer_id = customer.id and found.value::text ilike ${pattern}))`
}

/** A page of the customers the actor may see, newest first; the key is `[id]`. */
export const customersPage = async (
  db: Executor<Tables>,
  actor: Actor,
  page: { readonly search?: string | null; readonly after: CursorKey | undefined; readonly limit: number },
): Promise<CustomerRow[]> => {
  const found = customerRows(db, actor).$if(Boolean(page.search), (query) =>
    query.where(matches(page.search!)),
  )
  const { after, limit } = page
  const rows = await keyset(found, { columns: [['customer.id', 'desc']], after, limit }).execute()
  return rows.map(toCustomer)
}

/** How many customers the actor may see. */
export const countCustomers = async (
  db: Executor<Tables>,
  actor: Actor,
  search?: string | null,
): Promise<number> => {
  const { count } = await visible(db, actor)
    .$if(Boolean(search), (query) => query.where(matches(search!)))
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The customer who signs in with this e-mail. */
export const customerSubject = (db: Executor<Tables>, email: string): Promise<SignInSubject | undefined> =>
  db
    .selectFrom('identity')
    .innerJoin('customer', 'customer.id', 'identity.customer_id')
    .select(['customer.id', 'customer.password_hash as passwordHash'])
    .where('identity.kind', '=', 'EMAIL')
    .where('identity.value', '=', email)
    .executeTakeFirst()
