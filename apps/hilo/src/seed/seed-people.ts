import { builtInRole, createStaff, hashPassword } from '@hilo/access'
import { createSegment, insertCustomerGroups, insertCustomers } from '@hilo/customers'
import type { Context } from '@hilo/db'
import { unwrap, type Uuid } from '@hilo/kernel'
import type { DemoShop } from '../../demo/data.ts'

/** Passwords of the people whom the demo lets in. */
export interface Passwords {
  readonly staff: string
  readonly customer: string
}

/** Staff; all may sign in with the one password that the table shows. Channels by code. */
export const seedStaff = async (
  ctx: Context,
  demo: DemoShop,
  { passwords, channels }: { readonly passwords: Passwords; readonly channels: ReadonlyMap<string, Uuid> },
): Promise<void> => {
  for (const { role, channel, ...person } of demo.staff) {
    const grant = {
      roleId: await builtInRole(ctx.db, role),
      channels: channel === undefined ? null : [channels.get(channel)!],
    }
    unwrap(await createStaff(ctx, { ...person, password: passwords.staff, grants: [grant] }))
  }
}

/** Groups and customers; gives the customers' ids by key. Only the first customer gets a password. */
export const seedCustomers = async (
  ctx: Context,
  demo: DemoShop,
  { groups, password }: { readonly groups: ReadonlyMap<string, Uuid>; readonly password: string },
): Promise<ReadonlyMap<string, Uuid>> => {
  const passwordHash = await hashPassword(password)
  const ids = await insertCustomers(
    ctx,
    demo.customers.map((customer, index) => ({
      name: customer.name,
      email: customer.email,
      locale: customer.locale,
      groupIds: customer.groups.map((code) => groups.get(code)!),
      consents: customer.consents,
      ...(index === 0 ? { passwordHash } : {}),
    })),
  )
  return new Map(demo.customers.map(({ key }, index) => [key, ids[index]!]))
}

/** Segments, still empty; gives their ids by code. */
export const seedSegments = async (ctx: Context, demo: DemoShop): Promise<ReadonlyMap<string, Uuid>> => {
  const ids = new Map<string, Uuid>()
  for (const segment of demo.segments)
    ids.set(segment.code, unwrap(await createSegment(ctx, segment)).segmentId)
  return ids
}

/** Customer groups; gives their ids by code. */
export const seedGroups = (ctx: Context, demo: DemoShop): Promise<ReadonlyMap<string, Uuid>> =>
  insertCustomerGroups(ctx, demo.customerGroups)
