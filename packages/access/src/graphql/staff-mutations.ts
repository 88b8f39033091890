import { builder, defineMutation, readId, readIds, type Payload, type RequestContext } from '@hilo/graphql'
import { LOCALES, ok, SYSTEM, type Result, type Uuid } from '@hilo/kernel'
import { setStaffGrants, updateStaff } from '../change-staff.ts'
import { createStaff } from '../create-staff.ts'
import type { GrantInput } from '../grant-input.ts'
import { signInStaff, signOut } from '../sign-in-staff.ts'
import { setStaffPassword } from '../staff-password.ts'
import { staffByIds } from '../staff-queries.ts'
import { staff } from './staff.ts'

defineMutation('staffSignIn', {
  description:
    'Opens a session of 12 hours for a member of staff. Send the token as Authorization: Bearer, or keep it in a cookie that scripts cannot read. Refuses with SIGN_IN_FAILED and RATE_LIMITED.',
  access: { anyone: true },
  transaction: 'own',
  input: (t) => ({
    email: t.string({ required: true }),
    password: t.string({ required: true }),
  }),
  run: (ctx, input) => signInStaff(ctx, { ...input, ...ctx.client }),
  payload: (t) => ({
    // Nobody is signed in yet in the request that signs in: so the row is read without the scope of the request.
    staff: t.field({
      type: staff.ref,
      nullable: true,
      resolve: async ({ value }, _args, { db }) =>
        value && (await staffByIds(db, SYSTEM, [value.staffId]))[0],
    }),
    token: t.string({ nullable: true, resolve: ({ value }) => value?.token }),
    expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ value }) => value?.expiresAt }),
  }),
})

defineMutation('staffSignOut', {
  description: 'Ends the session of this request; its token stops to work at once.',
  access: { staff: true },
  input: () => ({}),
  run: signOut,
  payload: (t) => ({ done: t.boolean({ resolve: ({ value }) => value !== undefined }) }),
})

const StaffGrantInput = builder.inputType('StaffGrantInput', {
  fields: (t) => ({
    roleId: t.id({ required: true }),
    channelIds: t.idList({ description: 'Only in these channels; all when not said.' }),
    locationIds: t.idList({ description: 'Stock only at these locations; all when not said.' }),
  }),
})

/** The ids of channels and locations in an input; null when not said. */
export const readReachIds = (
  input: { readonly channelIds?: readonly string[] | null; readonly locationIds?: readonly string[] | null },
  path: readonly string[],
): Result<{ readonly channels: Uuid[] | null; readonly locations: Uuid[] | null }> => {
  const channels = input.channelIds ? readIds('channel', input.channelIds, [...path, 'channelIds']) : ok(null)
  if (!channels.ok) return channels
  const locations = input.locationIds
    ? readIds('location', input.locationIds, [...path, 'locationIds'])
    : ok(null)
  return locations.ok ? ok({ channels: channels.value, locations: locations.value }) : locations
}

const readGrantInputs = (inputs: readonly (typeof StaffGrantInput.$inferInput)[]): Result<GrantInput[]> => {
  const grants: GrantInput[] = []
  for (const [index, input] of inputs.entries()) {
    const path = ['grants', String(index)]
    const roleId = readId('role', input.roleId, [...path, 'roleId'])
    if (!roleId.ok) return roleId
    const reach = readReachIds(input, path)
    if (!reach.ok) return reach
    grants.push({ roleId: roleId.value, ...reach.value })
  }
  return ok(grants)
}

const staffField = {
  type: staff.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly id: Uuid }>, _args: object, ctx: RequestContext) =>
    value && staff.byId(ctx, value.id),
} as const

const readLocale = (text: string | null | undefined) => LOCALES.find((locale) => locale === text)

const access = { permission: 'staff:write' } as const

defineMutation('staffCreate', {
  description:
    'Makes a member of staff, with roles whose permissions you hold yourself. Refuses NAME_INVALID, EMAIL_INVALID, EMAIL_TAKEN, PASSWORD_LENGTH_INVALID, NOT_FOUND, GRANT_BEYOND_OWN.',
  access,
  transaction: 'own',
  input: (t) => ({
    name: t.string({ required: true }),
    email: t.string({ required: true }),
    password: t.string({ required: true, description: '10 to 200 characters.' }),
    locale: t.string({ description: 'en or es.' }),
    grants: t.field({ type: [StaffGrantInput], required: true }),
  }),
  run: async (ctx, { locale, grants, ...input }) => {
    const read = readGrantInputs(grants)
    if (!read.ok) return read
    return createStaff(ctx, { ...input, grants: read.value, locale: readLocale(locale) })
  },
  payload: (t) => ({ staff: t.field(staffField) }),
})

defineMutation('staffUpdate', {
  description:
    'Changes a member of staff; what is left out stays. Everybody may change their own name and language; with staff:write also whether others may sign in, unless they may more than you. Who is disabled is out at once. Refuses LAST_ADMINISTRATOR, GRANT_BEYOND_OWN, FORBIDDEN.',
  access: { staff: true, ...access },
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.string(),
    locale: t.string({ description: 'en or es.' }),
    disabled: t.boolean(),
  }),
  run: async (ctx, { id, ifVersion, name, locale, disabled }) => {
    const staffId = readId('staff', id, ['id'])
    if (!staffId.ok) return staffId
    return updateStaff(ctx, {
      id: staffId.value,
      ifVersion,
      name: name ?? undefined,
      locale: readLocale(locale),
      disabled: disabled ?? undefined,
    })
  },
  payload: (t) => ({ staff: t.field(staffField) }),
})

defineMutation('staffGrantsSet', {
  description:
    'Gives a member of staff these roles in place of those before; they hold at once. You cannot give or take what you do not hold. Refuses GRANT_BEYOND_OWN, LAST_ADMINISTRATOR, NOT_FOUND.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    grants: t.field({ type: [StaffGrantInput], required: true }),
  }),
  run: async (ctx, { id, ifVersion, grants }) => {
    const staffId = readId('staff', id, ['id'])
    if (!staffId.ok) return staffId
    const read = readGrantInputs(grants)
    return read.ok ? setStaffGrants(ctx, { id: staffId.value, ifVersion, grants: read.value }) : read
  },
  payload: (t) => ({ staff: t.field(staffField) }),
})

defineMutation('staffPasswordSet', {
  description:
    'Sets your own password, with the present one, or with staff:write that of somebody who may no more than you. Ends their other sessions. Refuses PASSWORD_WRONG, PASSWORD_LENGTH_INVALID, RATE_LIMITED, GRANT_BEYOND_OWN.',
  access: { staff: true, ...access },
  transaction: 'own',
  input: (t) => ({
    id: t.id({ required: true }),
    password: t.string({ required: true, description: '10 to 200 characters.' }),
    currentPassword: t.string({ description: 'Your present password, when it is your own that you set.' }),
  }),
  run: async (ctx, { id, ...input }) => {
    const staffId = readId('staff', id, ['id'])
    return staffId.ok ? setStaffPassword(ctx, { id: staffId.value, ...input }) : staffId
  },
  payload: (t) => ({ staff: t.field(staffField) }),
})
