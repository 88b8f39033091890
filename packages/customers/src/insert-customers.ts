import { appendEvents, type Context } from '@hilo/db'
import { newId, type Locale, type Localized, type Uuid } from '@hilo/kernel'
import type { ConsentPurpose } from './consent.ts'

/** A customer to be stored, with everything that was checked before. */
export interface NewCustomer {
  readonly id?: Uuid
  readonly name: string
  /** In the form that `readEmail` gives. */
  readonly email?: string
  readonly passwordHash?: string
  readonly locale?: Locale
  readonly groupIds?: readonly Uuid[]
  readonly consents?: readonly ConsentPurpose[]
  readonly createdAt?: Date
  /** Where they signed up; nowhere when they were imported. */
  readonly channelId?: Uuid
}

type Identified = NewCustomer & { readonly id: Uuid }

const insertRows = async ({ db, now }: Context, customers: readonly Identified[]): Promise<void> => {
  await db
    .insertInto('customer')
    .values(
      customers.map((customer) => ({
        id: customer.id,
        name: customer.name,
        locale: customer.locale ?? 'en',
        password_hash: customer.passwordHash ?? null,
        created_at: customer.createdAt ?? now(),
        channel_id: customer.channelId ?? null,
      })),
    )
    .execute()
}

/** Gives the e-mails to their customers and takes away again those whose e-mail belongs to somebody already. */
const keepThoseWithFreeEmail = async (
  { db }: Context,
  customers: readonly Identified[],
): Promise<readonly Identified[]> => {
  const identities = customers.flatMap(({ id, email }) =>
    email === undefined ? [] : [{ customer_id: id, kind: 'EMAIL', value: email }],
  )
  if (identities.length === 0) return customers
  const rows = await db
    .insertInto('identity')
    .values(identities)
    .onConflict((conflict) => conflict.columns(['kind', 'value']).doNothing())
    .returning('customer_id')
    .execute()
  if (rows.length === identities.length) return customers
  const owners = new Set(rows.map(({ customer_id }) => customer_id))
  const isFree = ({ id, email }: Identified): boolean => email === undefined || owners.has(id)
  const late = customers.filter((customer) => !isFree(customer)).map(({ id }) => id)
  await db.deleteFrom('customer').where('id', 'in', late).execute()
  return customers.filter(isFree)
}

const insertGroupsAndConsents = async (
  { db, now }: Context,
  customers: readonly Identified[],
): Promise<void> => {
  const memberships = customers.flatMap(({ id, groupIds = [] }) =>
    groupIds.map((groupId) => ({ customer_id: id, customer_group_id: groupId })),
  )
  if (memberships.length > 0) await db.insertInto('customer_group_member').values(memberships).execute()
  const consents = customers.flatMap(({ id, consents = [] }) =>
    consents.map((purpose) => ({ customer_id: id, purpose, given_at: now() })),
  )
  if (consents.length > 0) await db.insertInto('consent').values(consents).execute()
}

/**
 * Stores customers with identity, groups, consents and events in a handful of statements, however many they are: for
 * sign-up, and for seeds and imports in batches of at most 1,000. One whose e-mail is taken is left out; the ids of
 * those stored are returned in order. Call it inside `command()`.
 */
export const insertCustomers = async (ctx: Context, customers: readonly NewCustomer[]): Promise<Uuid[]> => {
  if (customers.length === 0) return []
  const identified = customers.map((customer) => ({ ...customer, id: customer.id ?? newId() }))
  await insertRows(ctx, identified)
  const stored = await keepThoseWithFreeEmail(ctx, identified)
  await insertGroupsAndConsents(ctx, stored)
  await appendEvents(
    ctx,
    stored.map(({ id, channelId }) => ({
      aggregate: 'customer',
      aggregateId: id,
      type: 'CustomerCreated.v1',
      payload: {},
      scope: { customer: id, ...(channelId && { channel: channelId }) },
      permission: 'customers:read',
    })),
  )
  return stored.map(({ id }) => id)
}

/** Stores customer groups, skipping codes there already, and gives the ids by code; for seeds and tests. */
export const insertCustomerGroups = async (
  { db }: Pick<Context, 'db'>,
  groups: readonly { readonly code: string; readonly name: Localized }[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const rows = groups.map(({ code, name }) => ({ id: newId(), code, name: JSON.stringify(name) }))
  await db
    .insertInto('customer_group')
    .values(rows)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute()
  const codes = groups.map(({ code }) => code)
  const stored = await db
    .selectFrom('customer_group')
    .select(['id', 'code'])
    .where('code', 'in', codes)
    .execute()
  return new Map(stored.map(({ id, code }) => [code, id]))
}
