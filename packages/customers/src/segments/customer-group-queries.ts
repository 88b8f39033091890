import type { Executor } from '@hilo/db'
import { type Actor, type Localized, may, type Permission, type Uuid } from '@hilo/kernel'

/** Customers who are told apart by what they are, such as the trade. */
export interface CustomerGroup {
  readonly id: Uuid
  readonly code: string
  readonly name: Localized
}

/** Whoever sets prices and promotions for groups and segments needs their names too. */
export const AUDIENCE_READERS: readonly Permission[] = ['customers:read', 'prices:read', 'promotions:read']

const groupRows = (db: Executor<'customer_group'>) =>
  db.selectFrom('customer_group').select(['id', 'code', 'name'])

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

/** Customer groups shown at most; a shop has a handful. */
const MOST = 1_000

/** Every customer group, by code. */
export const allCustomerGroups = async (db: Executor<'customer_group'>): Promise<CustomerGroup[]> =>
  (await groupRows(db).orderBy('code').limit(MOST).execute()).map(toGroup)
